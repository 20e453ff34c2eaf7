// Scenarios by name: the files that come with Cleave, and the configurations of one.
#pragma once
#include "sim/scenario/load.h"

#include <string>
#include <vector>

namespace cleave::cli {

// All *.yaml below ./scenarios, by name. Throws ScenarioError if there are none.
std::vector<std::string> scenario_files();

// Of that name; empty: the scenario itself. Throws ScenarioError if there is none.
const Configuration& configuration_of(const Loaded& loaded, const std::string& name);

// Throws ScenarioError if the scenario does not say what a swarm may draw.
void require_swarm(const Configuration& configuration, const std::string& file);

}  // namespace cleave::cli
