#include "sim/draw/lanes.h"

#include <algorithm>
#include <cstdint>
#include <tuple>

namespace cleave::draw {
namespace {

enum class Sharing : std::uint8_t { none, clients, all };

std::vector<NodeId> shown_nodes(const Roles& roles, const View& view) {
  std::vector<NodeId> nodes;
  for (std::uint32_t i = 0; i < roles.size(); ++i)
    if (!view.hidden.contains(NodeId{i})) nodes.push_back(NodeId{i});
  const auto place = [&](NodeId id) {
    const Roles::Node& node = roles.of(id);
    return std::tuple(node.region, node.role, node.group, id);
  };
  std::stable_sort(nodes.begin(), nodes.end(),
                   [&](NodeId a, NodeId b) { return place(a) < place(b); });
  return nodes;
}

bool share(const Roles::Node& a, const Roles::Node& b, Sharing sharing) {
  if (sharing == Sharing::none) return false;
  if (sharing == Sharing::clients && a.role != Role::client) return false;
  return a.region == b.region && a.role == b.role && a.group == b.group;
}

std::string group_name(const Recording& recording, const Roles::Node& node) {
  switch (node.role) {
    case Role::replica:
      return recording.result.stores[node.group].name;
    case Role::client:
      return recording.result.clients[node.group].name;
    case Role::other:
      break;
  }
  return "others";
}

std::vector<Lane> lanes_of(const Recording& recording, const Roles& roles,
                           const std::vector<NodeId>& nodes, Sharing sharing) {
  std::vector<Lane> lanes;
  for (const NodeId id : nodes) {
    const Roles::Node& node = roles.of(id);
    if (!lanes.empty() && share(roles.of(lanes.back().nodes.front()), node, sharing)) {
      lanes.back().nodes.push_back(id);
      continue;
    }
    lanes.push_back({{id}, node.label, std::string(recording.name(id)), node.region, 0});
  }
  for (Lane& lane : lanes) {
    if (lane.nodes.size() == 1) continue;
    const std::string count = std::to_string(lane.nodes.size());
    const std::string group = group_name(recording, roles.of(lane.nodes.front()));
    lane.label = group + " \xC3\x97" + count;
    lane.name = count + " of " + group + " in " + roles.regions()[lane.region];
  }
  return lanes;
}

std::size_t groups_of(const std::vector<Lane>& lanes) {
  std::size_t groups = lanes.empty() ? 0 : 1;
  for (std::size_t i = 1; i < lanes.size(); ++i)
    if (lanes[i].region != lanes[i - 1].region) ++groups;
  return groups;
}

double height_of_lane(const std::vector<Lane>& lanes, const LaneSpace& space) {
  const double gaps =
      space.gap * static_cast<double>(std::max<std::size_t>(groups_of(lanes), 1) - 1);
  return std::max(1.0, space.bottom - space.top - gaps) /
         static_cast<double>(std::max<std::size_t>(lanes.size(), 1));
}

void place(Lanes& lanes, const LaneSpace& space) {
  lanes.height = height_of_lane(lanes.all, space);
  double y = space.top;
  for (std::size_t i = 0; i < lanes.all.size(); ++i) {
    Lane& lane = lanes.all[i];
    const bool opens = lanes.groups.empty() || lanes.groups.back().region != lane.region;
    if (opens && !lanes.groups.empty()) y += space.gap;
    if (opens) lanes.groups.push_back({lane.region, y, y});
    lane.y = y + lanes.height / 2;
    y += lanes.height;
    lanes.groups.back().bottom = y;
    for (const NodeId id : lane.nodes)
      lanes.of_node[id.value] = i;
  }
}

}  // namespace

double Lanes::between(std::size_t from, std::size_t to) const {
  const Lane& sender = all[from];
  const Lane& receiver = all[to];
  if (sender.region == receiver.region) return (sender.y + receiver.y) / 2;
  const bool down = receiver.y > sender.y;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (groups[g].region != sender.region) continue;
    return down ? (groups[g].bottom + groups[g + 1].top) / 2
                : (groups[g].top + groups[g - 1].bottom) / 2;
  }
  return (sender.y + receiver.y) / 2;
}

Lanes lay_out_lanes(const Recording& recording, const Roles& roles, const View& view,
                    const LaneSpace& space) {
  const std::vector<NodeId> nodes = shown_nodes(roles, view);
  Lanes lanes;
  for (const Sharing sharing : {Sharing::none, Sharing::clients, Sharing::all}) {
    lanes.all = lanes_of(recording, roles, nodes, sharing);
    if (height_of_lane(lanes.all, space) >= space.least) break;
  }
  lanes.of_node.resize(roles.size());
  lanes.hidden = roles.size() - nodes.size();
  place(lanes, space);
  return lanes;
}

}  // namespace cleave::draw
