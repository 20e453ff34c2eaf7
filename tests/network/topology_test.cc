#include "sim/network/topology.h"

#include "sim/base/assert.h"
#include "sim/network/route.h"
#include "tests/network/seed.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <string>
#include <vector>

namespace cleave {
namespace {

Link after(Duration latency) {
  return Link{.latency = latency};
}

struct ThreeRegions : testing::Test {
  Topology topology;
  PlaceId east = topology.add_region("east");
  PlaceId west = topology.add_region("west");
  PlaceId north = topology.add_region("north");
  LinkId east_west = topology.connect(east, west, after(87_ms)).first;
  LinkId east_north = topology.connect(east, north, after(20_ms)).first;
  LinkId north_west = topology.connect(north, west, after(30_ms)).first;
  Routes routes;

  std::vector<LinkId> links(PlaceId from, PlaceId to) {
    const Route* route = routes.find(topology, from, to);
    if (!route) return {};
    const auto found = routes.links(*route);
    return {found.begin(), found.end()};
  }
  std::optional<Duration> latency(PlaceId from, PlaceId to) {
    const Route* route = routes.find(topology, from, to);
    if (!route) return {};
    return route->sum.latency;
  }
};

TEST_F(ThreeRegions, least_latency_wins_over_fewest_links) {
  EXPECT_EQ(links(east, west), (std::vector<LinkId>{east_north, north_west}));
  EXPECT_EQ(latency(east, west), 50_ms);
  EXPECT_EQ(latency(west, east), 50_ms);
}

TEST_F(ThreeRegions, fewest_links_win_a_tie) {
  const LinkId direct = topology.add_link(east, west, after(50_ms));
  EXPECT_EQ(links(east, west), std::vector<LinkId>{direct});
}

TEST_F(ThreeRegions, lowest_link_wins_among_parallel_ones) {
  topology.add_link(east, west, after(10_ms));
  const LinkId first = topology.add_link(east, west, after(5_ms));
  topology.add_link(east, west, after(5_ms));
  EXPECT_EQ(links(east, west), std::vector<LinkId>{first});
}

TEST_F(ThreeRegions, additions_are_seen_at_once) {
  EXPECT_EQ(latency(east, west), 50_ms);
  topology.add_link(north, west, after(25_ms));
  EXPECT_EQ(latency(east, west), 45_ms);
  EXPECT_EQ(latency(west, east), 50_ms);  // the other direction is as it was
  const PlaceId south = topology.add_region("south");
  EXPECT_EQ(latency(east, south), std::nullopt);
  EXPECT_EQ(latency(east, south), std::nullopt);  // remembered
  topology.add_link(east, south, after(1_ms));
  EXPECT_EQ(latency(east, south), 1_ms);
  EXPECT_EQ(latency(south, east), std::nullopt);
}

TEST_F(ThreeRegions, two_hosts_of_a_region_use_its_local_link) {
  EXPECT_EQ(latency(east, east), 1_ms);
  topology.add_link(east, east, after(2_ms));
  EXPECT_EQ(links(east, east), std::vector{topology.links_between(east, east).front()});
  topology.add_link(east, east, after(100_us));
  EXPECT_EQ(links(east, east), std::vector{topology.links_between(east, east).back()});
}

TEST_F(ThreeRegions, copies_go_their_own_ways) {
  EXPECT_EQ(latency(east, west), 50_ms);
  Topology other = topology;
  Routes others = routes;
  other.add_link(east, west, after(10_ms));
  EXPECT_EQ(others.find(other, east, west)->sum.latency, 10_ms);
  EXPECT_EQ(latency(east, west), 50_ms);
}

TEST_F(ThreeRegions, sums_what_lies_on_the_way) {
  Link lossy = after(10_ms);
  lossy.lost_below = threshold(1, 2);
  topology.add_link(east, north, lossy);
  Link narrow = after(20_ms);
  narrow.lost_below = threshold(1, 2);
  narrow.bandwidth = {1'000'000};
  topology.add_link(north, west, narrow);
  const Route* route = routes.find(topology, east, west);
  EXPECT_EQ(route->sum.lost_below, threshold(3, 4));
  EXPECT_TRUE(route->sum.queues);
  EXPECT_TRUE(routes.find(topology, west, east)->sum.plain());
}

// ---- access points ------------------------------------------------------------------------------

TEST_F(ThreeRegions, access_points_lie_behind_their_region) {
  const AccessProfile& wifi = *find_access_profile("wifi");
  const PlaceId home = topology.add_access_point(east, wifi);
  EXPECT_EQ(topology.place(home).name, "east/wifi");
  EXPECT_EQ(topology.place(home).kind, Place::Kind::access_point);
  EXPECT_EQ(topology.place(home).region, east);
  EXPECT_EQ(topology.add_access_point(east, wifi), home);
  EXPECT_NE(topology.add_access_point(west, wifi), home);
  const Duration floor = access_delay(wifi.rtt / 2).floor;
  EXPECT_EQ(latency(home, east), floor);
  EXPECT_EQ(latency(home, west), floor + 50_ms);
  EXPECT_EQ(latency(home, home), floor * 2);  // to the region and back
  EXPECT_EQ(links(home, home).size(), 2u);
}

TEST_F(ThreeRegions, an_access_link_queues_on_the_hosts_own_line) {
  const PlaceId street = topology.add_access_point(east, *find_access_profile("3g"));
  const Link up = topology.link(topology.links_between(street, east).front()).link;
  const Link down = topology.link(topology.links_between(east, street).front()).link;
  EXPECT_EQ(up.queue_of, QueueOf::sender);
  EXPECT_EQ(down.queue_of, QueueOf::receiver);
  EXPECT_EQ(up.bandwidth.bits_per_second, 768'000);
  EXPECT_EQ(down.bandwidth.bits_per_second, 1'600'000);
  EXPECT_EQ(up.promotion, 2_s);
  EXPECT_EQ(down.promotion, 2_s);
}

// ---- the graph ----------------------------------------------------------------------------------

TEST(Topology, finds_places_by_name) {
  Topology topology;
  const PlaceId a = topology.add_region("a");
  const PlaceId b = topology.add_region("b");
  EXPECT_EQ(topology.find("a"), a);
  EXPECT_EQ(topology.find("b"), b);
  EXPECT_EQ(topology.find("c"), std::nullopt);
  EXPECT_THROW(topology.add_region("a"), EngineBug);
}

TEST(Topology, equal_jitter_tables_share_an_index) {
  Topology topology;
  const JitterId a = topology.add_jitter(std::array<std::uint64_t, 2>{0, 5});
  EXPECT_NE(topology.add_jitter(std::array<std::uint64_t, 3>{0, 5, 6}), a);
  EXPECT_EQ(topology.add_jitter(std::array<std::uint64_t, 2>{0, 5}), a);
  const std::array<std::uint64_t, 2> falling{5, 0};
  EXPECT_THROW(topology.add_jitter(falling), EngineBug);
  EXPECT_THROW(topology.add_jitter(std::array<std::uint64_t, 1>{5}), EngineBug);
}

TEST(Topology, links_are_named_by_their_ends) {
  Topology one;
  const LinkId there = one.connect(one.add_region("a"), one.add_region("b"), after(1_ms)).first;
  Topology other;
  other.add_region("z");
  const PlaceId b = other.add_region("b");
  const PlaceId a = other.add_region("a");
  const auto [same, back] = other.connect(a, b, after(9_ms));
  const LinkId parallel = other.add_link(a, b, after(9_ms));
  EXPECT_EQ(one.link(there).entity, other.link(same).entity);
  EXPECT_NE(other.link(back).entity, other.link(same).entity);
  EXPECT_NE(other.link(parallel).entity, other.link(same).entity);
}

TEST(Topology, components_are_strongly_connected) {
  Topology topology;
  std::vector<PlaceId> p;
  for (const char* name : {"a", "b", "c", "d"})
    p.push_back(topology.add_region(name));
  topology.add_link(p[0], p[2], after(1_ms));
  topology.add_link(p[2], p[3], after(1_ms));
  topology.add_link(p[0], p[1], after(1_ms));  // nothing leads back
  using Components = std::vector<std::vector<PlaceId>>;
  EXPECT_EQ(topology.components(), (Components{{p[0]}, {p[1]}, {p[2]}, {p[3]}}));
  topology.add_link(p[3], p[0], after(1_ms));
  EXPECT_EQ(topology.components(), (Components{{p[0], p[2], p[3]}, {p[1]}}));
}

// ---- against brute force ------------------------------------------------------------------------

struct Cost {
  std::int64_t ns = std::numeric_limits<std::int64_t>::max() / 4;
  std::int64_t links = 0;
  auto operator<=>(const Cost&) const = default;
};
Cost operator+(Cost a, Cost b) {
  return {a.ns + b.ns, a.links + b.links};
}
constexpr Cost kNever{};

std::vector<std::vector<Cost>> floyd_warshall(const Topology& topology) {
  const std::size_t n = topology.places().size();
  std::vector<std::vector<Cost>> d(n, std::vector<Cost>(n));
  for (std::size_t i = 0; i < n; ++i)
    d[i][i] = {0, 0};
  for (const DirectedLink& l : topology.links())
    d[l.from.value][l.to.value] = std::min(d[l.from.value][l.to.value], Cost{l.link.latency.ns, 1});
  for (std::size_t via = 0; via < n; ++via)
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        d[i][j] = std::min(d[i][j], d[i][via] + d[via][j]);
  return d;
}

Topology random_topology(Random& r) {
  Topology topology;
  const std::uint64_t n = 2 + r.below(7);
  for (std::uint64_t i = 0; i < n; ++i)
    topology.add_region(std::to_string(i));
  const std::uint64_t links = r.below(3 * n + 1);
  const std::uint64_t longest = 1 + r.below(6);  // short ones tie often, and 0 is a latency
  for (std::uint64_t i = 0; i < links; ++i) {
    const auto from = static_cast<std::uint16_t>(r.below(n));
    const auto to = static_cast<std::uint16_t>(r.below(n));
    topology.add_link({from}, {to}, after({static_cast<std::int64_t>(r.below(longest))}));
  }
  return topology;
}

// The path is one of least cost, and its last link the lowest that one of least cost can end in.
void expect_canonical(const Topology& topology, const std::vector<Cost>& from_here,
                      std::vector<LinkId> path, PlaceId to) {
  for (; !path.empty(); path.pop_back()) {
    const DirectedLink& last = topology.link(path.back());
    ASSERT_EQ(last.to, to);
    std::uint32_t lowest = 0;
    for (;; ++lowest) {
      const DirectedLink& l = topology.links()[lowest];
      const Cost cost = from_here[l.from.value] + Cost{l.link.latency.ns, 1};
      if (l.to == to && cost == from_here[to.value]) break;
    }
    ASSERT_EQ(path.back(), LinkId{lowest});
    to = last.from;
  }
  ASSERT_EQ(from_here[to.value], (Cost{0, 0}));
}

TEST(Routes, agree_with_floyd_warshall) {
  SCOPED_TRACE("CLEAVE_TEST_SEED=" + std::to_string(test::seed()));
  for (std::uint64_t i = 0; i < 500; ++i) {
    SCOPED_TRACE("graph " + std::to_string(i));
    Random r = test::draws(1, i);
    const Topology topology = random_topology(r);
    const auto shortest = floyd_warshall(topology);
    Routes routes;
    const auto n = static_cast<std::uint16_t>(shortest.size());
    for (std::uint16_t from = 0; from < n; ++from)
      for (std::uint16_t to = 0; to < n; ++to) {
        if (from == to) continue;
        const Cost cost = shortest[from][to];
        const Route* route = routes.find(topology, {from}, {to});
        ASSERT_EQ(route != nullptr, cost < kNever) << from << " to " << to;
        if (!route) continue;
        ASSERT_EQ(route->sum.latency.ns, cost.ns);
        const auto links = routes.links(*route);
        expect_canonical(topology, shortest[from], {links.begin(), links.end()}, {to});
      }
  }
}

}  // namespace
}  // namespace cleave
