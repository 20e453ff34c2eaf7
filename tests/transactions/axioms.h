// Isolation levels by their definitions, for histories of a few transactions: is there an
// arbitration order, and sets of what each transaction sees, as the axioms of the level demand
// (Cerone, Bernardi and Gotsman 2015)? Everything is tried, nothing is inferred.
#pragma once
#include "sim/check/history/question.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace cleave::testing {

class Axioms {
 public:
  enum class Sessions { if_named, always };

  Axioms(const History& history, Level level, Sessions sessions)
      : history_(history), level_(level), sessions_(sessions) {}

  // Lists hold what was appended; registers what was written last. An open transaction may have
  // happened or not.
  bool permit() {
    std::vector<std::uint32_t> open;
    for (std::uint32_t i = 0; i < history_.operations.size(); ++i)
      if (history_.operations[i].ending == Ending::pending) open.push_back(i);
    for (std::uint32_t choice = 0; choice < 1u << open.size(); ++choice) {
      order_.clear();
      for (std::uint32_t i = 0; i < history_.operations.size(); ++i) {
        const Ending ending = history_.operations[i].ending;
        const auto at = std::find(open.begin(), open.end(), i) - open.begin();
        if (ending == Ending::done || (ending == Ending::pending && (choice >> at & 1) != 0))
          order_.push_back(i);
      }
      do
        if (permits_order()) return true;
      while (std::next_permutation(order_.begin(), order_.end()));
    }
    return false;
  }

 private:
  using Mask = std::uint32_t;  // of places in order_

  const History& history_;
  Level level_;
  Sessions sessions_;
  std::vector<std::uint32_t> order_;  // arbitration
  std::vector<Mask> sees_;            // of those before in the order

  bool is(std::initializer_list<Level> levels) const {
    return std::find(levels.begin(), levels.end(), level_) != levels.end();
  }
  bool is_serial() const {
    return is({Level::strict_serializable, Level::strong_session_serializable, Level::serializable,
               Level::repeatable_read});
  }
  bool counts_sessions() const {
    if (sessions_ == Sessions::always) return level_ != Level::read_uncommitted;
    return is({Level::strict_serializable, Level::strong_session_serializable,
               Level::strong_session_snapshot_isolation});
  }
  const Operation& operation(std::size_t place) const { return history_.operations[order_[place]]; }
  std::span<const Step> steps(std::size_t place) const {
    return history_.steps_of(operation(place));
  }
  static bool updates(const Step& step) {
    return step.call == Call::append || step.call == Call::write;
  }
  bool writes(std::size_t place, std::uint32_t key) const {
    for (const Step& step : steps(place))
      if (updates(step) && step.key == key) return true;
    return false;
  }

  bool permits_order() {
    for (std::size_t a = 0; a < order_.size(); ++a)
      for (std::size_t b = a + 1; b < order_.size(); ++b) {
        const bool late = precedes(operation(b), operation(a));
        if (level_ == Level::strict_serializable && late) return false;
        if (counts_sessions() && late && operation(a).process == operation(b).process) return false;
      }
    sees_.assign(order_.size(), 0);
    return permits_from(0);
  }

  // Chooses what the transactions from that place on see.
  bool permits_from(std::size_t place) {
    if (place == order_.size()) return true;
    if (is({Level::read_uncommitted, Level::read_committed, Level::monotonic_atomic_view}))
      return reads_step_by_step(place, 0, 0) && permits_from(place + 1);
    const Mask all = (1u << place) - 1;
    for (Mask seen = 0; seen <= all; ++seen) {
      if (!may_see(place, seen) || !reads_all(place, seen)) continue;
      sees_[place] = seen;
      if (permits_from(place + 1)) return true;
    }
    return false;
  }

  bool may_see(std::size_t place, Mask seen) const {
    if (is_serial()) return seen == (1u << place) - 1;
    const bool snapshot = is({Level::snapshot_isolation, Level::strong_session_snapshot_isolation});
    const bool parallel = snapshot || level_ == Level::parallel_snapshot_isolation;
    const bool transitive = parallel || level_ == Level::causal;
    for (std::size_t other = 0; other < place; ++other) {
      const bool sees = (seen >> other & 1) != 0;
      if (transitive && sees && (sees_[other] & ~seen) != 0) return false;
      if (snapshot && sees && (((1u << other) - 1) & ~seen) != 0) return false;  // prefix
      if (counts_sessions() && !sees && precedes(operation(other), operation(place)) &&
          operation(other).process == operation(place).process)
        return false;
      for (const Step& step : steps(place))
        if (parallel && !sees && updates(step) && writes(other, step.key)) return false;
    }
    return true;
  }

