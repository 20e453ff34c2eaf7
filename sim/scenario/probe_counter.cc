#include "sim/scenario/probe_counter.h"

#include "sim/scenario/engines.h"

#include <set>
#include <string>

namespace cleave {

std::vector<ProbeResult> ProbeCounter::results(const Scenario& scenario) const {
  std::vector<ProbeResult> results;
  std::set<std::string> told;
  for (const StoreSpec& store : scenario.stores) {
    if (!told.insert(store.engine).second) continue;
    for (const Probe& probe : find_engine(store.engine)->probes) {
      const auto count = counts_.find(probe.hash);
      results.push_back(
          {std::string(probe.text), probe.frequency, count == counts_.end() ? 0 : count->second});
    }
  }
  return results;
}

}  // namespace cleave
