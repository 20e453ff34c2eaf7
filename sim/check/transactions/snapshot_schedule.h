// A schedule of all transactions as a database with snapshots would make it: each begins no earlier
// than somebody needs it to, what is known of their order is kept to, and no version is overwritten
// that somebody has yet to read, if that can be helped. Whoever asked checks.
#pragma once
#include "sim/check/transactions/isolation.h"
#include "sim/check/transactions/version_order.h"

#include <cstdint>
#include <vector>

namespace cleave::transactions {

// When each operation commits, from 0; those that were answered earlier go first where nothing
// keeps them. Requires: what the rule of the level says of the edges is acyclic.
std::vector<std::uint32_t> snapshot_schedule(const Versioned& versioned, const Rule& rule,
                                             const std::vector<Edge>& edges);

}  // namespace cleave::transactions
