// Whether a small history of registers is allowed, by looking through everything that the
// definitions quantify over: which pending operations happened, every causal order, every
// arbitration, every serialization. For comparing checkers with.
#pragma once
#include "sim/check/history/history.h"
#include "sim/check/history/question.h"

namespace cleave::testing {

constexpr std::size_t kMostOperations = 14;  // that did not fail
// Up to here every causal order is looked at; above, where no value may be written twice, only the
// least, of session order and reads-from: what a greater one allows, it allows as well.
constexpr std::size_t kMostForAllOrders = 5;

// causal, causal_memory, causal_convergence: Definitions 2, 4 and 6 of Bouajjani, Enea, Guerraoui
// and Hamza 2017. pram: Lipton and Sandberg 1988. Requires: the level is one of these, and every
// operation a read, a write, a raise, a compare-and-set, or several of the first two at once.
bool allowed_by_axioms(const History& history, const Question& question);

// read_your_writes, monotonic_reads, monotonic_writes, writes_follow_reads: as docs/checkers.md
// defines them. Requires: no value is written twice, and no operation is pending.
bool keeps_guarantee(const History& history, Level level);

}  // namespace cleave::testing
