#include "models/store/cassandra/hash_tree.h"

#include "sim/base/random.h"

#include <limits>

namespace cleave::models::store::cassandra {

namespace {

// Visits the cells of a range, which may go around the end of the ring.
template <class Visit>
void visit_cells(const Table& table, const TokenRange& range, Timestamp purgeable, Visit&& visit) {
  const auto part = [&](std::uint64_t from, std::uint64_t to) {
    for (auto at = table.cells.lower_bound({{from}, {}});
         at != table.cells.end() && at->first.partition.value <= to; ++at)
      if (!at->second.cell.tombstone || at->second.cell.timestamp >= purgeable)
        visit(at->first, at->second);
  };
  const std::uint64_t after = range.after.value;
  const std::uint64_t last = range.last.value;
  if (after < last) return part(after + 1, last);
  if (after != kLast) part(after + 1, kLast);
  part(0, last);
}

}  // namespace

std::size_t leaf_of(Token token, const TokenRange& range) {
  const std::uint64_t width = range.last.value - range.after.value;  // 0: the whole ring
  const std::uint64_t offset = token.value - range.after.value - 1;
  const u128 whole = width == 0 ? u128(1) << 64 : u128(width);
  return static_cast<std::size_t>(u128(offset) * kLeaves / whole);
}

HashTree hash_tree(const Table& table, const TokenRange& range, Timestamp purgeable) {
  HashTree tree;
  visit_cells(table, range, purgeable, [&](const CellName& name, const Table::Stored& stored) {
    std::uint64_t& leaf = tree.leaves[leaf_of(name.partition, range)];
    leaf = mix(leaf, mix(name.partition.value, fingerprint(name.column, stored.cell)));
    for (const Included& each : stored.includes)
      leaf = mix(leaf, mix(static_cast<std::uint64_t>(each.timestamp), pack(each.update)));
  });
  return tree;
}

std::vector<Mutation> cells_in(const Table& table, const TokenRange& range, LeafMask leaves,
                               Timestamp purgeable) {
  std::vector<Mutation> found;
  visit_cells(table, range, purgeable, [&](const CellName& name, const Table::Stored& stored) {
    if ((leaves >> leaf_of(name.partition, range) & 1) != 0)
      found.push_back({name, stored.cell, stored.includes, std::numeric_limits<Timestamp>::min()});
  });
  return found;
}

LeafMask differing(const HashTree& a, const HashTree& b) {
  LeafMask mask = 0;
  for (std::size_t i = 0; i < kLeaves; ++i)
    if (a.leaves[i] != b.leaves[i]) mask |= LeafMask{1} << i;
  return mask;
}

}  // namespace cleave::models::store::cassandra
