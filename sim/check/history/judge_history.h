// One door to every consistency checker: which of them can answer a question, and its answer.
#pragma once
#include "sim/check/history/question.h"

#include <vector>

namespace cleave {

// Levels that can be asked of a model, strongest first.
std::vector<Level> levels_of(Model model);

// Never throws and keeps to the budget; what cannot be known is undecided and says why. A history
// in which nothing constrains the level is vacuous. Requires: the level is one of levels_of(model).
Finding judge_history(const History& history, const Question& question);

}  // namespace cleave
