#include "sim/scenario/probe_counter.h"

#include "sim/scenario/engines.h"

#include <cstdint>
#include <set>
#include <string>

namespace cleave {

std::vector<ProbeResult> ProbeCounter::results(const Scenario& scenario) const {
  std::vector<ProbeResult> results;
  std::set<std::uint64_t> told;
  for (const StoreSpec& store : scenario.stores) {
    const models::store::Engine& engine = *find_engine(store.engine);
    for (const Probe& probe : engine.probes) {
      const auto found = counts_.find(probe.hash);
      const std::uint64_t count = found == counts_.end() ? 0 : found->second;
      const bool asked_for = !engine.asks_for || engine.asks_for(store.options, probe);
      if ((count > 0 || asked_for) && told.insert(probe.hash).second)
        results.push_back({std::string(probe.text), probe.frequency, count});
    }
  }
  return results;
}

}  // namespace cleave
