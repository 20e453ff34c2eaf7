// What the parts of a scenario come to when they are right.
#include "sim/network/access_profiles.h"
#include "sim/scenario/build.h"
#include "sim/scenario/build_topology.h"
#include "sim/scenario/load.h"
#include "sim/scenario/workload.h"
#include "tests/scenario/story.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {
namespace {

using test::kStory;
using test::with;

Scenario read(const std::string& text) {
  return load_text("story.yaml", text).configurations.at(0).scenario;
}

// ---- topology ---------------------------------------------------------------------------------
const Link& link_between(const Topology& topology, std::string_view from, std::string_view to) {
  const auto links = topology.links_between(*topology.find(from), *topology.find(to));
  EXPECT_EQ(links.size(), 1u) << from << " to " << to;
  return topology.link(links.at(0)).link;
}

TEST(ReadTopology, takes_half_a_round_trip_of_the_table) {
  const Topology topology = build_topology(read(std::string(kStory)).topology);
  EXPECT_EQ(link_between(topology, "us-east", "us-west").latency, Duration{43'500'000});
  EXPECT_EQ(link_between(topology, "us-west", "us-east").latency, Duration{43'500'000});
}

TEST(ReadTopology, lays_one_direction_over_both) {
  const Scenario scenario = read(with(kStory, "regions: [us-east, us-west]",
                                      R"(regions: [us-east, us-west]
  links:
    - {from: us-east, to: us-west, latency: 100ms, loss: 50%}
    - {between: [us-west, us-east], rtt: 20ms, jitter: 4ms, duplicate: 25%, bandwidth: 1Mbit/s,
       queue: 64kB, reorder: {probability: 50%, by: 3ms}, bursts: {to_bad: 25%, to_good: 50%}})"));
  const Topology topology = build_topology(scenario.topology);
  const Link& east = link_between(topology, "us-east", "us-west");
  const Link& west = link_between(topology, "us-west", "us-east");
  EXPECT_EQ(east.latency, Duration{100'000'000});
  EXPECT_EQ(west.latency, Duration{10'000'000});
  EXPECT_EQ(east.lost_below, 1ull << 63);
  EXPECT_EQ(west.lost_below, 0u);
  for (const Link* link : {&east, &west}) {
    ASSERT_TRUE(link->jitter);
    const auto knots = topology.jitter(*link->jitter);
    EXPECT_EQ(std::vector<std::uint64_t>(knots.begin(), knots.end()),
              (std::vector<std::uint64_t>{0, 4'000'000}));
    EXPECT_EQ(link->duplicated_below, 1ull << 62);
    EXPECT_EQ(link->bandwidth, BitRate{1'000'000});
    EXPECT_EQ(link->queue, Bytes{64'000});
    EXPECT_EQ(link->reordered_below, 1ull << 63);
    EXPECT_EQ(link->reorder_by, Duration{3'000'000});
    EXPECT_EQ(link->bursts,
              (BurstyLoss{Duration{10'000'000}, 1ull << 62, 1ull << 63, 0, UINT64_MAX}));
  }
}

TEST(ReadTopology, needs_no_table_if_links_say_it_all) {
  const Scenario scenario = read(with(kStory, "latency: aws-2017\n  regions: [us-east, us-west]",
                                      R"(regions: [us-east, mid, us-west]
  links: [{between: [us-east, mid], rtt: 10ms}, {between: [mid, us-west], rtt: 30ms}])"));
  const Topology topology = build_topology(scenario.topology);
  const PlaceId west = *topology.find("us-west");
  const auto path = topology.shortest_paths(*topology.find("us-east"))[west.value];
  ASSERT_TRUE(path);
  EXPECT_EQ(path->size(), 2u);
}

TEST(ReadTopology, sets_what_is_local_and_how_long_connections_try) {
  const Scenario scenario =
      read(with(kStory, "regions: [us-east, us-west]",
                "regions: [us-east, us-west]\n  local_rtt: 500us\n"
                "  connections: {minimum_timeout: 1s, maximum_timeout: 8s, retries: 3}"));
  EXPECT_EQ(scenario.topology.connections.minimum_timeout, Duration{1'000'000'000});
  EXPECT_EQ(scenario.topology.connections.maximum_timeout, Duration{8'000'000'000});
  EXPECT_EQ(scenario.topology.connections.retries, 3u);
  const Topology topology = build_topology(scenario.topology);
  EXPECT_EQ(link_between(topology, "us-east", "us-east").latency, Duration{250'000});
}

// ---- who --------------------------------------------------------------------------------------
TEST(Build, places_everyone) {
  const Scenario scenario = read(
      with(kStory, "replicas: {us-east: 1, us-west: 1}", "replicas: {us-west: 2, us-east: 1}"));
  const Built built = build(scenario, 1);
  const World& world = built.world;
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < world.node_count(); ++i)
    names.emplace_back(world.name(NodeId{i}));
  EXPECT_EQ(names, (std::vector<std::string>{"accounts/us-west/0", "accounts/us-west/1",
                                             "accounts/us-east/0", "accounts/monitor", "east/0",
                                             "east/1", "west/0"}));
  EXPECT_EQ(built.cast.replicas, (std::vector<std::vector<NodeId>>{{{0}, {1}, {2}}}));
  EXPECT_EQ(built.cast.clients, (std::vector<std::vector<NodeId>>{{{4}, {5}}, {{6}}}));
  EXPECT_EQ(world.fault_count(), 1u);
  EXPECT_EQ(world.store_name(StoreId{0}), "accounts");
  const auto place = [&](std::uint32_t node) {
    return world.topology().place(world.host(world.host_of(NodeId{node})).place).name;
  };
  EXPECT_EQ(place(2), "us-east");
  EXPECT_EQ(place(4), "us-east");
  EXPECT_EQ(place(6), "us-west/4g");
}

TEST(Build, lists_the_nearest_replica_first) {
  const Built built = build(read(std::string(kStory)), 1);
  const auto access = [&](std::uint32_t node) {
    return built.world.node<models::store::WorkloadClient>(NodeId{node}).stores.at(0);
  };
  EXPECT_EQ(access(3).replicas, (std::vector<NodeId>{{0}, {1}}));  // east/0
  EXPECT_EQ(access(5).replicas, (std::vector<NodeId>{{1}, {0}}));  // west/0
  EXPECT_EQ(access(3).routing, models::store::Routing::nearest);
  const Built roaming =
      build(read(with(kStory, "{count: 2, region", "{routing: roaming, count: 2, region")), 1);
  EXPECT_EQ(roaming.world.node<models::store::WorkloadClient>(NodeId{3}).stores.at(0).routing,
            models::store::Routing::roaming);
}

TEST(Build, sets_clocks_as_the_scenario_says) {
  const std::string text =
      with(kStory, "{count: 2, region",
           "{clock_offset: 5s, clock_spread: 1s, drift: 20ppm, count: 50, region");
  const auto offsets = [&](std::uint64_t seed) {
    const Built built = build(read(text), seed);
    std::vector<std::int64_t> all;
    for (const NodeId client : built.cast.clients.at(0)) {
      const Clock& clock = built.world.host(built.world.host_of(client)).clock;
      EXPECT_EQ(clock.drift_ppb, 20'000);
      all.push_back(clock.offset.ns);
    }
    return all;
  };
  const std::vector<std::int64_t> first = offsets(1);
  EXPECT_GE(*std::min_element(first.begin(), first.end()), 4'000'000'000);
  EXPECT_LE(*std::max_element(first.begin(), first.end()), 6'000'000'000);
  EXPECT_GT(std::set<std::int64_t>(first.begin(), first.end()).size(), 45u);
  EXPECT_EQ(offsets(1), first);
  EXPECT_NE(offsets(2), first);
}

// ---- what they do -----------------------------------------------------------------------------
models::store::Load load_of(const Scenario& scenario, std::uint32_t group, std::uint32_t index) {
  return client_of(scenario, {group, {}}, index, loads_of(scenario)).loads.at(0);
}

TEST(Workload, clients_take_turns_in_an_open_loop) {
  const Scenario scenario = read(std::string(kStory));  // east/0, west/0, east/1: 10 ms each
  const auto from = [&](std::uint32_t group, std::uint32_t index) {
    const models::store::Load load = load_of(scenario, group, index);
    EXPECT_EQ(std::get<models::store::OpenLoop>(load.pace).every, Duration{30'000'000});
    return load.from.ns;
  };
  EXPECT_EQ(from(0, 0), 0);
  EXPECT_EQ(from(1, 0), 10'000'000);
  EXPECT_EQ(from(0, 1), 20'000'000);
  EXPECT_EQ(load_of(scenario, 0, 0).until, Time{40'000'000'000});
}

TEST(Workload, clients_of_unequal_groups_take_turns) {
  const Scenario scenario = read(with(kStory, "{count: 2, region", "{count: 4, region"));
  std::vector<std::int64_t> from{load_of(scenario, 1, 0).from.ns};
  for (std::uint32_t i = 0; i < 4; ++i)
    from.push_back(load_of(scenario, 0, i).from.ns);
  EXPECT_EQ(from, (std::vector<std::int64_t>{10'000'000, 0, 20'000'000, 30'000'000, 40'000'000}));
}

TEST(Workload, rate_is_the_same_as_every) {
  for (const auto& [rate, every_ns] :
       std::vector<std::pair<std::string, std::int64_t>>{{"200/s", 5'000'000},
                                                         {"3/s", 333'333'333},
                                                         {"30/m", 2'000'000'000},
                                                         {"1/h", 3'600'000'000'000}}) {
    const Scenario scenario = read(with(kStory, "every: 10ms", "rate: " + rate));
    EXPECT_EQ(scenario.workload.at(0).every, Duration{every_ns}) << rate;
  }
}

TEST(Workload, says_all_that_a_client_can_be_told) {
  const Scenario scenario = read(with(
      kStory,
      "{to: 40s, every: 10ms, by: [east, west], do: write, on: accounts, key: \"user-{0..9}\"}",
      "{from: 1s, in_flight: 3, think: 2s, by: west, do: {add: 3, reserve: 1}, object: counter, "
      "on: accounts, key: \"a{5..14}b\", zipf: 0.99, amount: -2, bound: 7, consistency: strong, "
      "deadline: 4s, answer_within: 3s, retries: 2, backoff: 1s, most_backoff: 2s}"));
  const models::store::WorkloadClient client = client_of(scenario, {1, {}}, 0, loads_of(scenario));
  EXPECT_EQ(client.name, "west/0");
  const models::store::Load& load = client.loads.at(0);
  EXPECT_EQ(load.from, Time{1'000'000'000});
  EXPECT_EQ(load.until, Time{60'000'000'000});
  EXPECT_EQ(std::get<models::store::ClosedLoop>(load.pace).in_flight, 3u);
  EXPECT_EQ(std::get<models::store::ClosedLoop>(load.pace).think, Duration{2'000'000'000});
  EXPECT_EQ(load.type, ObjectType::counter);
  ASSERT_EQ(load.mix.size(), 2u);
  EXPECT_EQ(load.mix[0].action, Action::add);
  EXPECT_EQ(load.mix[0].weight, 3u);
  EXPECT_EQ(load.keys.count(), 10u);
  EXPECT_EQ(load.keys.name(9), "a14b");
  EXPECT_EQ(std::get<Zipf>(load.key_choice).law(), (ZipfLaw{10, 990}));
  EXPECT_EQ(load.number, -2);
  EXPECT_EQ(load.bound, 7);
  EXPECT_EQ(load.reads, models::store::Consistency::strong);
  EXPECT_EQ(load.patience.deadline, Duration{4'000'000'000});
  EXPECT_EQ(load.patience.answer_within, Duration{3'000'000'000});
  EXPECT_EQ(load.patience.retries, 2u);
  EXPECT_EQ(load.patience.backoff, Duration{1'000'000'000});
  EXPECT_EQ(load.patience.most_backoff, Duration{2'000'000'000});
  // A group that is not named does nothing.
  EXPECT_TRUE(client_of(scenario, {0, {}}, 0, loads_of(scenario)).loads.empty());
}

TEST(Workload, has_the_defaults_of_the_client) {
  const models::store::Load load = load_of(read(std::string(kStory)), 0, 0);
  const models::store::Patience patience;
  EXPECT_EQ(load.patience.deadline, patience.deadline);
  EXPECT_EQ(load.patience.answer_within, patience.answer_within);
  EXPECT_EQ(load.patience.retries, patience.retries);
  EXPECT_EQ(load.patience.backoff, patience.backoff);
  EXPECT_EQ(load.patience.most_backoff, patience.most_backoff);
}

TEST(Workload, takes_the_first_type_that_has_the_actions) {
  for (const auto& [actions, type] : std::vector<std::pair<std::string, ObjectType>>{
           {"write", ObjectType::reg},
           {"{raise: 1, read: 1}", ObjectType::max_register},
           {"{add: 1, remove: 1}", ObjectType::set},
           {"append", ObjectType::log},
           {"{append: 1, acknowledge: 1}", ObjectType::queue},
           {"reserve", ObjectType::counter},
           {"{put: 1, take: 1}", ObjectType::pool},
           {"write, object: map", ObjectType::map},
           {"add, object: counter", ObjectType::counter}}) {
    const Scenario scenario = read(with(kStory, "do: write", "do: " + actions));
    EXPECT_EQ(to_string(scenario.workload.at(0).object), to_string(type)) << actions;
  }
}

// ---- what is claimed --------------------------------------------------------------------------
TEST(ReadExpectations, knows_every_judge) {
  const Scenario scenario =
      read(with(kStory, "  - {converges: accounts, within: 10s, after: split}",
                R"(  - {converges: accounts, within: 10s}
  - {lost-acknowledged-writes: accounts, verdict: violated}
  - {available: accounts, group: [west, east], during: split, at_least: 99.9%}
  - {available: accounts, verdict: vacuous}
  - {fifo: accounts, verdict: undecided})"));
  ASSERT_EQ(scenario.expect.size(), 5u);
  const auto& converges = std::get<Converges>(scenario.expect[0].claim);
  EXPECT_EQ(converges.within, Duration{10'000'000'000});
  EXPECT_EQ(converges.after, std::nullopt);
  EXPECT_EQ(scenario.expect[0].name, "converges accounts within 10s");
  EXPECT_EQ(scenario.expect[0].line, 18u);
  EXPECT_TRUE(std::holds_alternative<LostAcknowledgedWrites>(scenario.expect[1].claim));
  EXPECT_EQ(scenario.expect[1].expected, Word::violated);
  const auto& available = std::get<Available>(scenario.expect[2].claim);
  EXPECT_EQ(available.groups, (std::vector<std::uint32_t>{1, 0}));
  EXPECT_EQ(available.during, 0u);
  EXPECT_EQ(scenario.expect[2].name,
            "available accounts to west, east during split, at least 99.9%");
  EXPECT_EQ(std::get<Available>(scenario.expect[3].claim).groups,
            (std::vector<std::uint32_t>{0, 1}));
  EXPECT_TRUE(std::get<Available>(scenario.expect[3].claim).at_least.always);
  EXPECT_EQ(scenario.expect[3].expected, Word::vacuous);
  EXPECT_TRUE(std::holds_alternative<FifoOrder>(scenario.expect[4].claim));
  EXPECT_EQ(scenario.expect[4].expected, Word::undecided);

  const Built built = build(scenario, 1);
  for (const Expectation& expectation : scenario.expect)
    EXPECT_NE(make_judge(expectation.claim, scenario, built), nullptr) << expectation.name;
  EXPECT_EQ(property_of(scenario.expect[0].claim), Property::liveness);
  EXPECT_EQ(property_of(scenario.expect[1].claim), Property::safety);
  EXPECT_EQ(property_of(scenario.expect[2].claim), Property::liveness);
  EXPECT_EQ(property_of(scenario.expect[4].claim), Property::safety);
}

}  // namespace
}  // namespace cleave
