#include "sim/check/linear/parts.h"

#include "sim/check/linear/drains.h"
#include "sim/check/linear/specification.h"

#include <algorithm>
#include <numeric>

namespace cleave::linear {
namespace {

// It failed, or asked and heard nothing: as if it were not there.
bool is_void(const History& history, const Operation& o) {
  if (o.ending == Ending::failed) return true;
  return is_pure(history, o) && !says_something(history, o);
}

// Keys that occur in one transaction, together (Tarjan 1975).
class Together {
 public:
  explicit Together(std::size_t keys) : parent_(keys) {
    std::iota(parent_.begin(), parent_.end(), 0u);
  }
  std::uint32_t root(std::uint32_t key) {
    while (parent_[key] != key)
      key = parent_[key] = parent_[parent_[key]];
    return key;
  }
  void join(std::uint32_t a, std::uint32_t b) { parent_[root(a)] = root(b); }

 private:
  std::vector<std::uint32_t> parent_;
};

std::uint32_t first_key(const History& history, const Operation& o) {
  return o.call == Call::transaction && o.steps.count > 0 ? history.steps_of(o)[0].key : o.key;
}

}  // namespace

bool says_something(const History& history, const Operation& o) {
  if (o.ending != Ending::done) return false;
  if (o.call == Call::compare_and_set || o.call == Call::acquire || o.call == Call::release)
    return true;
  if (o.call != Call::transaction) return o.answer != Answer::none;
  const auto steps = history.steps_of(o);
  return std::any_of(steps.begin(), steps.end(),
                     [](const Step& step) { return step.answer != Answer::none; });
}

std::uint64_t answers_of(const History& history, std::span<const std::uint32_t> operations) {
  std::uint64_t count = 0;
  for (std::size_t n = 0; n < operations.size(); ++n) {
    const Operation& o = history.operations[operations[n]];
    const bool goes_on = n > 0 && follows_in_drain(history.operations[operations[n - 1]], o);
    count += says_something(history, o) && !goes_on ? 1 : 0;
  }
  return count;
}

Parts parts_of(const History& history, Model model) {
  Together together(history.keys.size());
  if (model == Model::multi_register)
    for (const Operation& o : history.operations)
      for (const Step& step : history.steps_of(o))
        together.join(step.key, first_key(history, o));

  Parts parts;
  std::vector<std::size_t> next(history.keys.size() + 1, 0);
  for (const Operation& o : history.operations)
    if (!is_void(history, o)) ++next[together.root(first_key(history, o)) + 1];
  for (std::size_t key = 1; key < next.size(); ++key) {
    if (next[key] > 0) parts.ends.push_back(next[key] + next[key - 1]);
    next[key] += next[key - 1];
  }
  parts.operations.resize(next.back());
  for (std::uint32_t i = 0; i < history.operations.size(); ++i)
    if (const Operation& o = history.operations[i]; !is_void(history, o))
      parts.operations[next[together.root(first_key(history, o))]++] = i;
  return parts;
}

Parts whole(const History& history) {
  Parts parts;
  for (std::uint32_t i = 0; i < history.operations.size(); ++i)
    if (!is_void(history, history.operations[i])) parts.operations.push_back(i);
  parts.ends.push_back(parts.operations.size());
  return parts;
}

}  // namespace cleave::linear
