#include "sim/check/causal/components.h"

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

namespace cleave::causal {
namespace {

using Vertex = std::uint32_t;
using Graph =
    boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                       boost::no_property, Vertex, std::uint32_t>;

// By source: of few sources and many edges, counting is faster than comparing.
std::vector<std::pair<Vertex, Vertex>> sorted_edges(const Registers& registers,
                                                    std::span<const Edge> edges) {
  const auto for_each = [&](const auto& visit) {
    for (Vertex o = 0; o + 1 < registers.size(); ++o)
      if (registers.process_of[o] == registers.process_of[o + 1]) visit(o, o + 1);
    for (const auto& read : registers.reads)
      if (read.writer != Registers::kInitial) visit(registers.writer_of(read), read.operation);
    for (const Edge& edge : edges)
      visit(edge.from, edge.to);
  };
  std::vector<std::uint32_t> next(registers.size() + std::size_t{1});
  for_each([&](Vertex from, Vertex) { ++next[from + 1]; });
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<std::pair<Vertex, Vertex>> sorted(next.back());
  for_each([&](Vertex from, Vertex to) { sorted[next[from]++] = {from, to}; });
  return sorted;
}

}  // namespace

std::vector<std::uint32_t> smallest_component(const Registers& registers,
                                              std::span<const Edge> edges) {
  const auto sorted = sorted_edges(registers, edges);
  const Graph graph(boost::edges_are_sorted, sorted.begin(), sorted.end(), registers.size(),
                    static_cast<std::uint32_t>(sorted.size()));
  std::vector<std::uint32_t> component(registers.size());
  const auto found = static_cast<std::size_t>(boost::strong_components(
      graph, boost::make_iterator_property_map(component.begin(),
                                               boost::get(boost::vertex_index, graph))));
  std::vector<std::uint32_t> members;
  if (found == registers.size()) return members;
  std::vector<std::uint32_t> size(found);
  for (const std::uint32_t c : component)
    ++size[c];
  std::size_t smallest = 0;
  for (std::size_t c = 0; c < found; ++c)
    if (size[c] > 1 && (size[smallest] == 1 || size[c] < size[smallest])) smallest = c;
  for (Vertex o = 0; o < registers.size(); ++o)
    if (component[o] == smallest) members.push_back(o);
  return members;
}

std::vector<Edge> edges_within(const Registers& registers, std::span<const Edge> edges,
                               std::span<const std::uint32_t> members) {
  const auto is_member = [&](std::uint32_t operation) {
    return std::binary_search(members.begin(), members.end(), operation);
  };
  std::vector<Edge> within;
  for (const std::uint32_t member : members)
    for (const auto& read : registers.reads_of(member))
      if (read.writer != Registers::kInitial && is_member(registers.writer_of(read)))
        within.push_back({registers.writer_of(read), member, Link::reads_from, read.key, 0});
  for (const Edge& edge : edges)
    if (is_member(edge.from) && is_member(edge.to)) within.push_back(edge);
  return within;
}

}  // namespace cleave::causal
