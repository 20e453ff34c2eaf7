#include "sim/check/transactions/writes.h"

#include <cstddef>
#include <utility>

namespace cleave::transactions {
namespace {

// Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4).
std::uint64_t scatter(std::uint64_t number) {
  number *= 0x9e3779b97f4a7c15u;
  return number ^ number >> 32;
}

}  // namespace

Step as_step(const Operation& operation) {
  return {operation.call,     operation.answer, operation.key,
          operation.argument, operation.result, operation.results};
}

Step step_of(const History& history, std::uint32_t operation, std::uint32_t index) {
  const Operation& o = history.operations[operation];
  return o.call == Call::transaction ? history.steps_of(o)[index] : as_step(o);
}

Writes::Writes(const History& history, Call call) {
  first_.reserve(history.operations.size() + 1);
  std::vector<std::uint32_t> last(history.keys.size());  // by key: where to look, be it in vain
  for (std::uint32_t i = 0; i < history.operations.size(); ++i) {
    first_.push_back(static_cast<std::uint32_t>(all_.size()));
    for_each_step(history, history.operations[i], [&](std::uint32_t, const Step& step) {
      if (step.call != call) return;
      const std::uint32_t place =
          std::exchange(last[step.key], static_cast<std::uint32_t>(all_.size()));
      const bool is_own =
          place >= first_.back() && place < all_.size() && all_[place].key == step.key;
      if (is_own) all_[place].is_final = false;
      if (is_own) all_[place].next = last[step.key];
      all_.push_back({i, step.key, step.argument});
      if (is_own) all_.back().before = place;
    });
  }
  first_.push_back(static_cast<std::uint32_t>(all_.size()));
  index(history);
}

std::optional<std::uint32_t> Writes::find(std::uint32_t key, Value value) const {
  const std::uint32_t found = slots_[slot_of(key, value)];
  if (found == 0) return std::nullopt;
  return found - 1;
}

// Where it is, or where it would be.
std::size_t Writes::slot_of(std::uint32_t key, Value value) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at =
      scatter(static_cast<std::uint64_t>(value.code) + scatter(std::uint64_t{key} + 1)) & mask;
  while (slots_[at] != 0) {
    const Write& there = all_[slots_[at] - 1];
    if (there.key == key && there.value == value) break;
    at = (at + 1) & mask;
  }
  return at;
}

void Writes::index(const History& history) {
  std::size_t size = 2;
  while (size < 2 * all_.size())
    size *= 2;
  slots_.assign(size, 0);
  const auto failed = [&](const Write& write) {
    return history.operations[write.operation].ending == Ending::failed;
  };
  for (std::uint32_t i = 0; i < all_.size(); ++i) {
    std::uint32_t& slot = slots_[slot_of(all_[i].key, all_[i].value)];
    if (slot == 0 || failed(all_[slot - 1])) {
      slot = i + 1;
    } else if (!failed(all_[i])) {
      all_[i].is_repeated = all_[slot - 1].is_repeated = true;
      if (!repeated_) repeated_ = i;
    }
  }
}

}  // namespace cleave::transactions
