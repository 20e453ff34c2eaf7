// Packets that are taken link by link, because a queue, a burst of loss, a radio or a fault lies on
// their way: where each is, and the payloads of those that wait for their turn.
#pragma once
#include "sim/base/id.h"
#include "sim/engine/message.h"
#include "sim/network/route.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace cleave {

struct Hop {  // a link of the topology, or what a fault lays in the way
  LinkId link;
  std::optional<FaultId> fault;
};

struct Transit {
  Slot slot;
  std::vector<Hop> hops;
  std::size_t next = 0;  // the hop it comes to
  NodeId from, to;
  PacketDraws draws;
};

// Packets between two queues, by index; owns their payloads.
class TransitTable {
 public:
  TransitTable() = default;
  TransitTable(const TransitTable& other) : waiting_(other.waiting_), free_(other.free_) {
    for (const auto& packet : waiting_)
      if (packet) share_payload(packet->slot);
  }
  TransitTable(TransitTable&&) = default;
  TransitTable& operator=(TransitTable other) noexcept {
    std::swap(waiting_, other.waiting_);
    std::swap(free_, other.free_);
    return *this;
  }
  ~TransitTable() {
    for (const auto& packet : waiting_)
      if (packet) drop_payload(packet->slot);
  }

  std::uint32_t add(Transit packet) {
    if (free_.empty()) {
      waiting_.emplace_back(std::move(packet));
      return static_cast<std::uint32_t>(waiting_.size() - 1);
    }
    const std::uint32_t index = free_.back();
    free_.pop_back();
    waiting_[index].emplace(std::move(packet));
    return index;
  }
  Transit take(std::uint32_t index) {  // the caller now owns the payload
    Transit packet = std::move(*waiting_[index]);
    waiting_[index].reset();
    free_.push_back(index);
    return packet;
  }

 private:
  std::vector<std::optional<Transit>> waiting_;
  std::vector<std::uint32_t> free_;
};

}  // namespace cleave
