// A schedule of all transactions that keeps to the edges that are known and overwrites no version
// that somebody has yet to read, as a database with a scheduler would make it. In the order of its
// commits versions are likely to be right; whoever asked checks.
#pragma once
#include "sim/check/transactions/isolation.h"
#include "sim/check/transactions/version_order.h"

#include <cstdint>
#include <vector>

namespace cleave::transactions {

// When an operation came about, as well as anybody can say.
std::uint64_t moment(const Operation& operation);

// When each operation commits, from 0. Those that were answered earlier go first where nothing
// keeps them. Where the level allows snapshots, a transaction begins no earlier than somebody needs
// it to. Requires: what the rule of the level says of the edges is acyclic.
std::vector<std::uint32_t> schedule(const Versioned& versioned, const Rule& rule,
                                    const std::vector<Edge>& edges);

}  // namespace cleave::transactions
