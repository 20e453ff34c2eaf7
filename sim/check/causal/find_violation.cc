#include "sim/check/causal/find_violation.h"

#include "sim/check/causal/causal_convergence.h"
#include "sim/check/causal/causal_memory.h"
#include "sim/check/causal/causal_order.h"
#include "sim/check/causal/session_guarantees.h"
#include "sim/check/causal/weak_causal.h"
#include "sim/check/words.h"

#include <optional>
#include <string>
#include <utility>

namespace cleave::causal {

bool is_session_guarantee(Level level) {
  return level == Level::read_your_writes || level == Level::monotonic_reads ||
         level == Level::monotonic_writes || level == Level::writes_follow_reads;
}

Search find_violation(const Registers& registers, Level level, const Budget& budget) {
  if (level == Level::pram) return find_pram(registers, budget);
  if (is_session_guarantee(level) && level != Level::writes_follow_reads)
    return find_session_violation(registers, level);
  const CausalOrder order(registers, budget);
  if (order.state() == CausalOrder::State::too_large)
    return {std::nullopt,
            "the clocks of " + count_of(registers.size(), "operation") + " by " +
                std::to_string(registers.processes()) +
                " processes do not fit in the budget of bytes; raise it",
            0};
  if (order.state() == CausalOrder::State::cyclic) return {cyclic_order(registers, order), "", 0};
  if (level == Level::writes_follow_reads) return find_write_before_read(registers, order);
  if (auto violation = find_weak_causal(registers, order)) return {std::move(violation), "", 0};
  if (level == Level::causal_convergence) return {find_cyclic_conflict(registers, order), "", 0};
  if (level == Level::causal_memory) return find_causal_memory(registers, order, budget);
  return {};
}

}  // namespace cleave::causal
