#include "sim/exchange/plume.h"

#include "sim/exchange/register_text.h"

#include <array>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

namespace cleave::exchange {
namespace {

// Lines of one transaction may stand apart, so that none is whole before the end.
class PlumeReader {
 public:
  explicit PlumeReader(TextReader& text) : text_(text) {}

  History read() {
    while (text_.peek() != TextReader::kEnd) {
      place_ = text_.place();
      const std::string_view line = trimmed(text_.take_while([](char c) { return c != '\n'; }));
      if (!line.empty()) read_line(line);
      if (text_.peek() == '\n') text_.advance();
    }
    return finish();
  }

 private:
  struct Transaction {
    Value session;
    std::uint64_t line = 0;
    Ending ending = Ending::done;
    std::uint32_t accesses = 0;
  };
  struct Access {
    std::uint32_t transaction = 0;
    std::uint32_t key = 0;
    Value value;
    Call call = Call::read;
  };

  [[noreturn]] void fail(std::string_view line) const {
    text_.fail(place_, {"found " + in_quotes(line),
                        "r(KEY,VALUE,SESSION,TRANSACTION) or w(...), all of them numbers", ""});
  }

  void read_line(std::string_view line) {
    const std::optional<Call> call = access_of(line.substr(0, 1));
    if (!call || !line.substr(1).starts_with('(') || !line.ends_with(')')) fail(line);
    std::string_view rest = line.substr(2, line.size() - 3);
    std::array<Value, 4> numbers;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const std::size_t comma = rest.find(',');
      const bool is_last = i + 1 == numbers.size();
      if (is_last != (comma == rest.npos)) fail(line);
      const auto number = whole_number(trimmed(rest.substr(0, comma)), builder_.names());
      if (!number) fail(line);
      numbers[i] = *number;
      rest.remove_prefix(is_last ? rest.size() : comma + 1);
    }
    add(*call, builder_.key(numbers[0]), numbers[1], {numbers[2], numbers[3]});
  }

  void add(Call call, std::uint32_t key, Value value, std::pair<Value, Value> transaction) {
    const bool aborted = transaction.second == integer(-1);
    if (aborted && call == Call::read) return;
    if (aborted || names_of_last_ != transaction) last_ = index_of(transaction);
    names_of_last_ = transaction;
    if (aborted) transactions_[last_].ending = Ending::failed;
    ++transactions_[last_].accesses;
    accesses_.push_back({last_, key, value, call});
  }

  // Each aborted write is a transaction of its own: nothing says which belong together.
  std::uint32_t index_of(std::pair<Value, Value> transaction) {
    const auto next = static_cast<std::uint32_t>(transactions_.size());
    std::uint32_t index = next;
    if (transaction.second != integer(-1))
      index = indices_.try_emplace(transaction, next).first->second;
    if (index == next) transactions_.push_back({transaction.first, place_.line});
    return index;
  }

  History finish() {
    std::vector<std::size_t> ends;  // of each transaction, in the accesses sorted by it
    std::size_t end = 0;
    for (const Transaction& transaction : transactions_)
      ends.push_back(end += transaction.accesses);
    std::vector<std::uint32_t> order(accesses_.size());
    for (std::size_t i = accesses_.size(); i-- > 0;)
      order[--ends[accesses_[i].transaction]] = static_cast<std::uint32_t>(i);
    std::vector<Step> steps;
    std::size_t next = 0;
    for (const Transaction& transaction : transactions_) {
      steps.clear();
      for (std::uint32_t i = 0; i < transaction.accesses; ++i) {
        const Access& access = accesses_[order[next++]];
        steps.push_back(access_step(access.call, access.key, access.value));
      }
      add_transaction(builder_, transaction.session, steps, transaction.ending, transaction.line);
    }
    return std::move(builder_).build();
  }

  TextReader& text_;
  Place place_;
  HistoryBuilder builder_;
  std::vector<Transaction> transactions_;                     // in the order of their first lines
  std::map<std::pair<Value, Value>, std::uint32_t> indices_;  // by session and transaction
  std::uint32_t last_ = 0;                                    // that a line belonged to
  std::pair<Value, Value> names_of_last_;
  std::vector<Access> accesses_;
};

}  // namespace

History read_plume(TextReader& text) {
  return PlumeReader(text).read();
}

}  // namespace cleave::exchange
