#include "sim/draw/map_layout.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace cleave::draw {
namespace {

constexpr std::size_t kFewClients = 2;  // so many of one group are drawn one by one
constexpr double kPadding = 10;         // inside an island
constexpr double kHeader = 24;          // of its name
constexpr double kWide = 104;           // of a cell with room for most names
constexpr double kNarrow = 60;          // of one with room for a short name
constexpr double kTallest = 64;         // of a cell
constexpr double kTall = 47;            // of one with room for a box of two lines
constexpr double kLowest = 32;
constexpr Size kLeastRoom{30, 22};  // for anything but the name of the region
constexpr double kBadge = 12;       // what a badge sticks out of its box, upwards and to the right

// ---- islands ---------------------------------------------------------------------------------

// Where in the room each of n islands lies: 0 is left or top, 1 right or bottom.
std::vector<Point> anchors(std::size_t n) {
  if (n == 1) return {{0.5, 0.5}};
  if (n == 2) return {{0, 0.5}, {1, 0.5}};
  if (n == 3) return {{0, 1}, {0.5, 0}, {1, 1}};
  // A circle drawn out towards the corners, which would be empty else; then to the edges.
  const auto bulge = [](double value) {
    return std::copysign(std::pow(std::abs(value), 0.6), value);
  };
  std::vector<Point> points;
  double across = 0;
  double down = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double angle =
        2 * std::numbers::pi * (static_cast<double>(i) + 0.5) / static_cast<double>(n);
    points.push_back({-bulge(std::sin(angle)), -bulge(std::cos(angle))});
    across = std::max(across, std::abs(points.back().x));
    down = std::max(down, std::abs(points.back().y));
  }
  for (Point& point : points)
    point = {0.5 + 0.5 * point.x / across, 0.5 + 0.5 * point.y / down};
  return points;
}

std::vector<Rect> rects(const std::vector<Point>& points, const Rect& room, double width,
                        double height) {
  std::vector<Rect> all;
  for (const Point& p : points)
    all.push_back({room.x + p.x * (room.width - width), room.y + p.y * (room.height - height),
                   width, height});
  return all;
}

// Far enough apart for a link and its label in between.
bool are_apart(const std::vector<Rect>& all, double across, double down) {
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      const Rect grown{all[i].x - across, all[i].y - down, all[i].width + 2 * across,
                       all[i].height + 2 * down};
      if (grown.overlaps(all[j])) return false;
    }
  return true;
}

// The largest that are apart, each side of them in proportion.
std::vector<Rect> island_rects(std::size_t n, const Rect& room) {
  const double across = std::clamp(room.width * 0.22, 36.0, 120.0);
  const double down = std::clamp(room.height * 0.2, 30.0, 60.0);
  const std::vector<Point> points = anchors(n);
  if (n == 1) return {room};
  if (n == 2) return rects(points, room, (room.width - across) / 2, room.height);
  if (n == 3) return rects(points, room, (room.width - across) / 2, (room.height - down) / 2);
  constexpr int kSteps = 100;
  for (int step = kSteps - 1; step > 1; --step) {
    const double share = static_cast<double>(step) / kSteps;
    auto all = rects(points, room, room.width * share * 0.6, room.height * share * 0.6);
    if (n == 4 ? are_apart(all, across * 2 / 3, down * 2 / 3) : are_apart(all, 26, 20)) return all;
  }
  return rects(points, room, room.width / kSteps, room.height / kSteps);
}

// ---- items -----------------------------------------------------------------------------------

// Replicas and what else serves, one by one; then clients, as stacks unless they are few.
std::vector<MapItem> items_of(const Island& island, const Recording& recording,
                              const Roles& roles) {
  std::vector<MapItem> items;
  for (const NodeId id : island.nodes) {
    const Roles::Node& node = roles.of(id);
    if (node.role == Role::client) continue;
    const auto kind = node.role == Role::replica ? MapItem::Kind::replica : MapItem::Kind::other;
    items.push_back({kind, {id}, node.label, {}});
  }
  for (std::size_t group = 0; group < recording.cast.clients.size(); ++group) {
    std::vector<NodeId> here;
    for (const NodeId id : island.nodes)
      if (roles.of(id).role == Role::client && roles.of(id).group == group) here.push_back(id);
    if (here.size() <= kFewClients)
      for (const NodeId id : here)
        items.push_back({MapItem::Kind::client, {id}, roles.of(id).label, {}});
    else
      items.push_back(
          {MapItem::Kind::clients,
           here,
           recording.scenario.clients[group].name + " \xC3\x97" + std::to_string(here.size()),
           {}});
  }
  return items;
}

