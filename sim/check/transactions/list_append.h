// Transactions that append to lists and read them (Kingsbury and Alvaro, Elle, VLDB 2020). A list
// shows all appends before the last one, so that the longest one that anybody read is the order of
// the key's versions. Appends that nobody saw came after it.
#pragma once
#include "sim/check/history/question.h"

namespace cleave::transactions {

Finding judge_list_append(const History& history, const Question& question);

}  // namespace cleave::transactions
