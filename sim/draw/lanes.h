// Which lanes a space-time diagram has and where: by region, in it replicas first, then others,
// then clients; where they would be too low to read, those of one kind share a lane.
#pragma once
#include "sim/draw/roles.h"
#include "sim/draw/view.h"
#include "sim/explore/recording.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace cleave::draw {

struct Lane {
  std::vector<NodeId> nodes;  // several share a collapsed lane
  std::string label;
  std::string name;  // in full
  std::size_t region = 0;
  double y = 0;  // of its line
};

// All lanes of one region.
struct LaneGroup {
  std::size_t region = 0;
  double top = 0, bottom = 0;
};

struct Lanes {
  std::vector<Lane> all;  // from top to bottom
  std::vector<LaneGroup> groups;
  std::vector<std::optional<std::size_t>> of_node;  // by node: its lane, if that is not hidden
  double height = 0;                                // of a lane
  std::size_t hidden = 0;                           // nodes that have none

  // Between two groups, where what was cut off ends; of one node's lane halfway to the other's if
  // both are of one region. Requires: lanes that exist.
  double between(std::size_t from, std::size_t to) const;
};

struct LaneSpace {
  double top = 0, bottom = 0;
  double gap = 0;    // between two groups
  double least = 0;  // height of a lane below which lanes are shared
};
Lanes lay_out_lanes(const Recording& recording, const Roles& roles, const View& view,
                    const LaneSpace& space);

}  // namespace cleave::draw
