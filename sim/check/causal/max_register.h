// Causal consistency of max-registers, whose reads return the highest value that they were raised
// to. Since raising commutes, the order of what a read has seen does not matter: a read must have
// seen what it returned, and nothing higher. So causal consistency, causal memory and causal
// convergence are one; PRAM is the same where a process learns nothing from the reads of others.
#pragma once
#include "sim/check/causal/violation.h"
#include "sim/check/history/question.h"

namespace cleave::causal {

// As find_violation. Requires: one of those four levels, and registers of the history.
Search find_higher(const History& history, const Registers& registers, Level level,
                   const Budget& budget);

}  // namespace cleave::causal
