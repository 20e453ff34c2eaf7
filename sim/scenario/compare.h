// The configurations of a scenario: itself, and what each entry of `compare:` makes of it. An entry
// changes some paths and states its own expectations; at least one configuration must be expected
// to break, for a comparison in which nothing can break shows nothing (a negative control).
#pragma once
#include "sim/base/diagnostics.h"
#include "sim/base/section.h"
#include "sim/scenario/scenario.h"

#include <string>
#include <vector>

namespace cleave {

struct Configuration {
  std::string name;  // empty: the scenario itself
  Scenario scenario;
  Section tree;  // what it was read from, with all that was set
};

// All configurations, the scenario itself first. Comparisons are read when it has no mistake of its
// own. Of no use unless `diagnostics` is empty.
std::vector<Configuration> read_configurations(const Section& root, Diagnostics& diagnostics);

}  // namespace cleave
