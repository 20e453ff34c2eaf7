// Connections, as TCP gives them: two streams between a pair of nodes, each in order. A message
// that chance or a cut keeps from arriving is sent again after a timeout that doubles; a stream
// that has to wait stalls whatever is behind it; after the last retry the connection breaks for the
// end that tried, and the other end learns of it only when it speaks (half-open, RFC 9293 section
// 3.5.1) or when it hears from the next connection. Acknowledgements cost no events: they are
// assumed wherever the way back is open. Where it is not, messages get through until the first
// timeout, and none after it; and no connection is opened. How many may be under way before that
// (congestion and receive window) is not limited.
#pragma once
#include "sim/base/cow.h"
#include "sim/base/describe.h"
#include "sim/base/id.h"
#include "sim/base/time.h"
#include "sim/engine/message.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace cleave {

// Linux's defaults: 15 retries with timeouts of 200 ms doubling to 120 s break after 924.6 s.
struct ConnectionLimits {
  Duration minimum_timeout{200'000'000};
  Duration maximum_timeout{120'000'000'000};
  std::uint32_t retries = 15;
  CLEAVE_DESCRIBE(minimum_timeout, maximum_timeout, retries)
};

// Timeout before retry `attempt` (from 0), given the round trip (RFC 6298, without its variance).
Duration retransmission_timeout(const ConnectionLimits& limits, Duration round_trip,
                                std::uint32_t attempt);

// Messages that wait, with the payloads they own.
class WaitingSlots {
 public:
  WaitingSlots() = default;
  WaitingSlots(const WaitingSlots& other) : slots_(other.slots_) {
    for (const Slot& slot : slots_)
      share_payload(slot);
  }
  WaitingSlots(WaitingSlots&& other) noexcept : slots_(std::move(other.slots_)) {
    other.slots_.clear();
  }
  WaitingSlots& operator=(WaitingSlots other) noexcept {
    std::swap(slots_, other.slots_);
    return *this;
  }
  ~WaitingSlots() {
    for (const Slot& slot : slots_)
      drop_payload(slot);
  }
  bool empty() const { return slots_.empty(); }
  std::size_t size() const { return slots_.size(); }
  void add(const Slot& slot) { slots_.push_back(slot); }
  std::vector<Slot> take() { return std::exchange(slots_, {}); }  // the caller owns the payloads
  const std::vector<Slot>& slots() const { return slots_; }

 private:
  std::vector<Slot> slots_;
};

// One direction of a connection.
struct Stream {
  struct Waiting {
    WaitingSlots returned;  // what was sent and did not arrive
    WaitingSlots unsent;    // what waits behind it
    WaitingSlots early;     // what has arrived before its turn
  };
  Time last_due;                        // nothing is planned to arrive before what was sent earlier
  std::uint32_t sent = 0;               // number of the last message sent
  std::uint32_t delivered = 0;          // and of the last one that its receiver has got
  std::uint32_t attempt = 0;            // retries so far
  std::uint32_t retry = 0;              // serial of the running retransmission timer; 0: none runs
  std::uint32_t unheard = 0;            // the first that got there while nobody could say so; or 0
  bool blocked = false;                 // what is sent has to wait
  std::optional<Cow<Waiting>> waiting;  // nothing: nothing ever had to wait

  Waiting& queues() {
    if (!waiting) waiting.emplace();
    return waiting->write();
  }
};

// A connection of two nodes; end 0 is the node with the lower id. Each end believes for itself that
// it is open.
struct Connection {
  std::array<NodeId, 2> node;
  std::array<bool, 2> open{};
  std::array<bool, 2> replaced{};  // this end believes in the connection before, which is gone
  std::uint64_t opened = 0;        // how often: tells one connection of the pair from the next
  Time ready;                      // the handshake is over
  std::array<Stream, 2> stream;    // stream[e] is sent by end e
};

// All connections of a World, found by their pair of nodes. Copies share pages of them until one
// writes. Never iterated by hash.
class ConnectionTable {
 public:
  // Index of the pair's entry, which is made closed if there was none. Requires: a != b.
  std::uint32_t at(NodeId a, NodeId b);
  Connection& operator[](std::uint32_t index) {
    return pages_[index / kPerPage].write()[index % kPerPage];
  }
  const Connection& operator[](std::uint32_t index) const {
    return (*pages_[index / kPerPage])[index % kPerPage];
  }
  std::uint32_t size() const { return size_; }

 private:
  static constexpr std::uint32_t kPerPage = 32;
  using Page = std::array<Connection, kPerPage>;
  void add(NodeId a, NodeId b);
  void rehash(std::size_t cells);
  std::vector<Cow<Page>> pages_;
  std::uint32_t size_ = 0;
  Cow<std::vector<std::uint32_t>> cells_;  // open addressing; index + 1, 0 is empty
};

}  // namespace cleave
