// What distance costs when nothing goes wrong: PACELC's "else". The scenario is run again without
// its faults and claims, with all regions further apart by a few delays, and the slope of each
// operation's median is taken.
#pragma once
#include "sim/explore/comparison.h"
#include "sim/scenario/run.h"
#include "sim/scenario/scenario.h"

#include <array>
#include <vector>

namespace cleave {

// Added to each way between two regions. Far below the timeouts of elections and failovers, which
// would be faults again.
inline constexpr std::array kDistances{Duration{0}, Duration{25'000'000}, Duration{50'000'000},
                                       Duration{100'000'000}};

// The scenario as it is without faults, and with more between any two of its regions.
Scenario without_faults(Scenario scenario, Duration further);

// Of each operation that was measured at two distances or more; empty with a single region. Throws
// what run() throws.
std::vector<DelaySlope> cost_of_distance(const Scenario& scenario, const RunOptions& options = {});

}  // namespace cleave
