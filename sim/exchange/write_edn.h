// Writes a history of plain operations as Jepsen does: a map a line, for each question and each
// answer, values as independent tuples [key value].
#pragma once
#include "sim/base/time.h"
#include "sim/check/history/question.h"

#include <cstdint>
#include <functional>
#include <string>

namespace cleave::exchange {

struct WriteOptions {
  Model model = Model::reg;
  // When an event of the run was, by its number; lines have a :time then.
  std::function<Time(std::uint64_t event)> time_of;
};

// Registers that nobody has written hold 0 in what is written, and a process of its own writes that
// first: nil means "not known" to whoever reads these files. An operation that was never answered
// has no answer, or :info if its client was told so. Requires: no operation is a transaction.
std::string edn_of(const History& history, const WriteOptions& options);

}  // namespace cleave::exchange
