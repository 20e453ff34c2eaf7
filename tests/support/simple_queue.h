// The obvious event queue: a multimap keeps equal times in order of insertion. The oracle of the
// radix heap, with the same interface.
#pragma once
#include "sim/engine/due.h"

#include <cstddef>
#include <map>
#include <optional>

namespace cleave {

class SimpleQueue {
 public:
  std::size_t size() const { return entries_.size(); }
  std::size_t capacity_bytes() const { return entries_.size() * sizeof(Due); }
  void push(Due due) { entries_.emplace(due.time, due); }
  std::optional<Time> next() const {
    return entries_.empty() ? std::nullopt : std::optional(entries_.begin()->first);
  }
  template <class Soon>
  std::optional<Due> pop_until(Time limit, Soon&& /*soon*/) {
    if (entries_.empty() || entries_.begin()->first > limit) return {};
    const Due due = entries_.begin()->second;
    entries_.erase(entries_.begin());
    return due;
  }
  template <class Dead>
  void erase_if(Dead&& dead) {
    std::erase_if(entries_, [&](const auto& entry) { return dead(entry.second); });
  }

 private:
  std::multimap<Time, Due> entries_;
};

}  // namespace cleave
