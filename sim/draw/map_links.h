// Links between the islands of a map: who passes to whom, the latency, and the cut across them.
#pragma once
#include "sim/draw/drawing.h"
#include "sim/draw/map_layout.h"
#include "sim/engine/world.h"
#include "sim/explore/components.h"

#include <cstddef>
#include <string>
#include <vector>

namespace cleave::draw {

// Both directions between two regions that have a link in at least one.
struct MapLink {
  std::size_t a = 0, b = 0;  // indices of islands
  Point from, to;            // on the shores of a and of b
  Passage there, back;       // from a to b, and from b to a
  std::string latency;       // "43.5 ms", "40 / 45 ms" where the ways differ

  bool open() const { return there.all() && back.all(); }
  bool severed() const { return there.none() && back.none(); }
};

// Where the way from the middle of a rectangle to `goal` leaves it.
Point shore(const Rect& rect, Point goal);

std::vector<MapLink> links_of(const MapLayout& layout, const World& now);
// "43.5 ms, cut", "43.5 ms, cut from us-east to us-west", "43.5 ms, cut for some"
std::string spoken(const MapLink& link, const MapLayout& layout);

// Lines and the bands of cuts, to be drawn below the islands.
void add_links(Drawing& drawing, const MapLayout& layout, const std::vector<MapLink>& links,
               const Rect& room);
// Crosses, arrows and latencies, to be drawn above them. Of many regions no latencies: with every
// two linked they would cover the map.
void add_link_signs(Drawing& drawing, const MapLayout& layout, const std::vector<MapLink>& links,
                    const Rect& room);
void add_link_spots(Drawing& drawing, const MapLayout& layout, const std::vector<MapLink>& links);

}  // namespace cleave::draw
