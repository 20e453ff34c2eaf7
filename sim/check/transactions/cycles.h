// Cycles of a dependency graph that levels forbid, and the shortest of them.
#pragma once
#include "sim/check/transactions/dependency_graph.h"

#include <cstdint>
#include <vector>

namespace cleave::transactions {

// What is asked of the anti-dependencies of a cycle, beside the kinds of its edges.
enum class Shape : std::uint8_t {
  any,
  one_rw,          // exactly one: G-single
  no_adjacent_rw,  // each followed by another kind: snapshot isolation forbids all of these
                   // (Cerone and Gotsman 2018)
};

// What is left of a budget.
struct Work {
  std::uint64_t steps = 0;  // edges that may still be followed

  bool spend(std::uint64_t count) {
    const bool enough = count <= steps;
    steps = enough ? steps - count : 0;
    return enough;
  }
  bool is_over() const { return steps == 0; }
};

// A shortest cycle of that shape with edges of these kinds; empty: there is none, or `work` was
// over before one was found. What is found before it is over may not be the shortest.
std::vector<Edge> shortest_cycle(const DependencyGraph& graph, Kinds kinds, Shape shape,
                                 Work& work);

}  // namespace cleave::transactions
