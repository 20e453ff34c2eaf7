// By what a run failed, so that failures of many runs can be told apart and put together: triage of
// a sweep groups by it, and a shrinker holds on to it. Two failures are the same if they broke the
// same claim in the same way, whatever the numbers, the times and the replica it happened to be.
#pragma once
#include "sim/scenario/run_result.h"

#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {

struct FailureKey {
  std::string what;   // the expectation, "fault split", "model assertion", "Cleave itself"
  std::string found;  // "violated", "holds", "undecided", "vacuous", "without effect", "failed"
  std::string shape;  // why, without what differs from run to run: see shape_of
  auto operator<=>(const FailureKey&) const = default;
};

// A failure in one run: with the words of that run.
struct Breakage {
  FailureKey failure;
  std::string why;
};

// The text with numbers (and their units) as '#', nodes as '@', and plurals as singulars: "3 of 8
// updates held by accounts/east/0" is "# of # update held by @".
std::string shape_of(std::string_view why);

Breakage breakage_of(const ExpectationResult& expectation);

// All that is not as stated: a model's assertion, then expectations, then faults without effect.
std::vector<Breakage> breakages_of(const RunResult& run);

}  // namespace cleave
