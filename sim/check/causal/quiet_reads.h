// Convergence as readers see it: what is read of an object when all is quiet, that is, by reads
// that were invoked after every update of the object had been answered, is the same for all (strong
// convergence; Shapiro, Preguica, Baquero and Zawirski 2011; as far as reads can show it). It asks
// that an update has arrived everywhere when it is answered or soon after: reads that come too
// early count as well, so let a run settle before the last ones. An update that was never answered
// may happen yet, and its object is never quiet.
#pragma once
#include "sim/check/history/question.h"

namespace cleave::causal {

// Of any model whose objects are read whole. Vacuous with fewer than two such reads of any one
// object. Linear, but for sets, which are sorted.
Finding judge_quiet_reads(const History& history, const Question& question);

}  // namespace cleave::causal
