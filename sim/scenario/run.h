// Runs a scenario from start to end, with its judges and the measures of the report watching: in
// memory that does not grow with the number of events.
#pragma once
#include "sim/base/digest.h"
#include "sim/base/time.h"
#include "sim/scenario/build.h"
#include "sim/scenario/compare.h"
#include "sim/scenario/run_result.h"
#include "sim/scenario/scenario.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace cleave {

struct Progress {
  Time at;
  Time until;
  std::uint64_t events = 0;
};

constexpr std::uint64_t kEventsPerVisit = 2'000;

struct RunOptions {
  std::optional<std::uint64_t> seed;              // instead of the scenario's
  std::optional<Time> until;                      // stop there, if that is before the end
  std::function<void(const Progress&)> progress;  // called every few ten thousand events
  Observer* observer = nullptr;                   // is told everything, and changes nothing
  bool levels = false;  // find out which levels of consistency were kept, unasked
  std::function<void(const World&)> visit;  // called every kEventsPerVisit events
};

// The result says neither where the scenario was read from nor what `--set` changed: the caller
// knows. Throws EngineBug, which names seed and event.
RunResult run(const Scenario& scenario, const RunOptions& options = {});

// The class of a result: see Status. `digest_differs` is for the caller to find.
Status status_of(const RunResult& result);

}  // namespace cleave
