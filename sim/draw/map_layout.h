// Where things are on the map: a function of the cast and the room alone, so that nothing moves as
// time does. Two regions stand side by side, three in a triangle, more in a circle.
// Invariants: (1) islands do not overlap; (2) the items of an island lie in it and do not overlap;
// (3) every node is in one item.
#pragma once
#include "sim/draw/drawing.h"
#include "sim/draw/roles.h"
#include "sim/explore/recording.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace cleave::draw {

// One node, or several that are drawn as a stack.
struct MapItem {
  enum class Kind : std::uint8_t { replica, other, client, clients, more };
  Kind kind = Kind::other;
  std::vector<NodeId> nodes;
  std::string label;
  Rect rect;  // of the box, or of the sign and the label beside it

  bool is_box() const { return kind == Kind::replica || kind == Kind::other; }
  Point anchor() const;  // the middle of what is drawn for it, without the label beside it
  Rect body() const;     // and its outline, where messages to and from it end
};

struct Island {
  PlaceId place;
  std::string name;
  Rect rect;
  std::vector<NodeId> nodes;
  std::vector<MapItem> items;
};

struct MapLayout {
  struct Where {
    std::size_t island = 0;
    std::size_t item = 0;
  };
  std::vector<Island> islands;  // by index of region
  std::vector<Where> of;        // by node

  const MapItem& item(NodeId id) const {
    const Where& where = of[id.value];
    return islands[where.island].items[where.item];
  }
};

constexpr double kBoxOfTwoLines = 32;  // a box of this height or more has a second line
constexpr double kBoxOfThreeLines = 46;

MapLayout map_layout(const Recording& recording, const Roles& roles, const Rect& room);

}  // namespace cleave::draw
