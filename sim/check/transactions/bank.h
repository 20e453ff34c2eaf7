// Accounts, transfers between them, and reads of all balances: the total stays what it was, and no
// balance falls below zero. Levels that forbid lost updates and show a transaction whole or not at
// all promise that (parallel snapshot isolation and up); it is necessary for them, not sufficient.
#pragma once
#include "sim/check/history/question.h"

namespace cleave::transactions {

// Accounts and total are those of the first answered read that tells all its balances. With later
// reads of others, or of balances that are not known, it is undecided unless it is violated.
Finding judge_bank(const History& history, const Question& question);

}  // namespace cleave::transactions
