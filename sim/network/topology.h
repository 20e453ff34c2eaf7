// The network as a directed graph: regions and access points are vertices, links are edges. Hosts
// attach to places; a topology has tens of them, not one for each host. It is a value that copies
// of a World share: what changes as packets pass lives in LinkStates, found routes in Routes.
#pragma once
#include "sim/base/id.h"
#include "sim/base/time.h"
#include "sim/network/access_profiles.h"
#include "sim/network/link.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cleave {

using PlaceId = Id<struct PlaceTag, std::uint16_t>;  // index of a vertex in its topology

struct Place {
  enum class Kind : std::uint8_t { region, access_point };
  std::string name;  // "us-east", or "us-east/4g" for an access point
  Kind kind = Kind::region;
  PlaceId region;  // an access point's, or itself
};

struct DirectedLink {
  PlaceId from, to;
  Link link;
  std::uint64_t entity = 0;  // hash of its name: what its weather is drawn by
};

// Between two machines of one region in different zones: 2 ms there and back, as cloud providers
// publish (0.1 ms within a zone, 1.75 to 2.43 ms between zones).
constexpr Link kLocalLink{.latency = Duration{1'000'000}};

// Invariants: (1) names are distinct; (2) latencies are not negative; (3) every change that can
// alter a route raises epoch().
class Topology {
 public:
  // Requires: a name not used before. `local` joins hosts of the region with one another.
  PlaceId add_region(std::string_view name, const Link& local = kLocalLink);
  // An access point of the region, with a link each way. Hosts there speak through their region.
  // Two calls with the same region and profile name the same place.
  PlaceId add_access_point(PlaceId region, const AccessProfile& profile);
  // One direction. Parallel links are allowed; the one with the least latency is used.
  LinkId add_link(PlaceId from, PlaceId to, const Link& link);
  // Both directions, alike: from a to b and from b to a.
  std::pair<LinkId, LinkId> connect(PlaceId a, PlaceId b, const Link& link);
  // A quantile table in nanoseconds: at least two knots, in order. Equal tables share an index.
  JitterId add_jitter(std::span<const std::uint64_t> knots);

  std::optional<PlaceId> find(std::string_view name) const;
  // Links from one place straight to another, in order of creation.
  std::vector<LinkId> links_between(PlaceId from, PlaceId to) const;
  std::span<const Place> places() const { return places_; }
  std::span<const DirectedLink> links() const { return links_; }
  const Place& place(PlaceId id) const { return places_[id.value]; }
  const DirectedLink& link(LinkId id) const { return links_[id.value]; }
  std::span<const std::uint64_t> jitter(JitterId id) const { return jitter_[id.value]; }
  std::uint64_t epoch() const { return epoch_; }

  // By index of the place to go to: the links of a shortest path by latency; of paths with equal
  // latency one with the fewest links, of those the one whose last link has the lowest number, and
  // so on backwards. Nothing if there is no way. From a place to itself: by its local link; from an
  // access point to itself: to its region and back.
  using Path = std::optional<std::vector<LinkId>>;
  std::vector<Path> shortest_paths(PlaceId from) const;
  // Strongly connected components: places that can all reach one another.
  // Each in order of id, and they in order of their first.
  std::vector<std::vector<PlaceId>> components() const;

 private:
  PlaceId add_place(Place place);
  std::vector<Path> paths_elsewhere(PlaceId from) const;
  Path path_home(PlaceId place, const std::vector<Path>& out) const;
  std::vector<Place> places_;
  std::vector<DirectedLink> links_;
  std::vector<std::vector<std::uint64_t>> jitter_;
  std::uint64_t epoch_ = 1;
};

}  // namespace cleave
