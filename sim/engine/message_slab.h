// Pending messages by index. A taken slot is copied out and free at once: the reply lands in the
// warm line, and a handler may grow the slab while it reads its message.
#pragma once
#include "sim/engine/message.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace cleave {

class MessageSlab {
 public:
  MessageSlab() = default;
  MessageSlab(const MessageSlab& other);
  MessageSlab(MessageSlab&&) = default;
  MessageSlab& operator=(MessageSlab other) noexcept;
  ~MessageSlab();

  std::uint32_t add(const Slot& slot) {
    if (first_free_ == kNone) extend();
    const std::uint32_t at = first_free_;
    Slot& place = (*this)[at];
    first_free_ = place.from;
    place = slot;
    return at;
  }
  Slot take(std::uint32_t at) {  // the caller now owns the payload
    Slot& place = (*this)[at];
    const Slot slot = place;
    place.type = 0;
    place.from = first_free_;
    first_free_ = at;
    return slot;
  }
  const Slot& operator[](std::uint32_t at) const {
    return pages_[at / kPerPage]->slots[at % kPerPage];
  }
  std::size_t size() const { return pages_.size() * kPerPage; }

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  static constexpr std::uint32_t kPerPage = 256;
  struct Page {
    std::array<Slot, kPerPage> slots;
  };
  Slot& operator[](std::uint32_t at) { return pages_[at / kPerPage]->slots[at % kPerPage]; }
  void extend();

  std::vector<std::unique_ptr<Page>> pages_;  // pages never move
  std::uint32_t first_free_ = kNone;
};

}  // namespace cleave
