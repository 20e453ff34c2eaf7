// Shortest routes, found when first asked for and forgotten when the topology grows, and the
// weather on them. Each World owns its Routes, so that worlds in two threads may share a topology.
#pragma once
#include "sim/base/distribution.h"
#include "sim/base/name.h"
#include "sim/base/random.h"
#include "sim/base/time.h"
#include "sim/network/link.h"
#include "sim/network/topology.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cleave {

// Links in series, summed up. When `plain`, the sum is all there is to know: no link has a queue,
// bursts or a radio that sleeps. Otherwise a packet must take them one by one.
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
                        std::uint64_t index) {
    return PacketDraws(Random::at(seed, Purpose("packet").hash, from ^ std::rotl(to, 32), index));
  }
  // Independent draws for something else that befalls the same packet: its copy, a fault.
  PacketDraws branch(std::uint64_t of) const { return PacketDraws({mix(first_.state, of)}); }
  Random from(std::uint32_t position) const { return {first_.state + position * kGamma}; }
  std::uint64_t bits(std::uint32_t position) const { return from(position).bits(); }

 private:
  static constexpr std::uint64_t kGamma = 0x9e3779b97f4a7c15ull;  // the step of Random
  explicit PacketDraws(Random first) : first_(first) {}
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

constexpr std::uint64_t kCopy = 1;  // the branch of a duplicate's draws

// Sum of the jitters that `path` lists. Requires: !path.many_jitters.
inline Duration jitter_of(const PathSum& path, const Topology& topology, PacketDraws draws) {
  Duration more;
  for (std::uint32_t i = 0; i < path.jitter_count; ++i) {
    Random draw = draws.from(PacketDraws::jitter + i);
    more.ns += static_cast<std::int64_t>(quantile(draw, topology.jitter(path.jitters[i])));
  }
  return more;
}

// Bursts are not asked about: see burst_loss. Requires: !path.many_jitters.
inline Weather fair_weather(const PathSum& path, const Topology& topology, PacketDraws draws) {
  Weather w;
  if (path.lost_below != 0) w.lost = draws.bits(PacketDraws::loss) < path.lost_below;
  if (path.reordered_below != 0)
    w.reordered = draws.bits(PacketDraws::reordering) < path.reordered_below;
  w.more = jitter_of(path, topology, draws);
  if (w.reordered) w.more += path.reorder_by;
  if (path.duplicated_below != 0 && draws.bits(PacketDraws::duplication) < path.duplicated_below) {
    w.duplicated = true;
    w.duplicate_more = jitter_of(path, topology, draws.branch(kCopy));
  }
  return w;
}

}  // namespace cleave
