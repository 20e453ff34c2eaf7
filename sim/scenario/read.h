// From what a text says to a Scenario. Every mistake is added to the Diagnostics, and reading goes
// on, so that one run shows all of them.
#pragma once
#include "sim/base/diagnostics.h"
#include "sim/base/section.h"
#include "sim/scenario/scenario.h"

#include <string>
#include <vector>

namespace cleave {

// Requires: a tree as the parser makes it. The Scenario is of no use unless `diagnostics` is empty.
Scenario read_scenario(const Section& root, Diagnostics& diagnostics);

}  // namespace cleave
