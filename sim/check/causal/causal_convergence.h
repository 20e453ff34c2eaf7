// Causal convergence (CCv; Bouajjani, Enea, Guerraoui and Hamza 2017, 3.3; Burckhardt 2014): there
// is one order of all writes that every read agrees with, as in a store where the last writer wins.
// Their bad pattern CyclicCF: a write that a read knew of comes before the one that it returned,
// and this order contradicts the causal one.
#pragma once
#include "sim/check/causal/causal_order.h"
#include "sim/check/causal/violation.h"

#include <optional>

namespace cleave::causal {

// Its cycle is short, but need not be the shortest; see smallest_witness.h. Requires: the order is
// no cycle. Time and memory: operations by processes, at the most.
std::optional<Violation> find_cyclic_conflict(const Registers& registers, const CausalOrder& order);

}  // namespace cleave::causal
