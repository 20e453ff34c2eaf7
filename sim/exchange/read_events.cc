#include "sim/exchange/read_events.h"

#include <array>

namespace cleave::exchange {
namespace {

enum class Field : std::uint8_t { type, f, process, value, key, other };

Field field_of(std::string_view name) {
  constexpr std::array<std::string_view, 5> kFields{"type", "f", "process", "value", "key"};
  for (std::size_t i = 0; i < kFields.size(); ++i)
    if (kFields[i] == name) return static_cast<Field>(i);
  return Field::other;
}

class EventReader {
 public:
  EventReader(TextReader& text, Dialect dialect, Assembler& assembler)
      : text_(text), forms_(text, dialect, assembler.names()), assembler_(assembler) {}

  void read_all() {
    const int first = forms_.next();
    if (first == '[' || first == '(') {
      text_.advance();
      forms_.read_members(first == '[' ? ']' : ')', [this] { read_event(); });
    } else {
      while (forms_.next() != TextReader::kEnd)
        read_event();
    }
    if (forms_.next() != TextReader::kEnd)
      text_.fail_here("the end of the text after the list of operations");
  }

 private:
  void read_event() {
    if (forms_.next() != '{') text_.fail_here("'{' of an operation");
    event_.place = text_.place();
    event_.f.clear();
    event_.process = {};
    event_.value.clear();
    event_.key.reset();
    seen_.fill(false);
    is_client_ = true;
    text_.advance();
    forms_.read_members('}', [this] { read_field(); });
    if (!seen_[static_cast<std::size_t>(Field::type)])
      text_.fail(event_.place, {"an operation has no :type", ":invoke, :ok, :fail or :info", ""});
    if (is_client_) assembler_.take(event_);
  }

  void read_field() {
    forms_.next();
    const Place place = text_.place();
    const Field field = field_of(forms_.read_word());
    if (field != Field::other && std::exchange(seen_[static_cast<std::size_t>(field)], true))
      text_.fail(place, {"an operation has a key twice", "each once", ""});
    forms_.pass_colon();
    switch (field) {
      case Field::type:
        return read_type();
      case Field::f:
        return read_f();
      case Field::process:
        return read_process();
      case Field::value:
        return forms_.read(event_.value);
      case Field::key:
        event_.key = read_value();
        return;
      case Field::other:
        return forms_.skip();
    }
  }

  // Others than clients have names. What looks like a number is no name.
  void read_process() {
    forms_.next();
    const Place place = text_.place();
    event_.process = read_value();
    is_client_ = event_.process.is_nil() || event_.process.is_integer();
    if (is_client_) return;
    const std::string_view text = assembler_.names().text_of(event_.process);
    if (text.empty() || text.find_first_of("0123456789-+([{#") == 0)
      text_.fail(place, {"found :process " + in_quotes(text),
                         "a whole number, or a name as :nemesis, which is passed by", ""});
  }

  void read_type() {
    forms_.next();
    const Place place = text_.place();
    const std::string_view word = forms_.read_word();
    const std::optional<Event::Type> type = event_type_of(word);
    if (!type)
      text_.fail(place, {"found :type " + in_quotes(word), ":invoke, :ok, :fail or :info", ""});
    event_.type = *type;
  }

  // nil says as little as nothing.
  void read_f() {
    forms_.next();
    const std::string_view word = forms_.read_word();
    if (word != "nil") event_.f = word;
  }

  Value read_value() {
    scratch_.clear();
    forms_.read(scratch_);
    return FormView(scratch_, 0).value(assembler_.names());
  }

  TextReader& text_;
  FormReader forms_;
  Assembler& assembler_;
  Event event_;
  Forms scratch_;
  std::array<bool, 5> seen_{};
  bool is_client_ = true;
};

}  // namespace

void read_events(TextReader& text, Dialect dialect, Assembler& assembler) {
  EventReader(text, dialect, assembler).read_all();
}

}  // namespace cleave::exchange