// What has no room of its own is told as a number.
void keep(std::vector<MapItem>& items, std::size_t most) {
  if (items.size() <= most) return;
  MapItem rest{MapItem::Kind::more, {}, "", {}};
  for (std::size_t i = most - 1; i < items.size(); ++i)
    rest.nodes.insert(rest.nodes.end(), items[i].nodes.begin(), items[i].nodes.end());
  const bool alone = most == 1;
  rest.label =
      (alone ? "" : "and ") + std::to_string(rest.nodes.size()) + (alone ? " nodes" : " more");
  items.resize(most - 1);
  items.push_back(std::move(rest));
}

struct Cells {
  std::size_t columns = 1, rows = 1;
  double width = 0, height = 0;
};

// One below the other as long as that leaves them tall enough, then side by side.
Cells cells_for(std::size_t count, const Rect& room, double width) {
  const auto most = std::clamp<std::size_t>(static_cast<std::size_t>(room.width / width), 1, count);
  Cells cells;
  for (cells.columns = 1;; ++cells.columns) {
    cells.rows = (count + cells.columns - 1) / cells.columns;
    cells.height = std::min(kTallest, room.height / static_cast<double>(cells.rows));
    if (cells.height >= kTall || cells.columns == most) break;
  }
  cells.width = room.width / static_cast<double>(cells.columns);
  return cells;
}

Rect rect_in(const MapItem& item, const Rect& cell) {
  const double width = std::min(cell.width - kBadge - 3, 116.0);
  const double tallest = item.kind == MapItem::Kind::replica ? 50.0 : 36.0;
  const double height =
      item.is_box() ? std::min(cell.height - kBadge - 2, tallest) : std::min(cell.height - 4, 24.0);
  const double x = cell.x + (cell.width - width) / 2;
  const double spare = cell.height - height - (item.is_box() ? kBadge : 0);
  return {x, cell.y + (item.is_box() ? kBadge : 0) + spare / 2, width, height};
}

void place_items(Island& island) {
  const Rect& whole = island.rect;
  const double padding = whole.width < 100 ? kPadding / 2 : kPadding;
  const Rect room{whole.x + padding, whole.y + kHeader, std::max(1.0, whole.width - 2 * padding),
                  std::max(1.0, whole.height - kHeader - 6)};
  if (island.items.empty()) return;
  if (room.height < kLeastRoom.height || room.width < kLeastRoom.width) {
    keep(island.items, 1);
    island.items.front() = {MapItem::Kind::more, island.items.front().nodes, "", whole};
    return;
  }
  Cells cells = cells_for(island.items.size(), room, kWide);
  if (cells.height < kLowest) cells = cells_for(island.items.size(), room, kNarrow);
  if (cells.height < kLowest) {
    const auto rows = std::max<std::size_t>(1, static_cast<std::size_t>(room.height / kLowest));
    keep(island.items, rows * cells.columns);
    cells = cells_for(island.items.size(), room, kNarrow);
  }
  const double top = room.y + (room.height - cells.height * static_cast<double>(cells.rows)) / 2;
  for (std::size_t i = 0; i < island.items.size(); ++i) {
    const auto column = static_cast<double>(i % cells.columns);
    const std::size_t above = i / cells.columns;
    const auto row = static_cast<double>(above);
    const Rect cell{room.x + column * cells.width, top + row * cells.height, cells.width,
                    cells.height};
    island.items[i].rect = rect_in(island.items[i], cell);
  }
}

}  // namespace

Point MapItem::anchor() const {
  if (is_box()) return {rect.x + rect.width / 2, rect.y + rect.height / 2};
  return {rect.x + 10, rect.y + rect.height / 2};
}

Rect MapItem::body() const {
  if (is_box()) return rect;
  const Point at = anchor();
  return {at.x - 10, at.y - 12, 22, 24};
}

MapLayout map_layout(const Recording& recording, const Roles& roles, const Rect& room) {
  MapLayout layout;
  const Topology& topology = recording.start.topology();
  for (std::uint16_t i = 0; i < topology.places().size(); ++i)
    if (topology.places()[i].kind == Place::Kind::region)
      layout.islands.push_back({PlaceId{i}, topology.places()[i].name, {}, {}, {}});
  for (std::uint32_t i = 0; i < roles.size(); ++i)
    layout.islands[roles.of(NodeId{i}).region].nodes.push_back(NodeId{i});

  layout.of.resize(roles.size());
  const std::vector<Rect> places = island_rects(layout.islands.size(), room);
  for (std::size_t i = 0; i < layout.islands.size(); ++i) {
    Island& island = layout.islands[i];
    island.rect = places[i];
    island.items = items_of(island, recording, roles);
    place_items(island);
    for (std::size_t item = 0; item < island.items.size(); ++item)
      for (const NodeId id : island.items[item].nodes)
        layout.of[id.value] = {i, item};
  }
  return layout;
}

}  // namespace cleave::draw
