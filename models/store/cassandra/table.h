// What a replica holds: memtable and sorted tables in one, since which of them has a cell changes
// no answer. It is what applying the commit log from its start gives.
// Invariants: (1) no row is held that a range tombstone of its partition deletes; (2) of two range
// tombstones of a partition neither reaches as far as the other and is as late; (3) `tombstones` is
// how many are held; (4) what is included in a cell is in order, each once.
#pragma once
#include "models/store/cassandra/cell.h"

#include <cstdint>
#include <functional>
#include <map>
#include <vector>

namespace cleave::models::store::cassandra {

// What a read wants of a partition: columns from `first` to `last`, of rows those from a position
// on, and at most so many.
struct Slice {
  Token partition;
  Column first;
  Column last;
  std::uint64_t from = 0;
  std::uint64_t most_rows = kLast;
  CLEAVE_DESCRIBE(partition, first, last, from, most_rows)
};

struct Copy {  // of a cell
  Column column;
  Cell cell;
  std::vector<Included> includes;  // if it was asked for
  CLEAVE_DESCRIBE(column, cell, includes)
};
struct Page {
  std::vector<Copy> cells;   // in the order of their columns, tombstones among them
  bool more = false;         // rows after the last were left out
  std::uint64_t newest = 0;  // position of the partition's last row
  CLEAVE_DESCRIBE(cells, more, newest)
};

enum class Books : std::uint8_t { without, with };  // what is included in each cell

// An update came into the state of a replica, or is in it no more.
using Told = std::function<void(OperationId update, bool applied)>;

struct Table {
  struct Stored {
    Cell cell;
    std::vector<Included> includes;
    CLEAVE_DESCRIBE(cell, includes)
  };
  std::map<CellName, Stored> cells;
  // Tombstones that were purged: as far as the replica knows, nothing. What they stood for is noted
  // for the ledger, which is told when a copy that they had deleted comes back.
  std::map<CellName, Stored> purged;
  std::uint64_t tombstones = 0;
  CLEAVE_DESCRIBE(cells, purged, tombstones)

  void apply(const Mutation& mutation, const Told& told);
  // Forgets the tombstones with an earlier timestamp.
  void purge(Timestamp before);
  bool has_purgeable(Timestamp before) const;

  Page read(const Slice& slice, Books books) const;
  std::uint64_t digest_of_slice(const Slice& slice, bool tombstones_too = true) const;
  // All that is included in what it holds.
  std::vector<OperationId> updates() const;
  // Digest of what clients may see of it.
  std::uint64_t state() const;
  void check() const;

 private:
  using At = std::map<CellName, Stored>::iterator;
  void put(const Mutation& mutation, const Told& told);
  void put_shard(At at, const Mutation& mutation, const Told& told);
  void put_range(const Mutation& mutation, const Told& told);
  bool return_from_purge(const Mutation& mutation, const Told& told);
  At deleted_by(const CellName& row, const Cell& cell);
  void erase(At at);
};

// Of a cell as digests of reads and hash trees see it.
std::uint64_t fingerprint(const Column& column, const Cell& cell);
std::uint64_t digest_of_page(const Page& page, bool tombstones_too = true);
// Of two lists of what is included, all; each once.
void unite(std::vector<Included>& into, const std::vector<Included>& more);

}  // namespace cleave::models::store::cassandra
