// A serial order of all transactions that keeps to the edges that are known and overwrites no
// version that somebody has yet to read. Where all that is left waits for each other, one overwrote
// something too early: what it wrote is put behind the write that waits, for good, and the schedule
// goes on from there (conflict learning, as in Marques Silva and Sakallah 1999).
#pragma once
#include "sim/check/transactions/cycles.h"
#include "sim/check/transactions/version_order.h"

#include <cstdint>
#include <vector>

namespace cleave::transactions {

// When each operation comes, from 0; those that were answered earlier go first where nothing keeps
// them. Whoever asks checks the order: it may be wrong if there is no right one, if what was
// learned was not so, or if the work is over.
std::vector<std::uint32_t> serial_schedule(const Versioned& versioned,
                                           const std::vector<Edge>& edges, Work& work);

// When an operation came about, as well as anybody can say.
std::uint64_t moment(const Operation& operation);

}  // namespace cleave::transactions
