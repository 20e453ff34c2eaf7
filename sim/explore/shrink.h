// Shrinking: a scenario that fails is made as small as it can be while it still fails in the same
// way. Faults, workload and conversations are taken away by delta debugging (Zeller, Hildebrandt
// 2002), then whatever else can go, then times, counts and ranges of keys are lowered, until
// nothing more can be. Messages that people then still write at random become a script (script.h),
// of which the same is taken away, unless it stays long. What remains is 1-minimal: with any one
// thing less it fails no more, or in another way.
#pragma once
#include "sim/base/section.h"
#include "sim/explore/failure.h"
#include "sim/scenario/compare.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace cleave {

// Whether this still fails in the same way. It is shown trees that are no scenarios too.
using Oracle = std::function<bool(const Section& scenario)>;

struct ShrinkProgress {
  std::uint64_t runs = 0;
  std::uint64_t most_runs = 0;
};

struct ShrinkOptions {
  std::uint64_t most_runs = 2'000;  // of the oracle
  std::function<void(const ShrinkProgress&)> progress;
};

struct Shrunk {
  Section scenario;
  std::uint64_t runs = 0;
  bool minimal = false;  // false: there were not enough runs to be sure
};

// Requires: the oracle says yes to `scenario`. Leaves `expect`, names and the seed alone.
Shrunk shrink(Section scenario, const Oracle& oracle, const ShrinkOptions& options = {});

// What is to be held on to in a run: of what is not as stated what broke first, else the first
// violation that is stated. `expectation` is the number of its claim, if the scenario makes it.
struct Target {
  Breakage breakage;
  std::optional<std::size_t> expectation;
};
std::optional<Target> target_of(const RunResult& run);

// The scenario under the seed with nothing but the target's claim left of what it claims.
Section subject_of(const Section& tree, std::uint64_t seed, const Target& target);
// Runs it. A tree that is no scenario, or in which Cleave itself breaks, does not fail the same.
Oracle oracle_of(const Target& target);

}  // namespace cleave