  // All that was ever appended to a key, or written, in order.
  std::vector<Value> chain(std::uint32_t key, std::size_t places) const {
    std::vector<Value> values;
    for (std::size_t place = 0; place < places; ++place)
      for (const Step& step : steps(place))
        if (updates(step) && step.key == key) values.push_back(step.argument);
    return values;
  }

  std::vector<Value> own(std::size_t place, std::size_t steps_done, std::uint32_t key) const {
    std::vector<Value> values;
    for (std::size_t i = 0; i < steps_done; ++i)
      if (updates(steps(place)[i]) && steps(place)[i].key == key)
        values.push_back(steps(place)[i].argument);
    return values;
  }

  // Does the step show the version that the last of those who are seen left there?
  bool shows(std::size_t place, std::size_t index, Mask seen) const {
    const Step& step = steps(place)[index];
    std::size_t end = 0;
    for (std::size_t other = 0; other < order_.size(); ++other)
      if ((seen >> other & 1) != 0 && writes(other, step.key)) end = other + 1;
    return shows(place, index, chain(step.key, end));
  }

  bool shows(std::size_t place, std::size_t index, std::vector<Value> values) const {
    const Step& step = steps(place)[index];
    const std::vector<Value> mine = own(place, index, step.key);
    values.insert(values.end(), mine.begin(), mine.end());
    if (step.answer == Answer::one)  // a register
      return step.result == (values.empty() ? Value{} : values.back());
    const auto list = history_.results_of(step);
    const std::vector<Value> all = chain(step.key, order_.size());
    return std::equal(values.begin(), values.end(), list.begin(), list.end()) &&
           values.size() <= all.size() && std::equal(values.begin(), values.end(), all.begin());
  }

  bool is_read(const Step& step) const {
    return step.call == Call::read && step.answer != Answer::none;
  }

  bool reads_all(std::size_t place, Mask seen) const {
    if (operation(place).ending != Ending::done) return true;
    for (std::size_t i = 0; i < steps(place).size(); ++i)
      if (is_read(steps(place)[i]) && !shows(place, i, seen)) return false;
    return true;
  }

  // Weak levels: a step at a time, which sees one more transaction, or the same.
  bool reads_step_by_step(std::size_t place, std::size_t index, Mask seen) const {
    if (operation(place).ending != Ending::done || index == steps(place).size()) return true;
    if (!is_read(steps(place)[index])) return reads_step_by_step(place, index + 1, seen);
    if (level_ == Level::read_uncommitted)
      return shows_anything(place, index) && reads_step_by_step(place, index + 1, seen);
    const bool monotonic = level_ == Level::monotonic_atomic_view || sessions_ == Sessions::always;
    for (std::size_t other = 0; other <= place; ++other) {
      const Mask one = other < place ? 1u << other : 0;
      const Mask next = monotonic ? seen | one : one;
      if (shows(place, index, next) && reads_step_by_step(place, index + 1, next)) return true;
    }
    return false;
  }

  // Any version, finished or not, whoever made it; but what is its own is neither lost nor early.
  bool shows_anything(std::size_t place, std::size_t index) const {
    const Step& step = steps(place)[index];
    std::vector<Value> values = chain(step.key, order_.size());
    const std::vector<Value> mine = own(place, index, step.key);
    const std::vector<Value> later = own(place, steps(place).size(), step.key);
    if (step.answer == Answer::one) {
      if (!mine.empty()) return step.result == mine.back();
      if (step.result.is_nil()) return true;
      return std::find(values.begin(), values.end(), step.result) != values.end() &&
             std::find(later.begin(), later.end(), step.result) == later.end();
    }
    const auto list = history_.results_of(step);
    for (std::size_t i = mine.size(); i < later.size(); ++i)
      if (std::find(list.begin(), list.end(), later[i]) != list.end()) return false;
    if (list.size() > values.size() || list.size() < mine.size()) return false;
    return std::equal(list.begin(), list.end(), values.begin()) &&
           std::equal(mine.rbegin(), mine.rend(), list.rbegin());
  }
};

}  // namespace cleave::testing
