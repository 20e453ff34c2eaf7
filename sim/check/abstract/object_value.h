// What an object is worth after a sequence of updates, and what an operation may then be told: the
// specification of the replicated data types (Burckhardt 2014, section 4.3), whose context is here
// the sequence that a replica had applied.
#pragma once
#include "sim/check/abstract/execution.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <set>
#include <vector>

namespace cleave::abstract {

class ObjectValue {
 public:
  explicit ObjectValue(ObjectType type) : type_(type) {}

  // What the update does, and what its client is to be told. One that takes something which its
  // client was not told takes what was put first.
  Told apply(const Operation& update);
  // Whether what an operation was told that changed nothing is what the object shows: a read or a
  // conflict. A read of a list may show less than there is, as the version says that there is more.
  bool shows(const Operation& read) const;

 private:
  Told all() const;
  Told entries_from(std::uint64_t position, std::size_t count) const;
  Told take(const Operation& update);

  ObjectType type_;
  std::uint64_t version_ = 0;
  std::uint64_t word_ = 0;  // of a register its value; a number
  std::set<std::uint64_t> members_;
  std::vector<std::uint64_t> entries_;  // of a log or queue
  std::uint64_t acknowledged_ = 0;      // of a queue: positions up to here
  std::deque<std::uint64_t> items_;     // of a pool
};

}  // namespace cleave::abstract
