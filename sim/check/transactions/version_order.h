// In which order each key took its versions, as far as it is known, and the edges that follow. Of
// some versions it is known where they stand; the others came after these, nobody knows how.
#pragma once
#include "sim/check/transactions/dependency_graph.h"
#include "sim/check/transactions/reads_from.h"
#include "sim/check/transactions/writes.h"

#include <cstdint>
#include <span>
#include <vector>

namespace cleave::transactions {

// Indices of writes, in the order of their keys and there of versions.
struct VersionOrder {
  std::vector<std::uint32_t> writes;
  std::vector<std::uint32_t> first;  // of each key, and the end

  std::span<const std::uint32_t> of(std::uint32_t key) const {
    return std::span(writes).subspan(first[key], first[key + 1] - first[key]);
  }
};

// What all levels are asked of: transactions, what they read, and what is known of the versions.
struct Versioned {
  const History& history;
  const Writes& writes;
  const std::vector<bool>& happened;
  std::vector<Read> reads;             // of versions that others made
  VersionOrder order;                  // some order
  std::vector<std::uint32_t> settled;  // of each key: how many of its first versions stand firm
  std::vector<Edge> others;            // of sessions and of real time, where they count
};

// ww, wr and rw, and what there is of other orders.
std::vector<Edge> edges_of(const Versioned& versioned, const VersionOrder& order);
// What of these edges is certain and worth knowing: of versions that are not settled, that they
// follow those that are.
std::vector<Edge> known_edges(const Versioned& versioned);

// Where each write stands among the versions of its key, from 1; 0: nowhere.
std::vector<std::uint32_t> places_of(const Versioned& versioned, const VersionOrder& order);

// A transaction that saw one write of another and missed a second one: two edges, wr and rw.
enum class Sees : std::uint8_t { at_all, before_it_misses };
std::vector<Edge> fractured_read(const Versioned& versioned, const VersionOrder& order, Sees sees);

}  // namespace cleave::transactions
