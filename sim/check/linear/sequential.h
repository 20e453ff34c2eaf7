// Sequential consistency (Lamport 1979): an order of all operations that keeps to the order of each
// process explains every answer. It is not local, so objects are searched together.
#pragma once
#include "sim/check/history/question.h"
#include "sim/check/linear/drains.h"

namespace cleave::linear {

// Of a history that is not linearizable, or not known to be. Requires: all of its calls are the
// model's own, and something was answered.
Finding judge_sequential(const Subject& subject, const Question& question);

}  // namespace cleave::linear
