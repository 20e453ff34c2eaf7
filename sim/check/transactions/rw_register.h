// Transactions that write registers and read them. Nobody sees the order of versions, so that it is
// looked for: at the weak levels it follows from what was read (Biswas and Enea 2019; AWDIT,
// Møldrup and Pavlogiannis 2025), at the strong ones it is inferred as far as that goes, then
// searched. Transactions of one process are in order at all levels, as in both papers.
#pragma once
#include "sim/check/history/question.h"
#include "sim/check/transactions/judge_versioned.h"

namespace cleave::transactions {

// Of any registers: whoever asks says which sessions count, and how an order is found.
Finding judge_registers(const History& history, const Question& question, SessionOrder sessions,
                        Solve solve);

Finding judge_rw_register(const History& history, const Question& question);

}  // namespace cleave::transactions
