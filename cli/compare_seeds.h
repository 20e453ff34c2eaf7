// Many runs of a comparison, on all processors: each configuration, with each value of what is
// varied, under each seed.
#pragma once
#include "cli/console.h"
#include "sim/explore/comparison.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cleave::cli {

struct ComparisonPlan {
  std::string scenario;               // its file
  std::vector<std::string> settings;  // PATH=VALUE
  std::vector<std::string> varied;    // PATH=V1,V2,...: each value of one with each of the others
  std::optional<std::string> seeds;   // A..B
  std::optional<std::uint64_t> seed;  // instead: this one; without both the scenario's
  std::size_t jobs = 1;
};
constexpr std::uint64_t kMostSeedsCompared = 100'000;
constexpr std::size_t kMostVariants = 256;

// The same whatever `jobs`. Throws ScenarioError, FileError, and EngineBug of the first run that
// met one.
Comparison compare_seeds(const ComparisonPlan& plan, const Console& console, bool quiet);

}  // namespace cleave::cli
