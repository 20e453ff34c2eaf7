// The network of a scenario: a region for each name, links as the latency table and the scenario's
// own `links` say. Regions that nothing joins directly are reached by way of others.
#pragma once
#include "sim/base/time.h"
#include "sim/network/topology.h"
#include "sim/scenario/scenario.h"

#include <optional>
#include <string>
#include <string_view>

namespace cleave {

// One way, from the scenario's links or half a round trip of the table; nothing if neither says.
std::optional<Duration> latency_between(const TopologySpec& spec, std::string_view from,
                                        std::string_view to);

// Regions are the first places, in the order of the scenario. Access points are not in it yet.
Topology build_topology(const TopologySpec& spec);

struct Whereabouts {
  std::string region;
  std::string device;  // a kind of topology.access; empty: in the region itself
};
// The access point, which is made if need be, or the region.
PlaceId place_of(Topology& topology, const TopologySpec& spec, const Whereabouts& where);

}  // namespace cleave
