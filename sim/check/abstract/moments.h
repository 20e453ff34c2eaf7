// The invocations and answers of an execution, in order.
#pragma once
#include "sim/check/abstract/execution.h"

#include <cstdint>
#include <vector>

namespace cleave::abstract {

// Calls invoked(o) and answered(o) for each operation, by time. What failed, which never happened,
// is left out. Stops when either returns false.
template <class Invoke, class Answer>
void for_each_moment(const Execution& execution, Invoke&& invoked, Answer&& answered) {
  constexpr std::uint32_t kAnswer = 1u << 31;
  std::vector<std::uint32_t> order;
  const auto put = [&order](std::uint32_t moment, std::uint32_t what) {
    if (order.size() <= moment) order.resize(moment + std::size_t{1}, Operation::kNever);
    order[moment] = what;
  };
  for (std::uint32_t o = 0; o < execution.operations.size(); ++o) {
    const Operation& operation = execution.operations[o];
    const bool pending = operation.completed == Operation::kNever;
    if (!pending && !is_done(operation)) continue;
    put(operation.invoked, o);
    if (!pending) put(operation.completed, o | kAnswer);
  }
  for (const std::uint32_t what : order) {
    if (what == Operation::kNever) continue;
    if (!((what & kAnswer) != 0 ? answered(what & ~kAnswer) : invoked(what))) return;
  }
}

}  // namespace cleave::abstract
