// One packet at a time through the World: exact times of arrival, and what each rule does.
#include "sim/engine/world.h"
#include "tests/support/toy_nodes.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace cleave {
namespace {

using namespace literals;
using toys::Ask;
using toys::Heard;
using toys::Listener;
using toys::Parcel;

struct Line {  // one listener at each end of a link
  World world;
  NodeId east, west;
  explicit Line(const Link& link, std::uint64_t seed = 1) : world(seed, toys::two_regions(link)) {
    east = add("east/0", 0);
    west = add("west/0", 1);
  }
  NodeId add(const std::string& name, std::uint16_t region) {
    return world.add(name, world.add_host(name, PlaceId{region}), Listener{});
  }
  template <class M>
  void send(const M& m) {
    world.act(east, [&](Context& ctx) { ctx.send_datagram(west, m); });
  }
  const std::vector<Heard>& heard() const { return world.node<Listener>(west).heard; }
};

const Link kTenMilliseconds{.latency = Duration{10'000'000}};

// The figures of ns-3 3.37 for a point-to-point link of 1 Mbit/s and 10 ms.
TEST(Packets, queue_behind_one_another_on_a_slow_link) {
  Link link = kTenMilliseconds;
  link.bandwidth = {1'000'000};
  Line line(link);
  line.world.run_until(Time{} + 1_s);
  for (std::uint32_t i = 0; i < 3; ++i)
    line.send(Parcel{i, 1000});
  line.world.run_until(Time{} + 2_s);
  const std::vector<Heard> expected{{0, 1'018'240'000}, {1, 1'026'480'000}, {2, 1'034'720'000}};
  EXPECT_EQ(line.heard(), expected);
}

TEST(Packets, a_full_queue_drops_the_tail) {
  Link link = kTenMilliseconds;
  link.bandwidth = {1'000'000};
  link.queue = {2 * 1030};
  Line line(link);
  for (std::uint32_t i = 0; i < 5; ++i)
    line.send(Parcel{i, 1000});
  line.world.run_until(Time{} + 1_s);
  EXPECT_EQ(line.heard().size(), 2u);
}

TEST(Packets, wait_at_each_slow_link_of_a_route) {
  Topology topology;
  const PlaceId a = topology.add_region("a");
  const PlaceId b = topology.add_region("b");
  const PlaceId c = topology.add_region("c");
  Link fast = kTenMilliseconds;
  fast.bandwidth = {8'240'000};  // 1030 bytes take 1 ms
  Link slow = kTenMilliseconds;
  slow.bandwidth = {824'000};  // and 10 ms
  topology.connect(a, b, fast);
  topology.connect(b, c, slow);
  World world(1, topology);
  const NodeId from = world.add("from", world.add_host("from", a), Listener{});
  const NodeId to = world.add("to", world.add_host("to", c), Listener{});
  world.act(from, [&](Context& ctx) {
    ctx.send_datagram(to, Parcel{0, 1000});
    ctx.send_datagram(to, Parcel{1, 1000});
  });
  world.run_until(Time{} + 1_s);
  // 1 + 10 + 10 + 10 ms; the second finds the slow link busy until then.
  const std::vector<Heard> expected{{0, 31'000'000}, {1, 41'000'000}};
  EXPECT_EQ(world.node<Listener>(to).heard, expected);
}

TEST(Packets, of_one_host_take_no_time) {
  Line line(kTenMilliseconds);
  const NodeId other = line.world.add("east/1", line.world.host_of(line.east), Listener{});
  line.world.act(line.east, [&](Context& ctx) {
    ctx.send_datagram(other, Ask{1, 0, 0});
    ctx.send(other, Ask{2, 0, 0});
  });
  line.world.run_until(Time{} + 1_s);
  EXPECT_EQ(line.world.node<Listener>(other).heard, (std::vector<Heard>{{1, 0}, {2, 0}}));
}

// ---- faults on the way --------------------------------------------------------------------------

Fault between(Verb verb, Duration duration, std::uint64_t probability = 0) {
  return {.name = "fault",
          .verb = verb,
          .at = Time{},
          .groups = {{{.text = "east"}}, {{.text = "west"}}},
          .duration = duration,
          .probability = probability};
}

struct Case {
  const char* what;
  Fault fault;
  std::vector<Heard> heard;  // of one datagram sent at 1 s
  std::uint64_t FaultEffect::*effect;
};

TEST(Packets, obey_each_rule) {
  const std::vector<Case> cases{
      {"cut", between(Verb::cut, {}), {}, &FaultEffect::dropped},
      {"cut one way", between(Verb::cut_one_way, {}), {}, &FaultEffect::dropped},
      {"delay", between(Verb::delay, 5_ms), {{7, 1'015'000'000}}, &FaultEffect::delayed},
      {"certain loss", between(Verb::loss, {}, UINT64_MAX), {}, &FaultEffect::dropped},
      {"certain duplicate",
       between(Verb::duplicate, {}, UINT64_MAX),
       {{7, 1'010'000'000}, {7, 1'010'000'000}},
       &FaultEffect::duplicated},
      {"certain reorder",
       between(Verb::reorder, 30_ms, UINT64_MAX),
       {{7, 1'040'000'000}},
       &FaultEffect::delayed},
      {"hold", between(Verb::hold, {}), {}, &FaultEffect::delayed},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    Line line(kTenMilliseconds);
    const FaultId id = line.world.schedule(c.fault);
    line.world.run_until(Time{} + 1_s);
    line.send(Ask{7, 0, 0});
    line.world.run_until(Time{} + 2_s);
    EXPECT_EQ(line.heard(), c.heard);
    EXPECT_EQ(line.world.effect(id).*c.effect, 1u);
  }
}

TEST(Packets, of_the_other_direction_pass_a_one_way_cut) {
  Line line(kTenMilliseconds);
  Fault fault = between(Verb::cut_one_way, {});
  std::swap(fault.groups[0], fault.groups[1]);
  const FaultId id = line.world.schedule(fault);
  line.world.run_until(Time{} + 1_s);
  line.send(Ask{7, 0, 0});
  line.world.run_until(Time{} + 2_s);
  EXPECT_EQ(line.heard(), (std::vector<Heard>{{7, 1'010'000'000}}));
  EXPECT_EQ(line.world.effect(id).dropped, 0u);
}

// What a thousand datagrams from east to west meet on a link that loses, duplicates and reorders.
std::vector<Heard> heard_in_foul_weather(const std::optional<Fault>& fault, const char* elsewhere) {
  Link link = kTenMilliseconds;
  link.lost_below = threshold(1, 4);
  link.duplicated_below = threshold(1, 8);
  link.reordered_below = threshold(1, 3);
  link.reorder_by = 3_ms;
  Line line(link);
  line.add(elsewhere, 1);
  if (fault) line.world.schedule(*fault);
  line.world.run_until(Time{} + 1_s);
  for (std::uint64_t i = 0; i < 1000; ++i)
    line.send(Ask{i, 0, 0});
  line.world.run_until(Time{} + 2_s);
  return line.heard();
}

TEST(Packets, meet_the_same_weather_whatever_befalls_others) {
  Fault fault = between(Verb::loss, {}, UINT64_MAX);
  fault.groups[1] = {{.text = "west/1"}};
  const std::vector<Heard> heard = heard_in_foul_weather({}, "west/1");
  EXPECT_GT(heard.size(), 500u);
  EXPECT_EQ(heard_in_foul_weather(fault, "west/1"), heard);
}

TEST(Packets, meet_the_same_weather_under_a_fault_and_then_what_it_adds) {
  std::vector<Heard> expected = heard_in_foul_weather({}, "west/1");
  for (Heard& heard : expected)
    heard.at_ns += 5'000'000;
  EXPECT_EQ(heard_in_foul_weather(between(Verb::delay, 5_ms), "west/1"), expected);
}

TEST(Packets, share_the_bandwidth_that_a_fault_leaves) {
  Line line(kTenMilliseconds);
  Fault fault = between(Verb::bandwidth, {});
  fault.rate = {1'000'000};
  line.world.schedule(fault);
  line.world.run_until(Time{} + 1_s);
  for (std::uint32_t i = 0; i < 3; ++i)
    line.send(Parcel{i, 1000});
  line.world.run_until(Time{} + 2_s);
  const std::vector<Heard> expected{{0, 1'018'240'000}, {1, 1'026'480'000}, {2, 1'034'720'000}};
  EXPECT_EQ(line.heard(), expected);
}

TEST(Packets, in_flight_are_lost_with_a_cut) {
  Line line(kTenMilliseconds);
  Fault fault = between(Verb::cut, {});
  fault.at = Time{} + 5_ms;
  fault.lasts = 1_s;
  const FaultId id = line.world.schedule(fault);
  line.send(Ask{7, 0, 0});
  line.world.run_until(Time{} + 2_s);
  EXPECT_TRUE(line.heard().empty());
  EXPECT_EQ(line.world.effect(id).dropped, 1u);
  line.send(Ask{8, 0, 0});
  line.world.run_until(Time{} + 3_s);
  EXPECT_EQ(line.heard().size(), 1u) << "the cut ended by itself";
}

TEST(Packets, held_arrive_when_released_in_order) {
  Line line(kTenMilliseconds);
  Fault fault = between(Verb::hold, {});
  fault.lasts = 1_s;
  line.world.schedule(fault);
  line.world.run_until(Time{} + 1_ms);
  for (std::uint64_t i = 0; i < 3; ++i)
    line.send(Ask{i, 0, 0});
  line.world.run_until(Time{} + 2_s);
  const std::vector<Heard> expected{{0, 1'000'000'000}, {1, 1'000'000'000}, {2, 1'000'000'000}};
  EXPECT_EQ(line.heard(), expected);
}

// Loss, counted: within four standard deviations of the mean.
TEST(Packets, are_lost_as_often_as_the_link_says) {
  Link link = kTenMilliseconds;
  link.lost_below = threshold(1, 10);
  Line line(link);
  constexpr std::uint64_t kSent = 20'000;
  for (std::uint64_t i = 0; i < kSent; ++i)
    line.send(Ask{i, 0, 0});
  line.world.run_until(Time{} + 2_s);
  const auto lost = static_cast<std::int64_t>(kSent - line.heard().size());
  EXPECT_NEAR(static_cast<double>(lost), 2000.0, 4 * 42.4);
}

TEST(Packets, a_flapping_cut_comes_and_goes) {
  Line line(kTenMilliseconds);
  Fault fault = between(Verb::cut, {});
  fault.at = Time{} + 100_ms;
  fault.lasts = 500_ms;
  fault.flap_every = 100_ms;  // cut in [100,200), [300,400), [500,600)
  const FaultId id = line.world.schedule(fault);
  for (std::int64_t ms = 0; ms < 1000; ms += 50) {
    line.world.run_until(Time{} + Duration{ms * 1'000'000 + 1});
    line.send(Ask{static_cast<std::uint64_t>(ms), 0, 0});
  }
  line.world.run_until(Time{} + 2_s);
  std::vector<std::uint64_t> got;
  for (const Heard& h : line.heard())
    got.push_back(h.value);
  const std::vector<std::uint64_t> expected{0,   50,  200, 250, 400, 450, 600,
                                            650, 700, 750, 800, 850, 900, 950};
  EXPECT_EQ(got, expected);
  EXPECT_EQ(line.world.effect(id).begun, 3u);
  EXPECT_EQ(line.world.effect(id).dropped, 6u);
}

TEST(Packets, heal_ends_what_it_names) {
  Line line(kTenMilliseconds);
  line.world.schedule(between(Verb::cut, {}));
  const FaultId heal = line.world.schedule(
      {.name = "repair", .verb = Verb::heal, .at = Time{} + 1_s, .target = "fault"});
  line.world.run_until(Time{} + 2_s);
  EXPECT_EQ(line.world.effect(heal).ended, 1u);
  line.send(Ask{1, 0, 0});
  line.world.run_until(Time{} + 3_s);
  EXPECT_EQ(line.heard().size(), 1u);
}

TEST(Packets, what_was_healed_does_not_flap_on) {
  for (const Duration healed : {150_ms, 250_ms}) {  // while it is on, and while it is away
    SCOPED_TRACE(healed.ns);
    Line line(kTenMilliseconds);
    Fault fault = between(Verb::cut, {});
    fault.at = Time{} + 100_ms;
    fault.flap_every = 100_ms;
    const FaultId id = line.world.schedule(fault);
    const auto heal = [&](Time at) {
      return line.world.schedule(
          {.name = "repair", .verb = Verb::heal, .at = at, .target = "fault"});
    };
    const FaultId once = heal(Time{} + healed);
    const FaultId again = heal(Time{} + 1_s);
    line.world.run_until(Time{} + 2_s);
    EXPECT_EQ(line.world.effect(id).begun, 1u);
    EXPECT_FALSE(line.world.fault_active(id));
    EXPECT_EQ(line.world.effect(once).ended, 1u);
    EXPECT_EQ(line.world.effect(again).ended, 0u) << "there was nothing left to heal";
  }
}

TEST(Packets, heal_of_all_ends_what_concerns_the_network_and_nothing_else) {
  Line line(kTenMilliseconds);
  const FaultId cut = line.world.schedule(between(Verb::cut, {}));
  Fault crash{.name = "crash", .verb = Verb::crash, .groups = {{{.text = "west"}}}};
  const FaultId down = line.world.schedule(crash);
  line.world.schedule({.name = "repair", .verb = Verb::heal, .at = Time{} + 1_s});
  line.world.run_until(Time{} + 2_s);
  EXPECT_FALSE(line.world.fault_active(cut));
  EXPECT_TRUE(line.world.fault_active(down));
}

}  // namespace
}  // namespace cleave
