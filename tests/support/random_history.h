// Histories of an atomic object, made by playing it: processes ask, the object acts at one moment
// between question and answer, and some are never answered. So they are linearizable, until
// something is changed in them.
#pragma once
#include "sim/check/history/history.h"
#include "sim/check/history/question.h"

#include <cstdint>

namespace cleave::testing {

struct RandomHistory {
  Model model = Model::reg;
  std::uint32_t processes = 3;  // that ask at a time
  std::uint32_t operations = 10;
  std::uint32_t keys = 1;
  std::uint32_t values = 3;    // that are written; 0: each write has a value of its own, from 1
  std::uint32_t reads = 50;    // percent; of queues: dequeues
  std::uint32_t pending = 10;  // percent that are never answered; half of them happened
  std::uint32_t failed = 5;    // percent that are refused; more where the object itself refuses
  std::uint32_t steps = 3;     // of a transaction, at most
};

// One key has no name; several are x0, x1, ... Initial values are nil (a counter's 0, a text "").
// What finds an empty queue answers nil. The same seed makes the same history.
History random_history(const RandomHistory& knobs, std::uint64_t seed);

// Changes one answer to another one that occurs in the history, or nearly; or tells one failed
// operation to have been done; or forgets one operation. The rules of a history still hold, the
// history may still be linearizable.
void perturb(History& history, std::uint64_t seed);

}  // namespace cleave::testing
