#include "sim/explore/distance.h"

#include <string>
#include <utility>

namespace cleave {

Scenario without_faults(Scenario scenario, Duration further) {
  scenario.faults.clear();
  scenario.liveness.reset();
  scenario.expect.clear();
  if (further == Duration{}) return scenario;
  const std::vector<std::string>& regions = scenario.topology.regions;
  // Each region and those after it, so that each pair is named once.
  for (std::size_t i = 0; i + 1 < regions.size(); ++i) {
    Fault delay;
    delay.name = "further-" + std::to_string(i + 1);
    delay.verb = Verb::delay;
    delay.duration = further;
    delay.groups.resize(2);
    delay.groups[0].push_back({Selector::By::region, regions[i], {}});
    for (std::size_t other = i + 1; other < regions.size(); ++other)
      delay.groups[1].push_back({Selector::By::region, regions[other], {}});
    scenario.faults.push_back(std::move(delay));
  }
  return scenario;
}

std::vector<DelaySlope> cost_of_distance(const Scenario& scenario, const RunOptions& options) {
  if (scenario.topology.regions.size() < 2) return {};
  Comparison comparison;
  for (const Duration further : kDistances) {
    const RunResult result = run(without_faults(scenario, further), options);
    comparison.all.push_back({"", "", further, {measured(result)}});
  }
  return delay_slopes(comparison);
}

}  // namespace cleave
