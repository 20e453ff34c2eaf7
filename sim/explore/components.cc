#include "sim/explore/components.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>

#include <algorithm>
#include <cstdint>
#include <map>

namespace cleave {
namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

// Before the first rule there are no zones: all are alike.
ZoneId zone_of(const World& world, NodeId node) {
  return world.reach().open() ? ZoneId{0} : world.reach().zone(node);
}

bool passes(const World& world, ZoneId from, ZoneId to) {
  return world.reach().open() || world.reach().passes(from, to);
}

// Vertices stand for hosts that no rule tells apart: tens of them, where there are thousands of
// hosts. A zone whose hosts do not see one another has a vertex for each.
struct Vertices {
  std::vector<NodeId> nodes;                   // of each vertex one
  std::vector<std::optional<std::size_t>> of;  // by host
};

Vertices vertices_of(const World& world) {
  Vertices vertices;
  std::map<ZoneId, std::size_t> of_zone;
  for (std::uint32_t h = 0; h < world.host_count(); ++h) {
    const Host& host = world.host(HostId{h});
    vertices.of.emplace_back();
    if (!host.up || host.nodes.empty()) continue;
    const NodeId node = host.nodes.front();
    const ZoneId zone = zone_of(world, node);
    const auto known = of_zone.find(zone);
    if (known != of_zone.end() && passes(world, zone, zone)) {
      vertices.of.back() = known->second;
      continue;
    }
    of_zone.emplace(zone, vertices.nodes.size());
    vertices.of.back() = vertices.nodes.size();
    vertices.nodes.push_back(node);
  }
  return vertices;
}

// How many of the nodes are in each zone.
std::map<ZoneId, std::size_t> zones_of(const World& world, const std::vector<NodeId>& nodes) {
  std::map<ZoneId, std::size_t> zones;
  for (const NodeId node : nodes)
    ++zones[zone_of(world, node)];
  return zones;
}

}  // namespace

Components components(const World& world) {
  const Vertices vertices = vertices_of(world);
  const std::size_t n = vertices.nodes.size();
  Graph graph(n);
  for (std::size_t from = 0; from < n; ++from)
    for (std::size_t to = 0; to < n; ++to)
      if (from != to && world.reaches(vertices.nodes[from], vertices.nodes[to]))
        boost::add_edge(from, to, graph);
  std::vector<std::size_t> component(n);
  boost::strong_components(graph, boost::make_iterator_property_map(
                                      component.begin(), boost::get(boost::vertex_index, graph)));

  Components found;
  std::vector<std::optional<std::size_t>> number(n);
  for (const std::optional<std::size_t>& vertex : vertices.of) {
    found.of.emplace_back();
    if (!vertex) continue;
    std::optional<std::size_t>& in_order = number[component[*vertex]];
    if (!in_order) in_order = found.count++;
    found.of.back() = in_order;
  }
  return found;
}

Passage passage(const World& world, const std::vector<NodeId>& from,
                const std::vector<NodeId>& to) {
  Passage result;
  const auto receivers = zones_of(world, to);
  for (const auto& [sender, senders] : zones_of(world, from))
    for (const auto& [receiver, count] : receivers) {
      result.pairs += senders * count;
      if (passes(world, sender, receiver)) result.open += senders * count;
    }
  return result;
}

}  // namespace cleave
