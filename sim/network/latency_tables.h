// Round-trip times between cloud regions, as published, so that a scenario can say where its
// regions are and nothing more. Tables are symmetric; a link takes half a round trip each way.
#pragma once
#include "sim/base/time.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace cleave {

struct LatencyTable {
  struct Region {
    std::string_view name;  // the provider's
    std::string_view city;
    std::span<const std::string_view> aliases;
  };
  using Row = std::array<std::int32_t, 10>;
  std::string_view name;
  std::string_view source;
  std::span<const Region> regions;
  std::span<const Row> rtt_ms;       // above the diagonal; 0 where none was published
  std::span<const Row> distance_km;  // great circle between the cities, above the diagonal
  // Where none was published: a line fitted to the others, over the distance. Tables of this kind
  // scatter widely about it (R^2 0.66 and 0.79).
  std::int64_t base_us = 0;
  std::int64_t ns_per_km = 0;
};

struct RoundTrip {
  enum class Origin : std::uint8_t { published, estimated };
  Duration rtt;
  Origin origin = Origin::published;
};

std::span<const LatencyTable> latency_tables();
const LatencyTable* find_latency_table(std::string_view name);  // null if there is none
// Index of a region by its provider's name or an alias.
std::optional<std::size_t> find_region(const LatencyTable& table, std::string_view name);
// In either order. Nothing if the table does not know one of the regions, or the two are one.
std::optional<RoundTrip> round_trip(const LatencyTable& table, std::string_view a,
                                    std::string_view b);
// The names and aliases that the table knows, for messages.
std::vector<std::string_view> known_regions(const LatencyTable& table);

}  // namespace cleave
