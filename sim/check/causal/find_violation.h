// One door to what the levels of causal consistency forbid of registers.
#pragma once
#include "sim/check/causal/violation.h"
#include "sim/check/history/question.h"

namespace cleave::causal {

bool is_session_guarantee(Level level);

// Sound for any part of a history as well: what a part violates, the whole does (restrict_to). Its
// `checked` is counted for session guarantees alone. Requires: the level is one of those, or
// causal, causal_memory, causal_convergence or pram.
Search find_violation(const Registers& registers, Level level, const Budget& budget);

}  // namespace cleave::causal
