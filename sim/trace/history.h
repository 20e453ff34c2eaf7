// What clients invoked and were told: the input of every consistency checker. One invocation is one
// operation; retries are trace. An operation without completion, or with outcome unknown, may or
// may not have happened, for ever (Herlihy and Wing 1990, section 2: pending operations).
#pragma once
#include "sim/base/id.h"
#include "sim/base/time.h"

#include <compare>
#include <cstdint>
#include <string_view>
#include <vector>

namespace cleave {

// The nth operation of one client: unique in a run, and the identity of the update it makes.
struct OperationId {
  NodeId client;
  std::uint32_t index = 0;  // from 1; 0 is "none"
  auto operator<=>(const OperationId&) const = default;
  CLEAVE_DESCRIBE(client, index)
};

// Both halves in one number: how an update is the subject of a fact.
constexpr std::uint64_t pack(OperationId id) {
  return std::uint64_t{id.client.value} << 32 | id.index;
}
constexpr OperationId unpack_operation(std::uint64_t packed) {
  return {{static_cast<std::uint32_t>(packed >> 32)}, static_cast<std::uint32_t>(packed)};
}

enum class ObjectType : std::uint8_t {
  reg,
  max_register,
  set,
  log,
  queue,
  counter,
  pool,
  map,
};
enum class Action : std::uint8_t {
  read,             // register, max_register, set, counter, map field
  write,            // register, map field
  compare_and_set,  // register, on its version
  raise,            // max_register
  add,              // set, counter
  remove,           // set
  append,           // log, queue
  read_from,        // log, queue
  acknowledge,      // queue
  reserve,          // bounded counter
  put,
  take,  // pool
};
constexpr bool is_update(Action a) {
  return a != Action::read && a != Action::read_from;
}

// How an operation ended.
enum class Outcome : std::uint8_t {
  ok,           // served
  refused,      // served: the answer is no, and nothing happened
  conflict,     // served: another version is current; also a read of it
  unavailable,  // not served, and proven not applied
  unknown,      // timed out: may or may not have happened
};
constexpr bool is_served(Outcome outcome) {
  return outcome <= Outcome::conflict;
}

std::string_view to_string(ObjectType type);
std::string_view to_string(Action action);
std::string_view to_string(Outcome outcome);

// Values are digests of Blobs; of a counter or a max-register, the number itself.
struct Invoked {
  OperationId id;
  std::uint32_t process = 0;  // rises after an unknown outcome: the client goes on as a new process
  Time at;
  EventId event;
  StoreId store;
  std::uint64_t key = 0;  // name hash of the object within its store
  ObjectType type = ObjectType::reg;
  Action action = Action::read;
  std::uint64_t argument = 0;
  std::uint64_t expected_version = 0;  // of compare_and_set; position of read_from and acknowledge
};

struct Completed {
  OperationId id;
  Time at;
  EventId event;
  Outcome outcome = Outcome::unknown;
  std::uint64_t version = 0;          // of the object after it; of an append, its position
  std::vector<std::uint64_t> values;  // what a read returned, in order
};

}  // namespace cleave
