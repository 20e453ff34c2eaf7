#include "sim/check/transactions/dependency_graph.h"

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/property_map/property_map.hpp>

#include <algorithm>
#include <cstddef>

namespace cleave::transactions {

DependencyGraph::DependencyGraph(std::uint32_t nodes, const std::vector<Edge>& edges)
    : edges_(edges.size()), first_(std::size_t{nodes} + 1) {
  for (const Edge& edge : edges)
    ++first_[edge.from + 1];
  for (std::size_t i = 1; i < first_.size(); ++i)
    first_[i] += first_[i - 1];
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  for (const Edge& edge : edges)
    edges_[next[edge.from]++] = edge;
}

std::vector<std::uint32_t> components(std::uint32_t nodes, const Arcs& arcs) {
  using Graph =
      boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                         boost::no_property, std::uint32_t, std::uint32_t>;
  const Graph graph(boost::edges_are_sorted, arcs.begin(), arcs.end(), nodes);
  std::vector<std::uint32_t> component(nodes);
  if (nodes == 0) return component;
  boost::strong_components(graph, boost::make_iterator_property_map(
                                      component.begin(), boost::get(boost::vertex_index, graph)));
  return component;
}

void add_session_order(const History& history, const std::vector<bool>& happened,
                       std::vector<Edge>& edges) {
  constexpr std::uint32_t kNone = 0xffff'ffff;
  std::vector<std::uint32_t> last(history.processes.size(), kNone);
  for (std::uint32_t i = 0; i < history.operations.size(); ++i) {
    if (!happened[i]) continue;
    std::uint32_t& before = last[history.operations[i].process];
    if (before != kNone) edges.push_back({before, i, 0, 0, Kind::session});
    before = i;
  }
}

void add_real_time_order(const History& history, const std::vector<bool>& happened,
                         std::vector<Edge>& edges) {
  const auto& operations = history.operations;
  std::vector<std::uint32_t> completions;  // of what was answered, in order
  for (std::uint32_t i = 0; i < operations.size(); ++i)
    if (happened[i] && operations[i].ending == Ending::done) completions.push_back(i);
  std::stable_sort(completions.begin(), completions.end(), [&](std::uint32_t a, std::uint32_t b) {
    return operations[a].completed < operations[b].completed;
  });
  // The frontier: what was answered, and not before the beginning of anything else that was. Only
  // these need an edge to what is asked next.
  std::vector<std::uint32_t> frontier;
  auto next = completions.begin();
  for (std::uint32_t i = 0; i < operations.size(); ++i) {
    if (!happened[i]) continue;
    for (; next != completions.end() && operations[*next].completed < operations[i].invoked;
         ++next) {
      const std::uint64_t begun = operations[*next].invoked;
      std::erase_if(frontier,
                    [&](std::uint32_t other) { return operations[other].completed < begun; });
      frontier.push_back(*next);
    }
    for (const std::uint32_t before : frontier) {
      const bool same = operations[before].process == operations[i].process;
      edges.push_back({before, i, 0, 0, same ? Kind::session : Kind::real_time});
    }
  }
}

}  // namespace cleave::transactions
