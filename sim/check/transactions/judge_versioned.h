// The verdict on transactions whose versions are known, as far as they are.
#pragma once
#include "sim/check/transactions/order_search.h"
#include "sim/check/transactions/version_order.h"

#include <cstdint>
#include <string>

namespace cleave::transactions {

// Two transactions that read one version and both wrote the next: none of the levels from parallel
// snapshot isolation up permits it, in whichever order they came. Empty: there are none.
std::vector<Edge> lost_update(const Versioned& versioned);

enum class SessionOrder : std::uint8_t {
  if_named,  // count at levels that have them in their name, and strict ones
  always,
};

// How a model finds the order of versions, or that there is none.
using Solve = Searched (*)(const Versioned& versioned, Level level, const Budget& budget,
                           Work& work);
// Nothing but the search.
Searched search_for_order(const Versioned& versioned, Level level, const Budget& budget,
                          Work& work);

// Fills in versioned.others. `doubt` is why a history that seems to be right may not be so; empty:
// there is no reason.
Finding judge_versioned(Versioned versioned, const Question& question, SessionOrder sessions,
                        Solve solve, const std::string& doubt);

}  // namespace cleave::transactions
