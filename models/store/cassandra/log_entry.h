// An entry of the commit log: what a replica did to its table, so that doing it again gives the
// same table.
#pragma once
#include "models/store/cassandra/cell.h"

#include <variant>

namespace cleave::models::store::cassandra {

// Tombstones with an earlier timestamp were forgotten, as a compaction does.
struct Purge {
  Timestamp before = 0;
  bool operator==(const Purge&) const = default;
  CLEAVE_DESCRIBE(before)
};

using LogEntry = std::variant<Mutation, Purge>;

}  // namespace cleave::models::store::cassandra
