// Which sides a partition has: strongly connected components of the directed graph of who reaches
// whom, and which side reaches which. A side need not be whole: in a bridge all nodes are on one
// side, for messages can be relayed, yet not every two see one another.
#pragma once
#include "sim/base/id.h"
#include "sim/network/reach.h"

#include <cstddef>
#include <vector>

namespace cleave {

struct Side {
  std::vector<NodeId> nodes;         // in order
  bool whole = true;                 // each node sees every other of the side
  std::vector<std::size_t> reaches;  // other sides that messages can get to, by relay if need be
};

// In order of their first nodes.
std::vector<Side> sides(const Reach& reach);

}  // namespace cleave
