// Causal memory (CM; Ahamad, Neiger, Burns, Kohli and Hutto 1995; bad patterns of Bouajjani, Enea,
// Guerraoui and Hamza 2017, 3.2 and 4.3): each process has one order of all that it must have seen,
// which explains every read of its own. Their bad patterns WriteHBInitRead and CyclicHB, in the
// least happened-before of each process. PRAM (Lipton and Sandberg 1988) is the same where a
// process learns nothing from the reads of others.
#pragma once
#include "sim/check/causal/causal_order.h"
#include "sim/check/causal/violation.h"

namespace cleave::causal {

// Requires: the order is no cycle, and no violation of weak causal consistency. Time: operations by
// processes, unless writes that a process read again after others came into its sight keep moving
// the latter; then quadratic, and the budget ends it.
Search find_causal_memory(const Registers& registers, const CausalOrder& order,
                          const Budget& budget);
// Weak causal consistency of each process alone included. Requires: nothing.
Search find_pram(const Registers& registers, const Budget& budget);

}  // namespace cleave::causal
