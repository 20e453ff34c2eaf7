// Who left each value of an object: wrote, raised to, added, appended or enqueued it.
#pragma once
#include "sim/check/history/history.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cleave::linear {

class Writers {
 public:
  // Requires: the operations are all of one object, and each has its value in `argument`.
  Writers(const History& history, std::span<const std::uint32_t> operations);

  struct Entry {
    Value value;
    std::uint32_t operation = 0;
  };
  // All of a value, in the order of their invocation.
  std::span<const Entry> of(Value value) const;
  std::span<const Entry> all() const { return entries_; }  // by value
  bool are_unique() const { return are_unique_; }
  // Of the first of them in all(), by value.
  std::optional<std::size_t> find(Value value) const;

 private:
  std::vector<Entry> entries_;
  bool are_unique_ = true;
  // Where values are small numbers, as they mostly are: places in entries_ from 1.
  std::vector<std::uint32_t> by_number_;
  std::int64_t least_ = 0;
};

}  // namespace cleave::linear
