// What is promised of messages, by its definition: all choices are tried, all pairs compared.
#pragma once
#include "sim/check/history/question.h"

namespace cleave::testing {

// Does the history break the promise for certain? Of one object with few operations.
bool breaks_promise(const History& history, const Question& question);

}  // namespace cleave::testing
