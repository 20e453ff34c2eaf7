#include "sim/check/causal/max_register.h"

#include "sim/check/causal/causal_order.h"
#include "sim/check/causal/chains.h"
#include "sim/check/causal/weak_causal.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace cleave::causal {
namespace {

class HigherValues {
 public:
  HigherValues(const History& history, const Registers& registers, const CausalOrder& order)
      : history_(history), registers_(registers), order_(order), highest_(registers.writes.size()) {
    for (const auto& group : registers.groups)
      for (std::uint32_t w = group.first; w < group.last; ++w) {
        highest_[w] = raised_to(registers.writes[w]);
        if (w > group.first) highest_[w] = std::max(highest_[w], highest_[w - 1]);
      }
  }

  std::optional<Violation> find() const {
    for (const auto& read : registers_.reads)
      for (const auto& group : registers_.groups_of(read.key))
        if (knows_higher(read, group)) return violation_of(read);
    return std::nullopt;
  }

 private:
  Value raised_to(const Registers::Write& write) const {
    return history_.operations[registers_.sources[write.operation]].argument;
  }
  Value returned_by(const Registers::Read& read) const {
    return history_.operations[registers_.sources[read.operation]].result;
  }

  bool knows_higher(const Registers::Read& read, const Registers::Group& group) const {
    const std::uint32_t seen = order_.seen_of(group.process, read.operation);
    const auto first = registers_.writes.begin();
    const auto end =
        std::partition_point(first + group.first, first + group.last,
                             [&](const Registers::Write& write) { return write.operation < seen; });
    const auto count = static_cast<std::size_t>(end - first);
    return count > group.first && highest_[count - 1] > returned_by(read);
  }

  // By the shortest way from something higher to the read.
  Violation violation_of(const Registers::Read& read) const {
    const Chains::Reach reach = Chains(registers_).to(read.operation);
    std::uint32_t higher = read.operation;
    for (const auto& write : registers_.writes_to(read.key)) {
      if (raised_to(write) <= returned_by(read) || reach.steps[write.operation] == Chains::kFar)
        continue;
      if (higher == read.operation || reach.steps[write.operation] < reach.steps[higher])
        higher = write.operation;
    }
    Violation found{"WriteCORead", path_from(reach, higher), {}};
    found.cycle.push_back({read.operation, higher, Link::returned_lower, read.key, 0});
    return found;
  }

  const History& history_;
  const Registers& registers_;
  const CausalOrder& order_;
  std::vector<Value> highest_;  // by write: of its process, so far
};

Search find_in(const History& history, const Registers& registers, const Budget& budget) {
  const CausalOrder order(registers, budget);
  if (order.state() == CausalOrder::State::too_large)
    return {std::nullopt, "the clocks do not fit in the budget of bytes; raise it", 0};
  if (order.state() == CausalOrder::State::cyclic) return {cyclic_order(registers, order), "", 0};
  return {HigherValues(history, registers, order).find(), "", 0};
}

}  // namespace

Search find_higher(const History& history, const Registers& registers, Level level,
                   const Budget& budget) {
  if (level != Level::pram) return find_in(history, registers, budget);
  for (std::uint32_t p = 0; p < registers.processes(); ++p) {
    Search search = find_in(history, with_reads_of(registers, p), budget);
    if (search.violation || !search.undecided.empty()) return search;
  }
  return {};
}

}  // namespace cleave::causal
