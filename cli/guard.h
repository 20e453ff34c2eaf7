// From what an action throws to a message and an exit status.
#pragma once
#include "cli/console.h"
#include "sim/scenario/run_result.h"

#include <functional>

namespace cleave::cli {

using Action = std::function<Status(Console& console)>;

// What the action returns. ScenarioError is bad_input, FileError is file_error, and whatever else
// is thrown is a bug in Cleave.
Status guarded(const Action& action, Console& console);

}  // namespace cleave::cli
