// A connection between two nodes, one in the east and one in the west, to be sent over and cut.
#pragma once
#include "sim/engine/world.h"
#include "tests/support/toy_nodes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cleave {

using toys::Ask;
using toys::Heard;
using toys::Listener;

struct Line {
  World world;
  NodeId east, west;
  explicit Line(const Link& link, std::uint64_t seed = 1) : world(seed, toys::two_regions(link)) {
    east = world.add("east/0", world.add_host("east/0", PlaceId{0}), Listener{});
    west = world.add("west/0", world.add_host("west/0", PlaceId{1}), Listener{});
  }
  void send(std::uint64_t value) { send(east, west, value); }
  void send(NodeId from, NodeId to, std::uint64_t value) {
    world.act(from, [&](Context& ctx) { ctx.send(to, Ask{value, 0, 0}); });
  }
  void at(Duration when) { world.run_until(Time{} + when); }
  const Listener& listener(NodeId id) const { return world.node<Listener>(id); }
  std::vector<std::uint64_t> values(NodeId id) const {
    std::vector<std::uint64_t> v;
    for (const Heard& h : listener(id).heard)
      v.push_back(h.value);
    return v;
  }
  FaultId fault(Verb verb, Duration at, std::optional<Duration> lasts,
                std::vector<std::string> groups) {
    Fault fault{.name = "fault", .verb = verb, .at = Time{} + at, .lasts = lasts};
    for (const std::string& group : groups)
      fault.groups.push_back({{.text = group}});
    return world.schedule(fault);
  }
};

inline const Link kTenMilliseconds{.latency = Duration{10'000'000}};
constexpr std::int64_t kMs = 1'000'000;

}  // namespace cleave
