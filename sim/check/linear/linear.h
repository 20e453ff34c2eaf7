// Linearizability (Herlihy and Wing 1990) of objects whose sequential specification is known.
// Failed operations never happened; pending ones take effect at any moment after they were invoked,
// or never. A violation is shown by few operations. Also sequential consistency, which keeps to the
// order of each process instead of real time.
#pragma once
#include "sim/check/history/question.h"

namespace cleave {

bool answers_linear(Model model, Level level);

// As judge_history(). Requires: answers_linear() of its model and level.
Finding judge_linear(const History& history, const Question& question);

}  // namespace cleave
