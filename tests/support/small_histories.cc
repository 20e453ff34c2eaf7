#include "tests/support/small_histories.h"

#include "sim/check/history/history_builder.h"

#include <utility>
#include <vector>

namespace cleave::testing {
namespace {

class Speller {
 public:
  Speller(const History& letters, std::size_t length, By by,
          const std::function<bool(const History&)>& visit)
      : letters_(letters), length_(length), by_(by), visit_(visit) {}

  void spell() {
    if (word_.size() == length_) return overlap(0, {});
    for (std::size_t letter = 0; letter < letters_.operations.size() && goes_on_; ++letter) {
      word_.push_back(letter);
      spell();
      word_.pop_back();
    }
  }

 private:
  const History& letters_;
  std::size_t length_;
  By by_;
  const std::function<bool(const History&)>& visit_;
  std::vector<std::size_t> word_;
  std::vector<std::pair<std::size_t, bool>> events_;  // who, and whether it ends
  bool goes_on_ = true;

  Value process(std::size_t who) const {
    const std::size_t number =
        by_ == By::their_letters ? letters_.operations[word_[who]].process : who;
    return integer(static_cast<std::int64_t>(number));
  }

  void show() {
    HistoryBuilder builder;
    builder.names() = letters_.names;
    for (const auto& [who, ends] : events_) {
      Operation o = letters_.operations[word_[who]];
      if (ends) {
        builder.complete(process(who), o.ending);
        continue;
      }
      o.results = builder.values(letters_.results_of(o));
      builder.invoke(process(who), o);
    }
    goes_on_ = visit_(std::move(builder).build());
  }

  // Goes on with the next one asking, or any open one being answered.
  void overlap(std::size_t asked, const std::vector<std::size_t>& open) {
    if (!goes_on_) return;
    if (asked == word_.size() && open.empty()) return show();
    bool busy = false;
    for (std::size_t i = 0; i < open.size(); ++i) {
      std::vector<std::size_t> rest = open;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
      busy |= asked < word_.size() && process(open[i]) == process(asked);
      events_.push_back({open[i], true});
      overlap(asked, rest);
      events_.pop_back();
    }
    if (asked == word_.size() || busy) return;
    std::vector<std::size_t> more = open;
    if (letters_.operations[word_[asked]].ending != Ending::pending) more.push_back(asked);
    events_.push_back({asked, false});
    overlap(asked + 1, more);
    events_.pop_back();
  }
};

}  // namespace

void each_small_history(const History& letters, std::size_t length, By by,
                        const std::function<bool(const History&)>& visit) {
  Speller(letters, length, by, visit).spell();
}

}  // namespace cleave::testing
