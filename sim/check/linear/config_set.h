// Configurations of a search: rows of words of one width, in the order in which they came, with a
// hash index that is cleared at once. The last words of a row are a set of what was used up: a row
// is not taken if one is there that is equal but used up no more, since that one can do the same.
#pragma once
#include "sim/base/random.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace cleave::linear {

using Bits = std::uint64_t;

class ConfigSet {
 public:
  // Of `width` words the last `used_up` are that set.
  ConfigSet(std::size_t width, std::size_t used_up) : width_(width), equal_(width - used_up) {}

  // True if it was taken. Rows stay valid until the next insert().
  bool insert(std::span<const Bits> row) {
    if ((size_ + 1) * 2 > slots_.size()) grow();
    Slot& slot = slots_[slot_of(row)];
    std::uint32_t other = slot.age == age_ ? slot.row : kNone;
    const std::uint32_t before = other;
    for (; other != kNone; other = before_[other], ++compared_)
      if (uses_no_more(at(other), row)) return false;
    slot = {age_, static_cast<std::uint32_t>(size_++)};
    rows_.insert(rows_.end(), row.begin(), row.end());
    before_.push_back(before);
    return true;
  }
  std::span<const Bits> at(std::size_t i) const {
    return std::span(rows_).subspan(i * width_, width_);
  }
  std::size_t size() const { return size_; }
  // How often two rows were compared since the beginning.
  std::uint64_t compared() const { return compared_; }
  void clear() {
    rows_.clear();
    before_.clear();
    size_ = 0;
    if (++age_ == 0) {  // after 2^32 times
      std::fill(slots_.begin(), slots_.end(), Slot{});
      age_ = 1;
    }
  }
  std::uint64_t bytes() const {
    return rows_.capacity() * sizeof(Bits) + slots_.capacity() * sizeof(Slot) +
           before_.capacity() * sizeof(before_[0]);
  }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Slot {
    std::uint32_t age = 0;  // of another age: free
    std::uint32_t row = 0;  // the last of those that differ in what they used up alone
  };
  std::size_t width_;
  std::size_t equal_;
  std::size_t size_ = 0;
  std::uint32_t age_ = 1;
  std::uint64_t compared_ = 0;
  std::vector<Bits> rows_;
  std::vector<std::uint32_t> before_;  // by row: the next one of those
  std::vector<Slot> slots_;            // a power of two, at most half full

  bool uses_no_more(std::span<const Bits> a, std::span<const Bits> b) const {
    for (std::size_t i = equal_; i < width_; ++i)
      if ((a[i] & ~b[i]) != 0) return false;
    return true;
  }
  std::size_t slot_of(std::span<const Bits> row) const {
    const auto same = row.first(equal_);
    Bits hash = 0;
    for (const Bits word : same)
      hash = mix(hash, word);
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = static_cast<std::size_t>(hash) & mask;
    while (slots_[slot].age == age_ &&
           !std::equal(same.begin(), same.end(), at(slots_[slot].row).begin()))
      slot = (slot + 1) & mask;
    return slot;
  }
  void grow() {
    const std::vector<Slot> old = std::move(slots_);
    slots_.assign(old.empty() ? 64 : old.size() * 2, Slot{});
    for (const Slot& slot : old)
      if (slot.age == age_) slots_[slot_of(at(slot.row))] = slot;
  }
};

}  // namespace cleave::linear
