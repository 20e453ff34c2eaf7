// Causal consistency and what is weaker than it, of registers: reads and writes of single values by
// key, a compare-and-set being both (Bouajjani, Enea, Guerraoui and Hamza 2017; Lipton and Sandberg
// 1988; Terry et al. 1994). Causality crosses keys, so that all of a history is judged at once.
// Where every value is written at most once to a key the answer is exact. Where several writers of
// a value are possible, "holds" is said if some choice of them fits, "violated" if what is certain
// is enough for it, and otherwise that it is undecided.
#pragma once
#include "sim/check/history/question.h"

namespace cleave {

bool answers_causal(Model model, Level level);

// Never throws. Requires: answers_causal(question.model, question.level).
Finding judge_causal(const History& history, const Question& question);

}  // namespace cleave
