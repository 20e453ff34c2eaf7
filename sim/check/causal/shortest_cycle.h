// The shortest cycle in a part of a history of registers: of an inconsistency, what to show.
#pragma once
#include "sim/check/causal/violation.h"

#include <cstdint>
#include <span>
#include <vector>

namespace cleave::causal {

// Of those operations, along session order, where any later operation is one step away, and the
// given edges between them. Breadth first from each operation that an edge leaves, until that many
// operations were looked at; then the shortest so far. Empty: there is none, or none was found.
// Requires: members ascend; edges begin and end at members.
std::vector<Edge> shortest_cycle(const Registers& registers, std::span<const std::uint32_t> members,
                                 std::vector<Edge> edges, std::uint64_t most_steps);

}  // namespace cleave::causal
