// Which operations of a history of registers are on a cycle.
#pragma once
#include "sim/check/causal/violation.h"

#include <cstdint>
#include <span>
#include <vector>

namespace cleave::causal {

// Of session order, reads-from and further edges: the smallest strongly connected component that
// has more than one operation, ascending; empty if there is none.
std::vector<std::uint32_t> smallest_component(const Registers& registers,
                                              std::span<const Edge> edges);

// Reads-from and the given edges, as far as both ends are among the members, which ascend.
std::vector<Edge> edges_within(const Registers& registers, std::span<const Edge> edges,
                               std::span<const std::uint32_t> members);

}  // namespace cleave::causal
