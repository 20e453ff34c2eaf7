// One direction of a link, as plain data: latency, jitter, loss, duplication, reordering, and a
// drop-tail queue before a line of limited bandwidth. What a link has queued lives apart in a
// LinkState, because copies of a World share its links. All arithmetic is in integers, and the time
// a packet takes is rounded up to the nanosecond.
#pragma once
#include "sim/base/bytes.h"
#include "sim/base/describe.h"
#include "sim/base/gilbert_elliott.h"
#include "sim/base/id.h"
#include "sim/base/random.h"
#include "sim/base/time.h"

#include <compare>
#include <cstdint>
#include <optional>

namespace cleave {

using LinkId = Id<struct LinkTag>;                     // index of a link in its topology
using JitterId = Id<struct JitterTag, std::uint16_t>;  // index of a quantile table in its topology

// That at least one of two independent chances comes true: 1 - (1 - a)(1 - b), rounded down.
constexpr std::uint64_t either(std::uint64_t a, std::uint64_t b) {
  return a + static_cast<std::uint64_t>(((u128(1) << 64) - a) * b >> 64);
}

// Loss in bursts (Gilbert 1960, Elliott 1963): a link is in its good or its bad state, and may
// change from one time slot to the next. Requires: forgets(law()), slot > 0.
struct BurstyLoss {
  Duration slot{10'000'000};
  std::uint64_t to_bad = 0;   // good to bad, per slot
  std::uint64_t to_good = 0;  // bad to good, per slot
  std::uint64_t lost_in_good = 0;
  std::uint64_t lost_in_bad = 0;
  constexpr GilbertElliott law() const { return {to_bad, to_good, lost_in_good, lost_in_bad}; }
  auto operator<=>(const BurstyLoss&) const = default;
  CLEAVE_DESCRIBE(slot, to_bad, to_good, lost_in_good, lost_in_bad)
};

// The chance of losing a packet that passes at `at`. The state is a function of (seed, entity, slot
// of time) alone: two packets of one slot see the same state, whoever else asks.
std::uint64_t burst_loss(const BurstyLoss& bursts, std::uint64_t seed, std::uint64_t entity,
                         Time at);

// Whose queue a packet waits in. An access link stands for many: each host has a line of its own.
enum class QueueOf : std::uint8_t {
  link,      // all who use the link share one queue
  sender,    // the sending host's own line towards its region
  receiver,  // the receiving host's own line from its region
};

constexpr Bytes kDefaultQueue{150'000};  // a hundred full-size Ethernet packets

struct Link {
  Duration latency{};                // propagation, the least a packet takes
  std::optional<JitterId> jitter{};  // what a packet takes more, drawn for each
  std::uint64_t lost_below = 0;      // thresholds, see above
  std::uint64_t duplicated_below = 0;
  std::uint64_t reordered_below = 0;  // such a packet waits reorder_by more
  Duration reorder_by{};
  BitRate bandwidth{};          // 0: unlimited, and the queue never fills
  Bytes queue = kDefaultQueue;  // bytes that may be waiting or under way
  QueueOf queue_of = QueueOf::link;
  std::optional<BurstyLoss> bursts{};  // beside lost_below
  Duration idle_after{};               // of a radio: falls asleep after this long without packets
  Duration promotion{};                // and takes this long to wake; 0: never sleeps
  bool operator==(const Link&) const = default;
  CLEAVE_DESCRIBE(latency, jitter, lost_below, duplicated_below, reordered_below, reorder_by,
                  bandwidth, queue, queue_of, bursts, idle_after, promotion)
};

// What changes as a link carries packets.
struct LinkState {
  Time busy_until;  // the last bit of what it has accepted leaves then
  auto operator<=>(const LinkState&) const = default;
  CLEAVE_DESCRIBE(busy_until)
};

// A host's radio, which both its access links share: it sleeps when idle, and waking takes time.
struct Radio {
  std::optional<Time> awake_from;  // of the latest awakening
  Time last_active;
  auto operator<=>(const Radio&) const = default;
  CLEAVE_DESCRIBE(awake_from, last_active)
};

// A host's own share of the network.
struct HostLinks {
  LinkState up, down;
  Radio radio;
  auto operator<=>(const HostLinks&) const = default;
  CLEAVE_DESCRIBE(up, down, radio)
};

// Time to put `size` on a line, rounded up. Requires: bandwidth > 0.
Duration transmission_time(Bytes size, BitRate bandwidth);
// Bytes accepted and not yet sent at `now`, rounded up; 0 for a line without limit.
Bytes backlog(const Link& link, const LinkState& state, Time now);

// A packet reaches the link's queue at `arrival`: when its last bit leaves, or nothing if the queue
// has no room (drop-tail) and the state is as before. An idle line takes a packet of any size.
// Requires: arrivals in order of time.
std::optional<Time> transmit(const Link& link, LinkState& state, Time arrival, Bytes size);

// A packet needs the radio at `now`: when it can be carried. Requires: as for transmit, but a
// packet that asks late is only taken for one that kept the radio awake.
Time wake(const Link& link, Radio& radio, Time now);

}  // namespace cleave
