// The typed client protocol of stores: one small set of objects and actions that every engine
// speaks, so that a service need not know which engine it runs on. What an action costs, and what
// becomes of it under a partition, is the engine's affair (engine.h).
#pragma once
#include "sim/base/blob.h"
#include "sim/base/bytes.h"
#include "sim/base/id.h"
#include "sim/base/name.h"
#include "sim/base/time.h"
#include "sim/trace/history.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace cleave::models::store {

using Key = Id<struct KeyTag, std::uint64_t>;  // hash of an object's name within its store
constexpr Key key_of(std::string_view name) {
  return {name_hash(name)};
}

// Microseconds of a clock that may be wrong, as CQL's USING TIMESTAMP has them.
using Timestamp = std::int64_t;

// What the clocks of simulated hosts call the start of the run: 11 days, so that one that is set
// back shows no negative time.
inline constexpr Timestamp kEpoch = 1'000'000'000'000;
constexpr Timestamp timestamp_of(Time clock) {
  return kEpoch + clock.ns / 1000;
}

// What clock the requests of a store's clients carry; the engine says, as it is configured.
enum class ClientClock : std::uint8_t {
  none,  // a replica stamps what it is asked to write, if anybody does
  own,   // the client's, when it first sends the operation; of one client no two are the same
  seen,  // the latest that an answer of the store told: whatever is written next comes after it
};

// What the client wants a read to be. Updates go wherever the engine takes them.
enum class Consistency : std::uint8_t {
  configured,  // as the engine's own options say
  strong,      // the best that the engine can give
  eventual,    // whatever the replica that was asked holds
};
std::string_view to_string(Consistency consistency);

struct Request {
  static constexpr std::string_view name = "store request";
  OperationId id;  // the same in every retry
  StoreId store;
  Key key;
  Key field;  // of a map
  ObjectType type = ObjectType::reg;
  Action action = Action::read;
  Consistency consistency = Consistency::configured;
  Blob value;                 // what is written, added, removed, appended or put
  std::int64_t number = 0;    // what is raised to, added or reserved
  std::int64_t bound = 0;     // of reserve: the counter may not exceed it
  std::uint64_t version = 0;  // of compare_and_set the one expected; of read_from and acknowledge a
                              // position
  std::uint32_t settled = 0;  // operations of this client below it have ended, for good
  std::optional<Timestamp> timestamp{};  // of the store's ClientClock; the same in every retry
  bool operator==(const Request&) const = default;
  CLEAVE_DESCRIBE(id, store, key, field, type, action, consistency, value, number, bound, version,
                  settled, timestamp)
  Bytes wire_size() const;
};

// Why an operation was not served, or not as asked.
enum class Reason : std::uint8_t {
  none,
  unsupported,  // refused: the object has another type, or its type has no such action
  bounded,      // refused: a counter would exceed its bound
  empty,        // refused: a pool has nothing to take
  disk_full,    // refused: no room to record it
  forgotten,    // refused: older than what its client has settled
  elsewhere,    // unavailable: another replica serves it, perhaps `leader`
  no_leader,    // unavailable: nobody known to this replica may serve it now
  superseded,   // unknown: recorded by a leader that lost its office before the operation was safe
  timed_out,    // unknown, or unavailable for a read: no answer in time
  clock,  // a clock is too far ahead of others, or behind them. Unavailable: the replica's, or
          // the one that the request carries; unknown: other replicas say so of the timestamp
};
std::string_view to_string(Reason reason);

// What became of an operation: as a replica answers it, and as a client learns it.
struct Result {
  Outcome outcome = Outcome::unknown;
  Reason reason = Reason::none;
  std::uint64_t version = 0;      // of the object after it; of an append, its position
  std::int64_t number = 0;        // the value of a counter or max-register
  std::vector<Blob> values = {};  // what was read, in order; of a conflict, the current value
  bool operator==(const Result&) const = default;
  CLEAVE_DESCRIBE(outcome, reason, version, number, values)
};

struct Reply {
  static constexpr std::string_view name = "store reply";
  OperationId id;
  Result result;
  std::optional<NodeId> leader;          // whom to ask instead
  std::optional<Timestamp> timestamp{};  // the replica's clock, if clients carry what they saw
  CLEAVE_DESCRIBE(id, result, leader, timestamp)
  Bytes wire_size() const;
};

// The actions that objects of a type have, reads first.
std::span<const Action> actions_of(ObjectType type);
bool supports(ObjectType type, Action action);

// Whether an operation with this result is in the state of whoever answered it.
constexpr bool took_effect(Action action, Outcome outcome) {
  return is_update(action) && outcome == Outcome::ok;
}

// How the history of a run writes an operation down: values by their digests, numbers as they are.
Invoked to_history(const Request& request, std::uint32_t process);
Completed to_history(const Request& request, const Result& result);

}  // namespace cleave::models::store
