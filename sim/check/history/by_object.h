// The histories of single objects.
#pragma once
#include "sim/check/history/history.h"

#include <vector>

namespace cleave {

// One for each of the history's keys that has operations, in their order, as its only key;
// processes keep their numbers. Requires: no transactions, and values that are integers or nil.
std::vector<History> by_object(const History& history);

}  // namespace cleave
