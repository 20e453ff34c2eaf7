#include "sim/engine/world.h"

#include "sim/engine/timeline.h"
#include "tests/support/toy_nodes.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace cleave {
namespace {

using namespace literals;
using toys::Ask;
using toys::Listener;
using toys::Tick;

struct Busy {
  std::string name;
  std::function<World(std::uint64_t seed)> make;
};

std::vector<Busy> busy_worlds() {
  return {{"holders", [](std::uint64_t s) { return toys::holders(s, 50, 500); }},
          {"talkers", [](std::uint64_t s) { return toys::talkers(s, 50, 500); }},
          {"letters", [](std::uint64_t s) { return toys::letters(s, 50, 200); }},
          {"keepers", [](std::uint64_t s) { return toys::keepers(s, 40, 200); }}};
}

TEST(World, same_seed_same_bits_other_seed_other_bits) {
  for (const Busy& busy : busy_worlds()) {
    SCOPED_TRACE(busy.name);
    World a = busy.make(7);
    World b = busy.make(7);
    World c = busy.make(8);
    for (World* w : {&a, &b, &c})
      w->run(20'000);
    EXPECT_EQ(a.digest(), b.digest());
    EXPECT_NE(a.digest(), c.digest());
    EXPECT_EQ(a.state_digest(), b.state_digest());
  }
}

TEST(World, a_copy_equals_the_original_and_runs_on_alike) {
  for (const Busy& busy : busy_worlds()) {
    SCOPED_TRACE(busy.name);
    World original = busy.make(7);
    original.run(10'000);
    World copy = original;
    EXPECT_EQ(copy.digest(), original.digest());
    copy.run(10'000);
    EXPECT_NE(copy.digest(), original.digest()) << "the copy's steps are its own";
    original.run(10'000);
    EXPECT_EQ(copy.digest(), original.digest());
  }
}

TEST(World, a_copy_differs_only_by_what_is_done_to_it) {
  World original = toys::talkers(7, 50, 500);
  original.run(5'000);
  World changed = original;
  World untouched = original;
  changed.schedule({.name = "stop",
                    .verb = Verb::crash,
                    .at = changed.now(),
                    .groups = {{{.text = "talker/3"}}}});
  for (World* w : {&original, &changed, &untouched})
    w->run(5'000);
  EXPECT_EQ(original.digest(), untouched.digest());
  EXPECT_NE(original.digest(), changed.digest());
}

TEST(World, copies_run_in_threads_of_their_own) {
  World original = toys::keepers(7, 40, 200);
  original.run(10'000);
  std::vector<World> copies(4, original);
  std::vector<std::thread> threads;
  for (World& copy : copies)
    threads.emplace_back([&copy] { copy.run(10'000); });
  original.run(10'000);
  for (std::thread& thread : threads)
    thread.join();
  for (const World& copy : copies)
    EXPECT_EQ(copy.digest(), original.digest());
}

TEST(World, watching_changes_nothing) {
  struct Counter : Observer {
    std::uint64_t records = 0, facts = 0;
    using Observer::on;
    void on(const Record& /*record*/, EventId /*event*/) override { ++records; }
    void on(const Fact& /*fact*/) override { ++facts; }
  } counter;
  World watched = toys::talkers(7, 50, 500);
  World alone = watched;
  const std::uint64_t before = watched.trace().records();
  watched.run(10'000, kForever, &counter);
  alone.run(10'000);
  EXPECT_EQ(watched.digest(), alone.digest());
  EXPECT_EQ(counter.records, watched.trace().records() - before);
  EXPECT_GT(counter.facts, 0u);
}

// ---- time and timers ----------------------------------------------------------------------------

struct Pair {
  World world{1, toys::two_regions()};
  NodeId east = world.add("east/0", world.add_host("east/0", PlaceId{0}), Listener{});
  NodeId west = world.add("west/0", world.add_host("west/0", PlaceId{1}), Listener{});
  const std::vector<toys::Heard>& heard(NodeId id) const { return world.node<Listener>(id).heard; }
};

TEST(World, timers_fire_in_order_of_time_then_of_start) {
  Pair p;
  p.world.act(p.east, [](Context& ctx) {
    ctx.start_timer(3_ms, Tick{3});
    ctx.start_timer(1_ms, Tick{1});
    ctx.start_timer(3_ms, Tick{4});
    ctx.start_timer(0_ms, Tick{0});
  });
  p.world.run_until(Time{} + 1_s);
  const std::vector<toys::Heard> expected{{0, 0}, {1, 1'000'000}, {3, 3'000'000}, {4, 3'000'000}};
  EXPECT_EQ(p.heard(p.east), expected);
  EXPECT_EQ(p.world.now(), Time{} + 1_s);
}

TEST(World, a_cancelled_timer_does_not_fire_and_its_slot_is_reused) {
  Pair p;
  TimerId first;
  p.world.act(p.east, [&](Context& ctx) {
    first = ctx.start_timer(5_ms, Tick{1});
    ctx.cancel(first);
    ctx.start_timer(5_ms, Tick{2});  // takes the slot of the first
    ctx.cancel(first);               // stale: does nothing
  });
  p.world.act(p.west, [&](Context& ctx) { ctx.cancel(first); });  // not its own: does nothing
  EXPECT_EQ(p.world.pending(), 3u);                               // two starts and the second timer
  p.world.run_until(Time{} + 1_s);
  EXPECT_EQ(p.heard(p.east), (std::vector<toys::Heard>{{2, 5'000'000}}));
}

TEST(World, many_cancelled_timers_are_swept) {
  Pair p;
  for (int round = 0; round < 100; ++round)
    p.world.act(p.east, [](Context& ctx) {
      for (int i = 0; i < 1000; ++i)
        ctx.cancel(ctx.start_timer(1_s, Tick{}));
    });
  EXPECT_EQ(p.world.pending(), 2u);
  EXPECT_LT(p.world.queue_bytes(), 400'000u);
}

struct Hasty {
  static constexpr std::string_view kind = "hasty";
  using Receives = std::variant<Tick>;
  std::uint64_t unused = 0;
  CLEAVE_DESCRIBE(unused)
  void on(const Tick&, NodeId, Context& ctx) { ctx.start_timer(Duration{-1}, Tick{}); }
};

struct Spinner {
  static constexpr std::string_view kind = "spinner";
  using Receives = std::variant<Tick>;
  std::uint64_t turns = 0;
  CLEAVE_DESCRIBE(turns)
  void on(const Tick&, NodeId, Context& ctx) {
    ++turns;
    ctx.start_timer(Duration{0}, Tick{});
  }
};

TEST(World, a_timer_in_the_past_is_a_bug_of_the_model) {
  World world(1, toys::two_regions());
  const NodeId id = world.add("hasty", world.add_host("hasty", PlaceId{0}), Hasty{});
  world.act(id, [](Context& ctx) { ctx.start_timer(7_ms, Tick{}); });
  world.run_until(Time{} + 1_s);
  ASSERT_TRUE(world.failure());
  EXPECT_EQ(world.failure()->kind, Failure::Kind::model_assertion);
  EXPECT_EQ(world.failure()->at, Time{} + 7_ms);
  EXPECT_EQ(world.failure()->node, id);
  EXPECT_NE(world.failure()->what.find("not started in the past"), std::string::npos);
  EXPECT_FALSE(world.step()) << "a failed run does not go on";
}

TEST(World, a_loop_without_delay_stops_the_run) {
  World world(1, toys::two_regions(), {.events_per_instant = 1000});
  const NodeId id = world.add("spinner", world.add_host("spinner", PlaceId{0}), Spinner{});
  world.act(id, [](Context& ctx) { ctx.start_timer(1_ms, Tick{}); });
  world.run_until(Time{} + 1_s);
  ASSERT_TRUE(world.failure());
  EXPECT_EQ(world.failure()->kind, Failure::Kind::zero_delay_loop);
  EXPECT_EQ(world.failure()->node, id);
  EXPECT_EQ(world.node<Spinner>(id).turns, 1000u);
}

// A message of a connection is known by its stream and number until it is delivered.
TEST(World, a_flood_over_one_connection_stops_the_run_and_names_its_receiver) {
  World world(1, toys::two_regions(), {.events_per_instant = 1000});
  const NodeId east = world.add("east", world.add_host("east", PlaceId{0}), toys::Listener{});
  const NodeId west = world.add("west", world.add_host("west", PlaceId{1}), toys::Listener{});
  world.act(east, [&](Context& ctx) {
    for (std::uint64_t i = 0; i <= 1000; ++i)
      ctx.send(west, toys::Ask{i, 0, 0});
  });
  world.run_until(Time{} + 1_s);
  ASSERT_TRUE(world.failure());
  EXPECT_EQ(world.failure()->node, west);
}

TEST(World, a_message_outside_receives_is_traced_as_not_understood) {
  struct Kinds : Observer {
    std::vector<RecordKind> kinds;
    using Observer::on;
    void on(const Record& r, EventId /*event*/) override { kinds.push_back(r.kind()); }
  } seen;
  Pair p;
  p.world.act(p.east, [&](Context& ctx) { ctx.send_datagram(p.west, toys::Letter{}); });
  p.world.run_until(Time{} + 1_s, &seen);
  EXPECT_EQ(seen.kinds.back(), RecordKind::not_understood);
  EXPECT_TRUE(p.heard(p.west).empty());
}

TEST(World, a_message_newer_than_the_node_is_not_understood_until_the_upgrade) {
  Pair p;
  p.world.schedule({.name = "upgrade",
                    .verb = Verb::upgrade,
                    .at = Time{} + 1_s,
                    .groups = {{{.text = "west/0"}}},
                    .version = 2});
  const auto send = [&] {
    p.world.act(p.east, [&](Context& ctx) { ctx.send_datagram(p.west, toys::Novelty{5}); });
  };
  send();
  p.world.run_until(Time{} + 500_ms);
  EXPECT_TRUE(p.heard(p.west).empty());
  p.world.run_until(Time{} + 2_s);
  send();
  p.world.run_until(Time{} + 3_s);
  EXPECT_EQ(p.heard(p.west).size(), 1u);
  EXPECT_EQ(p.world.node<Listener>(p.west).starts, 2u);
}

// ---- the timeline -------------------------------------------------------------------------------

TEST(Timeline, seeks_back_and_forth_to_the_same_bits) {
  World world = toys::keepers(7, 40, 200);
  Timeline timeline(world);
  std::vector<Hash128> digests;
  std::vector<Time> times;
  for (int i = 0; i < 40; ++i) {
    digests.push_back(world.digest());
    times.push_back(world.now());
    world.run(1'000);
  }
  Random random{3};
  timeline.seek(EventId{39'000});
  for (int i = 0; i < 60; ++i) {
    const std::size_t at = random.below(40);
    timeline.seek(EventId{at * 1'000});
    ASSERT_EQ(timeline.world().digest(), digests[at]) << at;
  }
  for (int i = 0; i < 20; ++i) {
    const std::size_t at = random.below(40);
    timeline.seek(times[at]);
    ASSERT_LE(timeline.world().now(), times[at]);
    ASSERT_TRUE(!timeline.world().next() || *timeline.world().next() > times[at]);
  }
}

TEST(Timeline, has_the_clock_of_a_run_up_to_that_time_or_event) {
  const World start = toys::holders(7, 20, 50);
  Timeline timeline(start);
  World run = start;
  run.run_until(Time{} + 3_s);
  timeline.seek(Time{} + 3_s);
  EXPECT_EQ(timeline.world().digest(), run.digest());
  const EventId last = run.event();
  timeline.seek(last);
  World events = start;
  events.run(last.value);
  EXPECT_EQ(timeline.world().digest(), events.digest()) << "not between two events any more";
  EXPECT_LT(timeline.world().now(), Time{} + 3_s);
}

TEST(Timeline, does_not_run_past_a_time_at_which_only_a_cancelled_timer_was_due) {
  const World start = toys::keepers(7, 40, 200);  // who cancel their retries
  Timeline timeline(start);
  timeline.seek(Time{} + 20_s);
  Random random{5};
  for (int i = 0; i < 200; ++i) {
    const Time at{static_cast<std::int64_t>(random.below(20'000'000'000))};
    timeline.seek(at);
    ASSERT_EQ(timeline.world().now(), at);
  }
}

TEST(Timeline, takes_over_keyframes_of_a_run) {
  const World start = toys::holders(7, 20, 50);
  Timeline timeline(start);
  World run = start;
  while (run.run(500) == 500 && run.event().value < 10'000)
    timeline.keep(run);
  EXPECT_EQ(timeline.keyframes(), 1 + 9'500 / Timeline::kFirstSpacing);
  timeline.seek(EventId{6'000});
  World events = start;
  events.run(6'000);
  EXPECT_EQ(timeline.world().digest(), events.digest());
}

TEST(Timeline, keeps_a_bounded_number_of_keyframes) {
  Timeline timeline(toys::holders(7, 20, 50));
  timeline.seek(EventId{500'000});
  EXPECT_LE(timeline.keyframes(), Timeline::kMostKeyframes);
  EXPECT_GE(timeline.keyframes(), Timeline::kMostKeyframes / 4);
  EXPECT_EQ(timeline.world().event(), EventId{500'000});
}

}  // namespace
}  // namespace cleave
