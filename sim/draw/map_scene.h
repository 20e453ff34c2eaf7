// What all parts of one map look at, worked out once: who is who, where, on which side, what is on
// its way; and what each thing is called when it is read aloud.
#pragma once
#include "sim/draw/map_layout.h"
#include "sim/draw/map_links.h"
#include "sim/draw/roles.h"
#include "sim/draw/view.h"
#include "sim/engine/world.h"
#include "sim/explore/components.h"
#include "sim/explore/recording.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cleave::draw {

// A message on its way: where it is between its sender (0) and its receiver (1).
struct Underway {
  std::size_t message = 0;  // index in the trace
  double share = 0;
};

struct Scene {
  const Recording& recording;
  const World& now;
  const View& view;
  Roles roles;
  Components sides;
  MapLayout layout;
  std::vector<MapLink> links;
  std::vector<std::optional<std::size_t>> side_of_island;
  std::vector<Underway> underway;    // in order of sending
  std::vector<std::size_t> waiting;  // by node: messages that it must send again

  std::optional<std::size_t> side(NodeId id) const { return sides.of[now.host_of(id).value]; }
  std::size_t waiting_at(const MapItem& item) const;
};

// The scene keeps references to what it is made of.
Scene scene_of(const Recording& recording, const World& now, const View& view, const Rect& room);

std::string state_of(const Scene& scene, NodeId id);  // "up", "down", "paused"
// How far a replica is from the one that badges count from; nothing for that one and for others.
std::optional<std::uint64_t> away(const Scene& scene, NodeId id);
// Cut off from most of its region.
bool is_apart(const Scene& scene, NodeId id);

std::string node_words(const Scene& scene, NodeId id);
std::string item_words(const Scene& scene, const MapItem& item);
std::string island_words(const Scene& scene, std::size_t island);

}  // namespace cleave::draw
