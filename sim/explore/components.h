// Who can still talk to whom at one moment: strongly connected components of the graph of hosts
// that are up, an edge wherever packets pass. Two hosts of one component reach each other both
// ways, by relay if need be; a host that is down is in none.
#pragma once
#include "sim/engine/world.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace cleave {

struct Components {
  std::vector<std::optional<std::size_t>> of;  // by host; numbered in order of their first hosts
  std::size_t count = 0;
};

Components components(const World& world);

// How packets pass from one set of nodes to another, as far as rules decide.
struct Passage {
  std::size_t open = 0;
  std::size_t pairs = 0;
  bool all() const { return open == pairs; }
  bool none() const { return open == 0 && pairs > 0; }
};
Passage passage(const World& world, const std::vector<NodeId>& from, const std::vector<NodeId>& to);

}  // namespace cleave
