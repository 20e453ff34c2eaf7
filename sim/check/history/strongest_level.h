// What is left of a history that breaks what was asked of it.
#pragma once
#include "sim/check/history/question.h"

#include <optional>

namespace cleave {

// The first level that holds of those that can be asked of the model and come after the question's,
// strongest first. Asks each with the question's budget.
std::optional<Level> strongest_below(const History& history, Question question);

}  // namespace cleave
