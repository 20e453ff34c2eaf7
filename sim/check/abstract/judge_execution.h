// Consistency levels, asked of an abstract execution: without a search, whatever the objects are.
#pragma once
#include "sim/check/abstract/conditions.h"
#include "sim/check/abstract/execution.h"
#include "sim/check/abstract/flaw.h"

#include <cstdint>
#include <optional>

namespace cleave::abstract {

struct Finding {
  std::optional<Flaw> flaw;   // the first that was found
  std::uint64_t checked = 0;  // operations that had something to see
  bool out_of_steps = false;  // and no flaw until then
};

// Settles the execution (settle.h) and looks for what breaks the level. `steps` bound the work
// where replicas applied the same in different orders; elsewhere the time is that of the execution.
// Requires: sealed trees, and that conditions_of() knows the level.
Finding judge_execution(Execution& execution, Level level, std::uint64_t steps);

// Parts of it, each of a settled execution.
// moments.h goes through the operations by time; these are told of each.
Finding judge_orders(const Execution& execution, const Conditions& conditions);
Finding judge_store_sessions(const Execution& execution, const Conditions& conditions,
                             std::uint64_t steps);
Finding judge_object_sessions(const Execution& execution, const Conditions& conditions,
                              std::uint64_t steps);

}  // namespace cleave::abstract
