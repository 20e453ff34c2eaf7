#include "sim/exchange/awdit.h"

#include "sim/exchange/register_text.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace cleave::exchange {
namespace {

class AwditReader {
 public:
  explicit AwditReader(TextReader& text) : text_(text) {}

  History read() {
    while (text_.peek() != TextReader::kEnd) {
      const Place place = text_.place();
      read_line(trimmed(text_.take_while([](char c) { return c != '\n'; })), place);
      if (text_.peek() == '\n') text_.advance();
    }
    end_transaction();
    return std::move(builder_).build();
  }

 private:
  void read_line(std::string_view line, Place place) {
    if (line.empty()) return;
    const bool ends_session = line.find_first_not_of('=') == line.npos;
    if (ends_session || line.find_first_not_of('-') == line.npos) {
      end_transaction();
      if (ends_session && session_is_open_) {
        ++session_;
        session_is_open_ = false;
      }
      return;
    }
    if (steps_.empty()) begin_ = place.line;
    steps_.push_back(step_of(line, place));
  }

  Step step_of(std::string_view line, Place place) {
    const std::size_t first = std::min(line.find_first_of(" \t"), line.size());
    const std::string_view rest = trimmed(line.substr(first));
    const std::size_t second = std::min(rest.find_first_of(" \t"), rest.size());
    const auto call = access_of(line.substr(0, first));
    const auto key = whole_number(rest.substr(0, second), builder_.names());
    const auto value = whole_number(trimmed(rest.substr(second)), builder_.names());
    if (!call || !key || !value)
      text_.fail(place, {"found " + in_quotes(line),
                         "'r KEY VALUE' or 'w KEY VALUE' of numbers, "
                         "or a line of '-' or '='",
                         ""});
    return access_step(*call, builder_.key(*key), *value);
  }

  void end_transaction() {
    if (steps_.empty()) return;
    add_transaction(builder_, integer(session_), steps_, Ending::done, begin_);
    session_is_open_ = true;
    steps_.clear();
  }

  TextReader& text_;
  HistoryBuilder builder_;
  std::vector<Step> steps_;  // of the transaction at hand
  std::uint64_t begin_ = 0;  // its first line
  std::int64_t session_ = 0;
  bool session_is_open_ = false;  // it has a transaction
};

}  // namespace

History read_awdit(TextReader& text) {
  return AwditReader(text).read();
}

}  // namespace cleave::exchange
