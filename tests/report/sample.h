// Runs that never were: what reports are tried on.
#pragma once
#include "sim/scenario/run_result.h"

namespace cleave::sample {

// Two coasts apart for 43 s: acknowledged writes were lost, as stated.
RunResult two_coasts();

// Everything at once that can be wrong: two stores, a flapping link, a crash, a fault that did
// nothing, and one expectation of each kind that is not as stated.
RunResult trouble();

// No faults, no divergence, nothing expected.
RunResult calm();

// Two coasts in three configurations, one of which is not as stated.
std::vector<RunResult> comparison();

}  // namespace cleave::sample
