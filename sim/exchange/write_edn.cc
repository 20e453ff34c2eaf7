#include "sim/exchange/write_edn.h"

#include "sim/base/assert.h"
#include "sim/exchange/call_words.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace cleave::exchange {
namespace {

// A question or an answer.
struct Line {
  std::uint64_t at = 0;  // number of the event
  std::uint32_t operation = 0;
  bool is_answer = false;
};

// In the order of the run; what a client is told of an operation that may have happened is not a
// moment of the history, but it is an event of the run.
std::vector<Line> lines_of(const History& history) {
  struct Moment {
    std::uint64_t moment = 0;
    Line line;
  };
  std::vector<Moment> moments;
  std::vector<Line> perhaps;
  for (std::uint32_t i = 0; i < history.operations.size(); ++i) {
    const Operation& o = history.operations[i];
    moments.push_back({o.invoked, {o.invoked_at, i, false}});
    if (o.ending != Ending::pending)
      moments.push_back({o.completed, {o.completed_at, i, true}});
    else if (o.completed_at != 0)
      perhaps.push_back({o.completed_at, i, true});
  }
  std::stable_sort(moments.begin(), moments.end(),
                   [](const Moment& a, const Moment& b) { return a.moment < b.moment; });
  std::vector<Line> lines;
  for (const Moment& moment : moments)
    lines.push_back(moment.line);
  const auto before = [](const Line& a, const Line& b) { return a.at < b.at; };
  std::stable_sort(perhaps.begin(), perhaps.end(), before);
  std::vector<Line> all(lines.size() + perhaps.size());
  std::merge(lines.begin(), lines.end(), perhaps.begin(), perhaps.end(), all.begin(), before);
  return all;
}

class EdnWriter {
 public:
  EdnWriter(const History& history, const WriteOptions& options)
      : history_(history), options_(options) {}

  std::string text() && {
    if (is_register()) write_first();
    for (const Line& line : lines_of(history_))
      write(line);
    return std::move(text_);
  }

 private:
  bool is_register() const {
    return options_.model == Model::reg || options_.model == Model::cas_register;
  }

  void write_first() {
    std::vector<bool> seen(history_.keys.size());
    for (const Operation& o : history_.operations)
      seen[o.key] = true;
    for (std::uint32_t key = 0; key < seen.size(); ++key) {
      if (!seen[key]) continue;
      for (const std::string_view type : {"invoke", "ok"}) {
        begin(type, "write", history_.processes.size(), 0);
        text_ += ", :value [";
        add(history_.keys[key]);
        text_ += " 0]}\n";
      }
    }
  }

  void write(const Line& line) {
    const Operation& o = history_.operations[line.operation];
    const CallWord* word = word_of(options_.model, o.call);
    CLEAVE_CHECK(word != nullptr, "the model has the call");
    begin(type_of(o, line), word->f, o.process, line.at);
    text_ += ", :value [";
    add(history_.keys[o.key]);
    text_ += ' ';
    add_value(o, *word, line.is_answer);
    text_ += "]}\n";
  }

  static std::string_view type_of(const Operation& o, const Line& line) {
    if (!line.is_answer) return "invoke";
    switch (o.ending) {
      case Ending::done:
        return "ok";
      case Ending::failed:
        return "fail";
      case Ending::pending:
        break;
    }
    return "info";
  }

  void begin(std::string_view type, std::string_view f, std::size_t process, std::uint64_t event) {
    text_ += "{:index " + std::to_string(index_++);
    if (options_.time_of) {
      const Time at = event == 0 ? Time{} : options_.time_of(event);
      text_ += ", :time " + std::to_string(at.ns);
    }
    text_ += ", :process " + std::to_string(process);
    text_.append(", :type :").append(type).append(", :f :").append(f);
  }

  void add_value(const Operation& o, const CallWord& word, bool answered) {
    if (word.shape == Shape::pair) {
      text_ += '[';
      add(held(o.expected));
      text_ += ' ';
      add(o.argument);
      text_ += ']';
    } else if (word.shape == Shape::argument || word.shape == Shape::number) {
      add(o.argument);
    } else if (!answered || o.answer == Answer::none) {
      text_ += "nil";
    } else if (o.answer == Answer::one) {
      add(held(o.result));
    } else {
      text_ += '[';
      for (const Value value : history_.results_of(o)) {
        if (text_.back() != '[') text_ += ' ';
        add(value);
      }
      text_ += ']';
    }
  }

  // What nobody has written.
  Value held(Value value) const { return value.is_nil() && is_register() ? integer(0) : value; }

  void add(Value value) {
    const std::string text = to_text(value, history_.names);
    if (value.is_nil() || value.is_integer()) {
      text_ += text;
      return;
    }
    text_ += '"';
    for (const char c : text) {
      if (c == '"' || c == '\\') text_ += '\\';
      text_ += c;
    }
    text_ += '"';
  }

  const History& history_;
  const WriteOptions& options_;
  std::string text_;
  std::uint64_t index_ = 0;
};

}  // namespace

std::string edn_of(const History& history, const WriteOptions& options) {
  return EdnWriter(history, options).text();
}

}  // namespace cleave::exchange
