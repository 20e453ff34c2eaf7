#include "sim/exchange/jepsen_log.h"

#include "sim/exchange/form_reader.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <system_error>

namespace cleave::exchange {
namespace {

constexpr std::string_view kMarker = "jepsen.util - ";

std::string_view next_word(std::string_view& line) {
  constexpr std::string_view kBlank = " \t";
  line.remove_prefix(std::min(line.find_first_not_of(kBlank), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(kBlank));
  line.remove_prefix(word.size());
  return word;
}

class LogReader {
 public:
  LogReader(TextReader& text, Assembler& assembler) : text_(text), assembler_(assembler) {}

  void read_all() {
    while (text_.peek() != TextReader::kEnd) {
      event_.place = text_.place();
      const std::string_view line = text_.take_while([](char c) { return c != '\n'; });
      const std::size_t marker = line.find(kMarker);
      if (marker != std::string_view::npos) read_line(line.substr(marker + kMarker.size()));
      if (text_.peek() == '\n') text_.advance();
    }
  }

 private:
  void read_line(std::string_view rest) {
    const std::string_view process = next_word(rest);
    std::int64_t number = 0;
    const auto [end, error] =
        std::from_chars(process.data(), process.data() + process.size(), number);
    if (error != std::errc() || end != process.data() + process.size()) {
      if (!process.empty() && process.find_first_of("0123456789-") == 0)
        text_.fail(event_.place, {"found process " + in_quotes(process),
                                  "a whole number, or a name as :nemesis, which is passed by", ""});
      return;
    }
    event_.process = integer(number);
    const std::string_view type = next_word(rest);
    const std::optional<Event::Type> known =
        type.starts_with(':') ? event_type_of(type.substr(1)) : std::nullopt;
    if (!known)
      text_.fail(event_.place, {"found " + in_quotes(type) + " after the process",
                                ":invoke, :ok, :fail or :info", ""});
    event_.type = *known;
    const std::string_view f = next_word(rest);
    if (!f.starts_with(':'))
      text_.fail(event_.place,
                 {"found " + in_quotes(f) + " after the type", "a call, as :read", ""});
    event_.f = f.substr(1);
    read_value(rest);
    assembler_.take(event_);
  }

  // What stands instead of a value where there was no answer is not looked at.
  void read_value(std::string_view text) {
    event_.value.clear();
    if (event_.type == Event::Type::fail || event_.type == Event::Type::info) return;
    try {
      event_.value = forms_of_text(text, assembler_.names());
    } catch (const Malformed& malformed) {
      text_.fail(event_.place, malformed.mistake);
    }
  }

  TextReader& text_;
  Assembler& assembler_;
  Event event_;
};

}  // namespace

void read_jepsen_log(TextReader& text, Assembler& assembler) {
  LogReader(text, assembler).read_all();
}

}  // namespace cleave::exchange
