// Round-trip times between cloud regions, as published, so that a scenario can say where its
// regions are and nothing more. Tables are symmetric; a link takes half a round trip each way.
#pragma once
#include "sim/base/time.h"
#include "sim/network/topology.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {

struct LatencyTable {
  struct Region {
    std::string_view name;  // the provider's
    std::string_view city;
    std::span<const std::string_view> aliases;
  };
  std::string_view name;
  std::string_view source;
  std::span<const Region> regions;
  std::span<const std::int32_t> rtt_us;       // regions by regions, upper half; 0: not published
  std::span<const std::int32_t> distance_km;  // great circle between the cities, likewise
  // Where no time was published: a line fitted to the others, over the distance.
  std::int32_t base_us = 0;
  std::int32_t us_per_1000_km = 0;
};

struct RoundTrip {
  Duration rtt;
  bool estimated = false;  // from the distance, by the fitted line
};

std::span<const LatencyTable> latency_tables();
const LatencyTable* find_latency_table(std::string_view name);  // null if there is none
// Index of a region by its provider's name or an alias.
std::optional<std::size_t> find_region(const LatencyTable& table, std::string_view name);
// Nothing if the table does not know one of the regions, or the two are one.
std::optional<RoundTrip> round_trip(const LatencyTable& table, std::string_view a,
                                    std::string_view b);
// The names and aliases that the table knows, for messages.
std::vector<std::string_view> known_regions(const LatencyTable& table);

}  // namespace cleave
