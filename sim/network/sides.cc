#include "sim/network/sides.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

namespace cleave {
namespace {

// Nodes that may stand for one vertex: a zone whose nodes see one another, or a single node.
using Cells = std::vector<Nodes>;
using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

Cells cells_of(const Reach& reach) {
  Cells cells;
  std::vector<std::optional<std::size_t>> of_zone(reach.zones());
  for (std::uint32_t i = 0; i < reach.nodes(); ++i) {
    const ZoneId zone = reach.zone(NodeId{i});
    auto& cell = of_zone[zone];
    if (!cell || !reach.passes(zone, zone)) {
      cell = cells.size();
      cells.emplace_back();
    }
    cells[*cell].push_back({i});
  }
  return cells;
}

Graph graph_of(const Cells& cells, const Reach& reach) {
  Graph graph(cells.size());
  for (std::size_t from = 0; from < cells.size(); ++from)
    for (std::size_t to = 0; to < cells.size(); ++to)
      if (from != to && reach.passes(cells[from].front(), cells[to].front()))
        boost::add_edge(from, to, graph);
  return graph;
}

// Components by cell, numbered by their first cells. `count` is one more than the highest.
struct Components {
  std::vector<std::size_t> of;
  std::size_t count = 0;
};
Components components_of(const Graph& graph) {
  Components found{std::vector<std::size_t>(boost::num_vertices(graph)), 0};
  boost::strong_components(graph, boost::make_iterator_property_map(
                                      found.of.begin(), boost::get(boost::vertex_index, graph)));
  std::vector<std::optional<std::size_t>> number(found.of.size());
  for (std::size_t& component : found.of) {
    if (!number[component]) number[component] = found.count++;
    component = *number[component];
  }
  return found;
}

// Which components a message from each can get to: the transitive closure over their graph.
std::vector<std::vector<bool>> closure(const Graph& graph, const Components& components) {
  const std::size_t n = components.count;
  std::vector<std::vector<bool>> reaches(n, std::vector<bool>(n, false));
  for (std::size_t cell = 0; cell < components.of.size(); ++cell) {
    const auto [first, last] = boost::out_edges(cell, graph);
    for (auto edge = first; edge != last; ++edge)
      reaches[components.of[cell]][components.of[boost::target(*edge, graph)]] = true;
  }
  for (std::size_t via = 0; via < n; ++via)
    for (std::size_t from = 0; from < n; ++from)
      for (std::size_t to = 0; reaches[from][via] && to < n; ++to)
        if (reaches[via][to]) reaches[from][to] = true;
  return reaches;
}

}  // namespace

std::vector<Side> sides(const Reach& reach) {
  const Cells cells = cells_of(reach);
  const Graph graph = graph_of(cells, reach);
  const Components components = components_of(graph);
  const auto reaches = closure(graph, components);
  std::vector<Side> found(components.count);
  for (std::size_t c = 0; c < cells.size(); ++c) {
    Side& side = found[components.of[c]];
    side.nodes.insert(side.nodes.end(), cells[c].begin(), cells[c].end());
    for (std::size_t other = 0; other < cells.size(); ++other)
      if (other != c && components.of[other] == components.of[c] &&
          !reach.passes(cells[c].front(), cells[other].front()))
        side.whole = false;
  }
  for (std::size_t s = 0; s < found.size(); ++s) {
    std::stable_sort(found[s].nodes.begin(), found[s].nodes.end());
    for (std::size_t other = 0; other < found.size(); ++other)
      if (other != s && reaches[s][other]) found[s].reaches.push_back(other);
  }
  return found;
}

}  // namespace cleave
