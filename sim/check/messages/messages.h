// What is promised of messages alone, whatever order operations took effect in: that they arrive,
// not twice, in their sender's order, at one place for all (reliable, FIFO and total order
// broadcast, Hadzilacos and Toueg 1994). Of queues, logs and sets, with ids that are given once and
// counters within bounds: what Jepsen's checkers of these objects ask.
#pragma once
#include "sim/check/history/question.h"

namespace cleave {

bool answers_messages(Model model, Level level);

// As judge_history(). Requires: answers_messages() of its model and level.
Finding judge_messages(const History& history, const Question& question);

}  // namespace cleave
