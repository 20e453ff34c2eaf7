// Consistency by its definition: every order of the operations, with every choice of pending ones,
// on objects that are played as plainly as can be.
#pragma once
#include "sim/check/history/question.h"

namespace cleave::testing {

// Is there an order that explains every answer and respects real time (linearizable), or the order
// of each process (sequential)? Requires: few operations; the time grows with the factorial of
// those that are open at once.
bool has_order(const History& history, const Question& question);

}  // namespace cleave::testing
