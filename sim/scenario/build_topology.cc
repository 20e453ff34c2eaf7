#include "sim/scenario/build_topology.h"

#include "sim/base/assert.h"
#include "sim/network/access_profiles.h"
#include "sim/network/latency_tables.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace cleave {
namespace {

const LinkSpec* find_link(const TopologySpec& spec, std::string_view from, std::string_view to) {
  const auto link = std::find_if(spec.links.begin(), spec.links.end(),
                                 [&](const LinkSpec& l) { return l.from == from && l.to == to; });
  return link == spec.links.end() ? nullptr : &*link;
}

Link link_of(const LinkSpec& spec, Topology& topology) {
  Link link;
  if (spec.jitter && spec.jitter->ns > 0) {
    const std::array<std::uint64_t, 2> uniform{0, static_cast<std::uint64_t>(spec.jitter->ns)};
    link.jitter = topology.add_jitter(uniform);
  }
  if (spec.loss) link.lost_below = spec.loss->below;
  if (spec.duplicate) link.duplicated_below = spec.duplicate->below;
  if (spec.reorder) {
    link.reordered_below = spec.reorder->probability.below;
    link.reorder_by = spec.reorder->by;
  }
  link.bursts = spec.bursts;
  if (spec.bandwidth) link.bandwidth = *spec.bandwidth;
  if (spec.queue) link.queue = *spec.queue;
  return link;
}

}  // namespace

std::optional<Duration> latency_between(const TopologySpec& spec, std::string_view from,
                                        std::string_view to) {
  const LinkSpec* link = find_link(spec, from, to);
  if (link && link->latency) return link->latency;
  const LatencyTable* table = spec.latency.empty() ? nullptr : find_latency_table(spec.latency);
  const auto trip = table ? round_trip(*table, from, to) : std::nullopt;
  return trip ? std::optional(trip->rtt / 2) : std::nullopt;
}

Topology build_topology(const TopologySpec& spec) {
  Topology topology;
  for (const std::string& region : spec.regions)
    topology.add_region(region, {.latency = spec.local_round_trip / 2});
  const auto regions = static_cast<std::uint16_t>(spec.regions.size());
  for (std::uint16_t from = 0; from < regions; ++from) {
    for (std::uint16_t to = 0; to < regions; ++to) {
      const auto latency = latency_between(spec, spec.regions[from], spec.regions[to]);
      if (from == to || !latency) continue;
      const LinkSpec* said = find_link(spec, spec.regions[from], spec.regions[to]);
      Link link = said ? link_of(*said, topology) : Link{};
      link.latency = *latency;
      topology.add_link({from}, {to}, link);
    }
  }
  return topology;
}

PlaceId place_of(Topology& topology, const TopologySpec& spec, const Whereabouts& where) {
  const auto region = topology.find(where.region);
  CLEAVE_CHECK(region, "who is somewhere is in a region of the topology");
  if (where.device.empty()) return *region;
  const auto access = std::find_if(spec.access.begin(), spec.access.end(),
                                   [&](const auto& a) { return a.first == where.device; });
  CLEAVE_CHECK(access != spec.access.end(), "a kind of device is one of the topology");
  const AccessProfile* profile = find_access_profile(access->second);
  CLEAVE_CHECK(profile, "a device's access profile is known");
  return topology.add_access_point(*region, *profile);
}

}  // namespace cleave
