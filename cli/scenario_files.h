// The scenarios that come with Cleave.
#pragma once
#include <string>
#include <vector>

namespace cleave::cli {

// All *.yaml below ./scenarios, by name. Throws ScenarioError if there are none.
std::vector<std::string> scenario_files();

}  // namespace cleave::cli
