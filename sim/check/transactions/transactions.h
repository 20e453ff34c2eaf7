// Checkers of transactions: isolation levels, from read uncommitted to strictly serializable, of
// lists, registers, accounts and long forks.
#pragma once
#include "sim/check/history/question.h"

namespace cleave {

bool answers_transactions(Model model, Level level);

// Never throws and keeps to the budget. Requires: answers_transactions(model, level).
Finding judge_transactions(const History& history, const Question& question);

}  // namespace cleave
