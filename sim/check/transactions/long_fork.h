// Reads of registers that are written once each: two of them must not see two writes in opposite
// orders, one the first alone and the other the second alone (Sovran et al. 2011; Cerone, Bernardi
// and Gotsman 2015). Parallel snapshot isolation permits that, snapshot isolation does not.
#pragma once
#include "sim/check/history/question.h"

namespace cleave::transactions {

// Sessions count at levels that have them in their name, and strict ones. Registers may be written
// more often; then an order of the writes is searched for.
Finding judge_long_fork(const History& history, const Question& question);

}  // namespace cleave::transactions
