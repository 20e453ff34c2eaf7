// Weak causal consistency (CC; Bouajjani, Enea, Guerraoui and Hamza 2017, 3.1): every operation
// sees all that comes causally before it, in some order that may differ from one operation to the
// next. Their bad patterns CyclicCO, WriteCOInitRead and WriteCORead, and for operations that read
// several registers at once also that no order of the writes in their past explains all of it.
#pragma once
#include "sim/check/causal/causal_order.h"
#include "sim/check/causal/violation.h"

#include <optional>

namespace cleave::causal {

// The way to a violation of a causal order that is cyclic. Requires: it is.
Violation cyclic_order(const Registers& registers, const CausalOrder& order);

// The one with the fewest operations, of the first kMostCandidates reads that do not fit.
// Requires: the order is no cycle. Time: operations by processes, at the most.
std::optional<Violation> find_weak_causal(const Registers& registers, const CausalOrder& order);

}  // namespace cleave::causal
