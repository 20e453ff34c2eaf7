#include "sim/check/messages/counter_bounds.h"

#include "sim/check/history/sum.h"

#include <algorithm>
#include <string>
#include <vector>

namespace cleave::messages {
namespace {

// Sums of what was added by a moment, those above and those below zero.
class Sums {
 public:
  void add(std::uint64_t moment, std::int64_t amount) {
    entries_.push_back({moment, amount, 0, 0});
  }
  void sort() {
    std::stable_sort(entries_.begin(), entries_.end(),
                     [](const Entry& a, const Entry& b) { return a.moment < b.moment; });
    Entry last;
    for (Entry& entry : entries_) {
      (entry.amount > 0 ? last.above : last.below) += entry.amount;
      entry.above = last.above;
      entry.below = last.below;
    }
  }
  struct Both {
    Sum above = 0;
    Sum below = 0;
  };
  Both before(std::uint64_t moment) const {
    const auto after =
        std::partition_point(entries_.begin(), entries_.end(),
                             [moment](const Entry& entry) { return entry.moment < moment; });
    if (after == entries_.begin()) return {};
    return {(after - 1)->above, (after - 1)->below};
  }

 private:
  struct Entry {
    std::uint64_t moment = 0;
    std::int64_t amount = 0;
    Sum above = 0;
    Sum below = 0;
  };
  std::vector<Entry> entries_;
};

}  // namespace

std::optional<Finding> find_out_of_bounds(const Object& counter, Value init, Tally& tally) {
  Sums invoked;
  Sums completed;
  for (const std::uint32_t i : counter.operations) {
    const Operation& o = counter.at(i);
    if (o.call != Call::add) continue;
    invoked.add(o.invoked, o.argument.code);
    if (o.ending == Ending::done) completed.add(o.completed, o.argument.code);
  }
  invoked.sort();
  completed.sort();
  for (const std::uint32_t i : counter.operations) {
    const Operation& o = counter.at(i);
    if (o.call != Call::read || o.ending != Ending::done || o.answer == Answer::none) continue;
    ++tally.checked;
    const Sums::Both sure = completed.before(o.invoked);
    const Sums::Both perhaps = invoked.before(o.completed);
    const Sum first = init.is_nil() ? 0 : init.code;
    const Sum least = first + sure.above + perhaps.below;
    const Sum most = first + perhaps.above + sure.below;
    const bool is_number = o.answer == Answer::one && o.result.is_integer();
    if (is_number && o.result.code >= least && o.result.code <= most) continue;
    const bool is_low = is_number && o.result.code < least;
    std::vector<std::uint32_t> witness{i};
    for (const std::uint32_t j : counter.operations) {
      const Operation& add = counter.at(j);
      if (add.call == Call::add && add.invoked < o.completed && !precedes(add, o) &&
          (add.argument.code < 0) == is_low)
        witness.push_back(j);
    }
    return violation(counter, "impossible-total", witness,
                     "it was " + to_text(least) +
                         (least == most ? "" : " at least, and " + to_text(most) + " at most"));
  }
  return std::nullopt;
}

}  // namespace cleave::messages
