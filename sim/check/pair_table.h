// From pairs of numbers to what a judge must remember of them, for millions of pairs: a hash table
// with linear probing (Knuth 6.4) over a vector of entries. Entries are never removed or visited.
#pragma once
#include "sim/base/random.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace cleave {

template <class T>
class PairTable {
 public:
  std::size_t size() const { return entries_.size(); }

  // Valid until the next insert; null: there is none.
  T* find(std::uint64_t first, std::uint64_t second) {
    if (slots_.empty()) return nullptr;
    const std::uint32_t place = slots_[slot_of(first, second)];
    return place == kFree ? nullptr : &entries_[place - 1].value;
  }

  // Requires: there is none of this pair; fewer than 2^31 entries.
  void insert(std::uint64_t first, std::uint64_t second, T value) {
    if ((entries_.size() + 1) * 2 > slots_.size()) grow();
    entries_.push_back({first, second, std::move(value)});
    slots_[slot_of(first, second)] = static_cast<std::uint32_t>(entries_.size());
  }

 private:
  struct Entry {
    std::uint64_t first = 0, second = 0;
    T value;
  };

  static constexpr std::uint32_t kFree = 0;  // otherwise: place in entries_, from 1

  // Where it is, or the free slot where it belongs.
  std::size_t slot_of(std::uint64_t first, std::uint64_t second) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = static_cast<std::size_t>(mix(first, second)) & mask;
    while (slots_[slot] != kFree) {
      const Entry& entry = entries_[slots_[slot] - 1];
      if (entry.first == first && entry.second == second) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  void grow() {
    slots_.assign(slots_.empty() ? 64 : slots_.size() * 2, kFree);
    for (std::size_t i = 0; i < entries_.size(); ++i)
      slots_[slot_of(entries_[i].first, entries_[i].second)] = static_cast<std::uint32_t>(i + 1);
  }

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  // a power of two, at most half full
};

}  // namespace cleave
