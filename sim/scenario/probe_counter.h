// Counts how often nodes come past the probes of a scenario's engines.
#pragma once
#include "sim/scenario/run_result.h"
#include "sim/scenario/scenario.h"
#include "sim/trace/observer.h"

#include <cstdint>
#include <map>
#include <vector>

namespace cleave {

class ProbeCounter : public Observer {
 public:
  using Observer::on;
  void on(const Reached& reached) override { ++counts_[reached.probe]; }

  // Of all that the engines in use declare and their options ask for, and of what was reached
  // though they do not; in the order of the stores, of each once.
  std::vector<ProbeResult> results(const Scenario& scenario) const;

 private:
  std::map<std::uint64_t, std::uint64_t> counts_;  // by Probe::hash
};

}  // namespace cleave
