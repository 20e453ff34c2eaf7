// Objects as those who build on such a store write them down, in cells: what each action writes,
// what it has to read, and what a client is told.
//   register      one cell
//   map           a cell for each field
//   set           a cell for each element, a tombstone for each that was removed (CQL: set<...>)
//   max-register  one cell, whose timestamp is the value (CQL: USING TIMESTAMP): the last write is
//                 the highest
//   counter       a shard for each replica that counted, added up by who reads; what is added on
//                 a condition, and so not by shards (CQL has no conditions on counters), stands in
//                 a cell of its own
//   log, queue    a row for each entry, in the order of (timestamp, unique number), as CQL's now()
//                 gives; what was acknowledged, one range tombstone
//   pool          rows, of which whoever takes one writes a tombstone, on a condition
// A version is the timestamp of a cell (CQL: WRITETIME), of a log or a queue the last position.
#pragma once
#include "models/store/cassandra/table.h"
#include "models/store/operation.h"

#include <cstdint>
#include <optional>

namespace cleave::models::store::cassandra {

// How a request is carried out.
enum class Way : std::uint8_t {
  read,
  write,        // whatever is there
  count,        // by one replica, which adds to its own shard
  conditional,  // reads and then writes: sound only as a lightweight transaction
};
Way way_of(const Request& request);

// The cells that it is about.
Slice slice_of(const Request& request);

// What a plain write writes. Requires: way_of(request) is write.
Mutation mutation_of(const Request& request, Timestamp timestamp);

// What a transaction does to what is there: a mutation, or nothing and what to say. A row remembers
// which requests are in it, as applications have an idempotency key there: a request that is tried
// again finds itself, and counts once. Requires: the page has what is included.
struct Decision {
  std::optional<Mutation> mutation;
  Result result;  // once the mutation is made
};
Decision decide(const Request& request, const Page& current, Timestamp timestamp);

// What the client of an update is told, and of a read.
Result result_of(const Request& request, const Mutation& made);
Result result_of(const Request& request, const Page& page);

}  // namespace cleave::models::store::cassandra
