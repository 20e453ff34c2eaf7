// Hash trees over ranges of tokens (Merkle 1987), by which replicas find out where they differ
// without sending what they hold. A tree of one level: the range is cut into kLeaves parts of equal
// width, and each has the hash of all cells in it. Here of what is included in them too: two cells
// that are equal may differ in whether an overwritten update is known to be in them, and the ledger
// of divergence is to learn of it. Real trees would be equal then, and nothing would be sent.
#pragma once
#include "models/store/cassandra/table.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cleave::models::store::cassandra {

inline constexpr std::size_t kLeaves = 16;
using LeafMask = std::uint32_t;  // bit n: leaf n

struct HashTree {
  std::array<std::uint64_t, kLeaves> leaves{};
  bool operator==(const HashTree&) const = default;
  CLEAVE_DESCRIBE(leaves)
};

// Requires: the token is in the range.
std::size_t leaf_of(Token token, const TokenRange& range);
// Tombstones with an earlier timestamp than `purgeable` may be gone at any time, and do not count.
HashTree hash_tree(const Table& table, const TokenRange& range, Timestamp purgeable);
// The cells in some leaves, with all that is included in them.
std::vector<Mutation> cells_in(const Table& table, const TokenRange& range, LeafMask leaves,
                               Timestamp purgeable);
LeafMask differing(const HashTree& a, const HashTree& b);

}  // namespace cleave::models::store::cassandra
