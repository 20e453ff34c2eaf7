// What the replicas of a Cassandra store tell one another, and themselves.
#pragma once
#include "models/store/cassandra/table.h"
#include "models/store/operation.h"
#include "sim/base/bytes.h"
#include "sim/base/time.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace cleave::models::store::cassandra {

// Numbers what a coordinator has under way, anew with each life of its node.
using Serial = std::uint64_t;

inline Bytes size_of(const Page& page) {
  Bytes size{24};
  for (const Copy& copy : page.cells)
    size = size + Bytes{static_cast<std::int64_t>(32 + copy.cell.value.bytes().size())};
  return size;
}
inline Bytes size_of(const std::vector<Mutation>& mutations) {
  Bytes size{16};
  for (const Mutation& mutation : mutations)
    size = size + mutation.wire_size();
  return size;
}

// A time and who said it, as a timeuuid: no two are equal.
struct Ballot {
  Timestamp timestamp = 0;  // also that of what is written under it
  NodeId node;
  auto operator<=>(const Ballot&) const = default;
  CLEAVE_DESCRIBE(timestamp, node)
};

// ---- writes -------------------------------------------------------------------------------------

struct Write {
  static constexpr std::string_view name = "mutation";
  Serial serial = 0;
  NodeId coordinator;  // whoever forwarded it
  Mutation mutation;
  std::vector<NodeId> forward;   // other replicas of the receiver's region
  std::optional<Ballot> ballot;  // of a transaction, under which it was decided
  CLEAVE_DESCRIBE(serial, coordinator, mutation, forward, ballot)
  Bytes wire_size() const { return mutation.wire_size(); }
};
struct Written {
  static constexpr std::string_view name = "mutation stored";
  Serial serial = 0;
  CLEAVE_DESCRIBE(serial)
};

struct WriteRefused {  // its timestamp is too far ahead of the sender's clock
  static constexpr std::string_view name = "mutation refused";
  Serial serial = 0;
  CLEAVE_DESCRIBE(serial)
};

// Several cells that make the receiver's copy of a partition what others have.
struct RepairWrite {
  static constexpr std::string_view name = "read repair";
  Serial serial = 0;
  std::vector<Mutation> mutations;
  CLEAVE_DESCRIBE(serial, mutations)
  Bytes wire_size() const { return size_of(mutations); }
};
struct RepairWritten {
  static constexpr std::string_view name = "read repair stored";
  Serial serial = 0;
  CLEAVE_DESCRIBE(serial)
};

// An addition to a counter: the receiver leads it.
struct Count {
  static constexpr std::string_view name = "counter mutation";
  Serial serial = 0;
  Request request;
  CLEAVE_DESCRIBE(serial, request)
  Bytes wire_size() const { return request.wire_size(); }
};
struct Counted {
  static constexpr std::string_view name = "counter counted";
  Serial serial = 0;
  Result result;
  CLEAVE_DESCRIBE(serial, result)
};

// ---- hints --------------------------------------------------------------------------------------

struct HintedWrite {
  static constexpr std::string_view name = "hint";
  std::uint64_t number = 0;  // among the sender's
  Mutation mutation;
  CLEAVE_DESCRIBE(number, mutation)
  Bytes wire_size() const { return mutation.wire_size(); }
};
struct HintStored {
  static constexpr std::string_view name = "hint stored";
  std::uint64_t number = 0;
  CLEAVE_DESCRIBE(number)
};

// ---- reads --------------------------------------------------------------------------------------

struct Read {
  static constexpr std::string_view name = "read";
  enum class Want : std::uint8_t { data, digest, everything };  // the last: with what is included
  Serial serial = 0;
  Want want = Want::data;
  Slice slice;
  CLEAVE_DESCRIBE(serial, want, slice)
};
struct ReadData {
  static constexpr std::string_view name = "read data";
  Serial serial = 0;
  Read::Want want = Read::Want::data;  // data or everything
  Page page;
  CLEAVE_DESCRIBE(serial, want, page)
  Bytes wire_size() const { return size_of(page); }
};
struct ReadDigest {
  static constexpr std::string_view name = "read digest";
  Serial serial = 0;
  std::uint64_t digest = 0;
  CLEAVE_DESCRIBE(serial, digest)
};

// ---- gossip -------------------------------------------------------------------------------------

// The newest that the sender has heard of a node, from itself or from others.
struct Heartbeat {
  std::uint64_t generation = 0;  // which start of it
  std::uint64_t version = 0;     // beats since
  auto operator<=>(const Heartbeat&) const = default;
  CLEAVE_DESCRIBE(generation, version)
};
struct GossipSyn {
  static constexpr std::string_view name = "gossip";
  Time sent;                      // by the sender's monotonic clock
  std::vector<Heartbeat> newest;  // of each member
  CLEAVE_DESCRIBE(sent, newest)
  Bytes wire_size() const { return {static_cast<std::int64_t>(16 + 16 * newest.size())}; }
};
struct GossipAck {  // the same the other way
  static constexpr std::string_view name = "gossip answer";
  Time sent;  // repeated
  std::vector<Heartbeat> newest;
  std::optional<Time> clock;  // the sender's wall clock, for those who compare clocks
  CLEAVE_DESCRIBE(sent, newest, clock)
  Bytes wire_size() const {
    return {static_cast<std::int64_t>(16 + 16 * newest.size() + (clock ? sizeof(Time) : 0))};
  }
};
// Does a node that was down answer by itself?
struct Echo {
  static constexpr std::string_view name = "echo";
};
struct EchoAnswer {
  static constexpr std::string_view name = "echo answer";
};

// ---- a node to itself ---------------------------------------------------------------------------

struct GossipDue {  // timer
  static constexpr std::string_view name = "gossip due";
};
struct TimeoutDue {  // timer: something under way has had its time
  static constexpr std::string_view name = "request timeout due";
};
struct SpeculationDue {  // timer: a read is late
  static constexpr std::string_view name = "speculative retry due";
  Serial serial = 0;
  CLEAVE_DESCRIBE(serial)
};
struct SyncDue {  // timer of a periodic commit log
  static constexpr std::string_view name = "commit log sync due";
};
struct LogSynced {  // the disk has what this life wrote up to here
  static constexpr std::string_view name = "commit log synced";
  std::uint64_t written = 0;
  std::uint64_t log = 0;  // and the commit log up to this size
  CLEAVE_DESCRIBE(written, log)
};
struct HintsDue {  // timer: flush and deliver hints
  static constexpr std::string_view name = "hints due";
};
struct HintsSynced {
  static constexpr std::string_view name = "hints synced";
};

}  // namespace cleave::models::store::cassandra
