// Cells: what a store of this kind keeps, and merges by itself. A cell has a timestamp; of two the
// later wins (last write wins), whatever the order in which they arrive, so that replicas that got
// the same writes are equal (Shapiro et al. 2011: a join semilattice). A deletion is a cell too, a
// tombstone, for a cell that is merely gone loses against every copy of it that somebody still has.
#pragma once
#include "models/store/cassandra/ring.h"
#include "models/store/operation.h"
#include "sim/base/blob.h"
#include "sim/base/bytes.h"
#include "sim/trace/history.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace cleave::models::store::cassandra {

// The clustering key of a cell within its partition.
struct Column {
  enum class Kind : std::uint8_t {
    cell,   // of a register or a map's field; an element of a set
    shard,  // of a counter: what one replica has counted
    range,  // a tombstone for all rows up to a position
    row,    // of a log, a queue or a pool: by position
    value,  // of a max-register: its timestamp is the value, and no time
  };
  Kind kind = Kind::cell;
  std::uint64_t major = 0;  // a field, an element's digest, a node, a position
  std::uint64_t minor = 0;  // of a row: tells apart what has one position
  auto operator<=>(const Column&) const = default;
  CLEAVE_DESCRIBE(kind, major, minor)
};
inline constexpr std::uint64_t kLast = std::numeric_limits<std::uint64_t>::max();

struct CellName {
  Token partition;
  Column column;
  auto operator<=>(const CellName&) const = default;
  CLEAVE_DESCRIBE(partition, column)
};

struct Cell {
  Timestamp timestamp = 0;  // of whoever stamps a write (options.h); of a shard its clock
  bool tombstone = false;
  std::int64_t number = 0;  // of a shard: what it adds to the counter
  Blob value;
  bool operator==(const Cell&) const = default;
  CLEAVE_DESCRIBE(timestamp, tombstone, number, value)
};

// Whether `a` wins over `b`: the later; at one timestamp a tombstone, then the larger value.
bool supersedes(const Cell& a, const Cell& b);

// That an update is in a cell, as of a timestamp: overwritten ones are, as what they did has had
// its turn. For the ledger of divergence; transactions alone decide something by it (data_model.h).
struct Included {
  Timestamp timestamp = 0;
  OperationId update;
  auto operator<=>(const Included&) const = default;
  CLEAVE_DESCRIBE(timestamp, update)
};

// A cell on its way to a replica.
struct Mutation {
  CellName name;
  Cell cell;
  // What is in the cell: the update that makes it, or all that a copy of it stands for.
  std::vector<Included> includes;
  // Of a shard: `includes` has everything that it counts after this clock. Else unused.
  Timestamp since = 0;
  bool operator==(const Mutation&) const = default;
  CLEAVE_DESCRIBE(name, cell, includes, since)
  Bytes wire_size() const { return {static_cast<std::int64_t>(48 + cell.value.bytes().size())}; }
};

}  // namespace cleave::models::store::cassandra
