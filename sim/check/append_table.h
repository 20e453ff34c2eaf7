// Every append of a store by object and value: a hash table with linear probing (Knuth 6.4) over a
// vector of entries, in 60 to 100 bytes each. Entries are never removed or visited in order.
#pragma once
#include "sim/base/random.h"
#include "sim/trace/history.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cleave {

struct Append {
  enum class State : std::uint8_t { pending, done, failed, ambiguous };
  std::uint64_t object = 0;
  std::uint64_t value = 0;
  OperationId id;
  EventId invoked;
  EventId completed;            // of `done` and `failed`
  std::uint32_t last_read = 0;  // the number of the read that returned it last
  State state = State::pending;
};

class AppendTable {
 public:
  std::size_t size() const { return entries_.size(); }

  // Valid until the next insert; null: there is none.
  Append* find(std::uint64_t object, std::uint64_t value) {
    if (slots_.empty()) return nullptr;
    const std::uint32_t place = slots_[slot_of(object, value)];
    return place == kFree ? nullptr : &entries_[place - 1];
  }

  // Requires: none of its object and value is there; fewer than 2^31 entries.
  void insert(const Append& append) {
    if ((entries_.size() + 1) * 2 > slots_.size()) grow();
    entries_.push_back(append);
    slots_[slot_of(append.object, append.value)] = static_cast<std::uint32_t>(entries_.size());
  }

 private:
  static constexpr std::uint32_t kFree = 0;  // otherwise: place in entries_, from 1

  // Where it is, or the free slot where it belongs.
  std::size_t slot_of(std::uint64_t object, std::uint64_t value) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = static_cast<std::size_t>(mix(object, value)) & mask;
    while (slots_[slot] != kFree) {
      const Append& entry = entries_[slots_[slot] - 1];
      if (entry.object == object && entry.value == value) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  void grow() {
    slots_.assign(slots_.empty() ? 64 : slots_.size() * 2, kFree);
    for (std::size_t i = 0; i < entries_.size(); ++i)
      slots_[slot_of(entries_[i].object, entries_[i].value)] = static_cast<std::uint32_t>(i + 1);
  }

  std::vector<Append> entries_;
  std::vector<std::uint32_t> slots_;  // a power of two, at most half full
};

}  // namespace cleave
