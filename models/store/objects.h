// The sequential specification of every object type: what an action does to an object when nothing
// else happens. Engines that order operations apply them one after another through these functions;
// the same operations in the same order give the same objects and results everywhere (Schneider
// 1990, state machine replication).
#pragma once
#include "models/store/operation.h"
#include "sim/base/blob.h"
#include "sim/base/log.h"

#include <cstdint>
#include <map>
#include <set>
#include <variant>

namespace cleave::models::store {

struct Register {
  Blob value;                 // empty until it is written
  std::uint64_t version = 0;  // writes so far
  bool operator==(const Register&) const = default;
  CLEAVE_DESCRIBE(value, version)
};

struct MaxRegister {  // its value is its version
  std::int64_t value = 0;
  bool operator==(const MaxRegister&) const = default;
  CLEAVE_DESCRIBE(value)
};

struct Set {
  std::set<Blob> members;     // in the order of their digests
  std::uint64_t version = 0;  // additions and removals so far
  bool operator==(const Set&) const = default;
  CLEAVE_DESCRIBE(members, version)
};

struct Sequence {     // a log
  Log<Blob> entries;  // positions count from 1
  bool operator==(const Sequence&) const = default;
  CLEAVE_DESCRIBE(entries)
};

struct Queue {
  std::map<std::uint64_t, Blob> entries;  // by position, from 1; acknowledged ones are gone
  std::uint64_t appended = 0;             // entries so far: the position of the last
  std::uint64_t acknowledged = 0;         // every position up to this one
  bool operator==(const Queue&) const = default;
  CLEAVE_DESCRIBE(entries, appended, acknowledged)
};

struct Counter {
  std::int64_t value = 0;
  std::uint64_t version = 0;  // additions so far
  bool operator==(const Counter&) const = default;
  CLEAVE_DESCRIBE(value, version)
};

struct Pool {
  std::map<std::uint64_t, Blob> items;  // by the number of their put
  std::uint64_t put = 0;                // items so far
  std::uint64_t version = 0;            // puts and takes so far
  bool operator==(const Pool&) const = default;
  CLEAVE_DESCRIBE(items, put, version)
};

struct RegisterMap {
  std::map<Key, Register> registers;  // by field
  bool operator==(const RegisterMap&) const = default;
  CLEAVE_DESCRIBE(registers)
};

// In the order of ObjectType.
using Object =
    std::variant<Register, MaxRegister, Set, Sequence, Queue, Counter, Pool, RegisterMap>;

Object make_object(ObjectType type);
constexpr ObjectType object_type(const Object& object) {
  return static_cast<ObjectType>(object.index());
}

// One read of a log or a queue returns at most this many entries.
constexpr std::uint64_t kMostEntriesRead = 1000;

// Refuses what the object's type does not have. Requires: the action is no update.
Result read(const Object& object, const Request& request);
// Changes the object if the result is ok, and only then. Requires: the action is an update.
Result update(Object& object, const Request& request);

}  // namespace cleave::models::store
