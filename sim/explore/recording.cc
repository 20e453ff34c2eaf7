#include "sim/explore/recording.h"

#include "sim/base/assert.h"

#include <utility>

namespace cleave {

RecordingRequest request_of(Loaded loaded, std::optional<std::uint64_t> seed) {
  RecordingRequest request;
  request.seed = seed;
  if (const auto& saved = loaded.saved) {
    request.configuration = saved->configuration;
    request.until = saved->until;
    if (!seed) request.seed = saved->seed;
  }
  request.loaded = std::move(loaded);
  return request;
}

Recorded record(const RecordingRequest& request) {
  const Configuration* configuration = request.loaded.find(request.configuration);
  CLEAVE_CHECK(configuration, "a recording is made of a configuration that exists");
  const Scenario& scenario = configuration->scenario;
  Built built = build(scenario, request.seed.value_or(scenario.seed));
  Timeline timeline(built.world);
  TraceIndex trace(request.budget);

  RunOptions options;
  options.seed = request.seed;
  options.until = request.until;
  options.progress = request.progress;
  options.observer = &trace;
  options.levels = request.levels;
  options.visit = [&timeline](const World& world) { timeline.keep(world); };
  RunResult result = run(scenario, options);
  trace.close();

  result.file = request.loaded.file;
  result.settings = request.loaded.settings;
  result.configuration = configuration->name;
  const auto& saved = request.loaded.saved;
  if (saved && saved->seed == result.seed && saved->configuration == configuration->name)
    result.expected_digest = saved->digest;
  return {std::make_shared<const Recording>(Recording{request.loaded, scenario, std::move(result),
                                                      std::move(trace), std::move(built.world),
                                                      std::move(built.cast)}),
          std::move(timeline)};
}

}  // namespace cleave
