// Shortest routes, found when first asked for and forgotten when a link changes, and the passage of
// one packet along them. Each World owns its Routes, so that worlds in two threads may share a
// topology.
#pragma once
#include "sim/base/distribution.h"
#include "sim/base/random.h"
#include "sim/base/time.h"
#include "sim/network/link.h"
#include "sim/network/topology.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace cleave {

// Links in series, summed up. When `plain`, the sum is all there is to know: no link has a queue,
// bursts or a radio. Otherwise a packet must take them one by one (see advance).
struct PathSum {
  static constexpr std::size_t kJitters = 6;
  Duration latency;
  std::uint64_t lost_below = 0;
  std::uint64_t duplicated_below = 0;
  std::uint64_t reordered_below = 0;
  Duration reorder_by;  // the longest
  std::array<JitterId, kJitters> jitters{};
  std::uint8_t jitter_count = 0;
  bool queues = false;
  bool bursts = false;
  bool sleeps = false;        // some link is a radio that falls asleep
  bool many_jitters = false;  // more than fit here
  bool plain() const { return !queues && !bursts && !sleeps && !many_jitters; }
  void add(const Link& link);
};

struct Route {
  PathSum sum;
  std::uint32_t first_hop = 0;
  std::uint32_t hops = 0;
};

// Requires: always asked with the same topology, or copies that differ by its own setters.
class Routes {
 public:
  // Null if there is no way. Valid until the next call.
  const Route* find(const Topology& topology, PlaceId from, PlaceId to) {
    if (epoch_ != topology.epoch()) forget(topology);
    const std::uint32_t known = index_[from.value * places_ + to.value];
    if (known > kNoWay) [[likely]]
      return &routes_[known - kFirst];
    return known == kNoWay ? nullptr : compute(topology, from, to);
  }
  // Valid until the next call of find.
  std::span<const LinkId> links(const Route& route) const {
    return {hops_.data() + route.first_hop, route.hops};
  }

 private:
  static constexpr std::uint32_t kUnknown = 0, kNoWay = 1, kFirst = 2;
  void forget(const Topology& topology);
  const Route* compute(const Topology& topology, PlaceId from, PlaceId to);
  std::uint64_t epoch_ = 0;
  std::size_t places_ = 0;
  std::vector<std::uint32_t> index_;  // places_ by places_: kUnknown, kNoWay, or kFirst + index
  std::vector<Route> routes_;
  std::vector<LinkId> hops_;
};

// The random draws of one packet, found by position: a draw that nobody needs costs nothing, and
// whether it is needed never shifts another.
class PacketDraws {
 public:
  enum Position : std::uint32_t { loss, duplication, reordering, jitter };  // jitter: and onwards

  // By names and not by numbers, so that other nodes never change a packet's weather. `index`
  // counts the sender's packets.
  static PacketDraws at(std::uint64_t seed, std::uint64_t from, std::uint64_t to,
                        std::uint64_t index);
  // Independent draws for something else that befalls the same packet: its copy, a fault.
  PacketDraws branch(std::uint64_t of) const { return {{mix(first_.state, of)}}; }
  Random from(std::uint32_t position) const { return {first_.state + position * kGamma}; }
  std::uint64_t bits(std::uint32_t position) const { return from(position).bits(); }

 private:
  static constexpr std::uint64_t kGamma = 0x9e3779b97f4a7c15ull;  // the step of Random
  PacketDraws(Random first) : first_(first) {}
  Random first_;
};

// What befalls one packet apart from queues.
struct Weather {
  bool lost = false;
  bool duplicated = false;
  bool reordered = false;
  Duration more;            // beyond latency: jitter and reordering
  Duration duplicate_more;  // the same for the copy, if there is one
};

// Sum of the jitters that `path` lists. Requires: !path.many_jitters.
inline Duration jitter_of(const PathSum& path, const Topology& topology, PacketDraws draws) {
  Duration more;
  for (std::uint32_t i = 0; i < path.jitter_count; ++i) {
    Random draw = draws.from(PacketDraws::jitter + i);
    more.ns += static_cast<std::int64_t>(quantile(draw, topology.jitter(path.jitters[i])));
  }
  return more;
}

// Requires: path.plain().
inline Weather fair_weather(const PathSum& path, const Topology& topology, PacketDraws draws) {
  Weather w;
  if (path.lost_below != 0) w.lost = draws.bits(PacketDraws::loss) < path.lost_below;
  if (path.reordered_below != 0)
    w.reordered = draws.bits(PacketDraws::reordering) < path.reordered_below;
  w.more = jitter_of(path, topology, draws);
  if (w.reordered) w.more += path.reorder_by;
  if (path.duplicated_below != 0 && draws.bits(PacketDraws::duplication) < path.duplicated_below) {
    w.duplicated = true;
    w.duplicate_more = jitter_of(path, topology, draws.branch(1));
  }
  return w;
}

// When and for whom bursts are asked about.
struct Moment {
  std::uint64_t seed = 0;
  Time sent;
};

// As fair_weather, for any route. Bursts are judged at the time when a packet that waits nowhere
// passes the link.
Weather weather(const Route& route, std::span<const LinkId> links, const Topology& topology,
                PacketDraws draws, Moment moment);
// Of one link that is not in the topology: what a fault lays between two nodes. `entity` is the
// fault's name; the draws are those of the packet, which other faults use too.
Weather weather(const Link& link, std::uint64_t entity, const Topology& topology, PacketDraws draws,
                Moment moment);

// The queues and radios that a packet meets.
struct Lines {
  std::vector<LinkState>& shared;  // by LinkId
  HostLinks& sender;
  HostLinks& receiver;
};
struct Packet {
  Bytes size;
  Time now;  // it stands before hop `hop` of its route at this time
  std::uint32_t hop = 0;
};
struct Progress {
  enum class Kind : std::uint8_t {
    arrived,  // or will have, at `at`
    further,  // it reaches the queue of hop `hop` at `at`: ask again then
    dropped,  // the queue of hop `hop` was full
  };
  Kind kind = Kind::arrived;
  Time at;
  std::uint32_t hop = 0;
};
// Takes a packet as far as can be told now: through the queue before it, if it stands before one,
// and on to the next. A queue is only asked at the time when the packet gets there, so that packets
// from near and far enter it in the right order: each queue after the first costs an event. Radios
// are asked ahead of time, which is exact to within the time a packet is under way.
Progress advance(const Topology& topology, std::span<const LinkId> links, Lines lines,
                 const Packet& packet);

}  // namespace cleave
