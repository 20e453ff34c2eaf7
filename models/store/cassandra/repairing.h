// What a node has under way when it repairs: one range of tokens after the other, of which it asks
// all replicas that are up for a hash tree, then for the cells where trees differ, and sends each
// what it lacks.
#pragma once
#include "models/store/cassandra/hash_tree.h"
#include "models/store/cassandra/messages.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

namespace cleave::models::store::cassandra {

struct Repairing {
  enum class Stage : std::uint8_t { validating, fetching, streaming };
  std::vector<std::size_t> ranges;  // still to be done, the next one last
  std::size_t range = 0;            // under way
  Serial serial = 0;                // of its messages
  Stage stage = Stage::validating;
  std::set<NodeId> awaited;
  std::map<NodeId, HashTree> trees;
  std::map<NodeId, std::vector<Mutation>> cells;
  Time deadline;
  CLEAVE_DESCRIBE(ranges, range, serial, stage, awaited, trees, cells, deadline)
};

// ---- messages -----------------------------------------------------------------------------------

struct Validate {
  static constexpr std::string_view name = "validation request";
  Serial serial = 0;
  TokenRange range;
  CLEAVE_DESCRIBE(serial, range)
};
struct Validated {
  static constexpr std::string_view name = "hash tree";
  Serial serial = 0;
  HashTree tree;
  CLEAVE_DESCRIBE(serial, tree)
};
struct Fetch {
  static constexpr std::string_view name = "sync request";
  Serial serial = 0;
  TokenRange range;
  LeafMask leaves = 0;
  CLEAVE_DESCRIBE(serial, range, leaves)
};
struct Fetched {
  static constexpr std::string_view name = "sync data";
  Serial serial = 0;
  std::vector<Mutation> cells;
  CLEAVE_DESCRIBE(serial, cells)
  Bytes wire_size() const { return size_of(cells); }
};
struct StreamIn {
  static constexpr std::string_view name = "stream";
  Serial serial = 0;
  std::vector<Mutation> cells;
  CLEAVE_DESCRIBE(serial, cells)
  Bytes wire_size() const { return size_of(cells); }
};
struct Streamed {
  static constexpr std::string_view name = "stream stored";
  Serial serial = 0;
  CLEAVE_DESCRIBE(serial)
};
struct RepairDue {  // timer
  static constexpr std::string_view name = "repair due";
};
struct CompactionDue {  // timer
  static constexpr std::string_view name = "compaction due";
};

}  // namespace cleave::models::store::cassandra
