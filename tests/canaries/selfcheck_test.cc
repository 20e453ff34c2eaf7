// Nodes that leak nondeterminism on purpose: each must be caught by the selfcheck, and the first
// event in which two runs differ must be named. A selfcheck that has never failed is untested.
#include "sim/explore/selfcheck.h"

#include "sim/engine/context.h"
#include "sim/engine/node.h"
#include "sim/scenario/build.h"
#include "sim/scenario/load.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <variant>

namespace cleave {
namespace {

struct Tick {
  static constexpr std::string_view name = "tick";
  std::uint64_t value = 0;
  CLEAVE_DESCRIBE(value)
};
struct Leak {
  static constexpr std::string_view name = "leak";
  std::uint64_t value = 0;
  CLEAVE_DESCRIBE(value)
};

constexpr std::uint64_t kTicks = 2000;
constexpr std::uint64_t kLeakAt = 1500;  // well into the second chunk of the trace

// Ticks every millisecond and leaks once, by a message to its peer that a datagram carries.
template <class Source>
struct Canary {
  static constexpr std::string_view kind = Source::kind;
  NodeId peer;
  struct Memory {
    std::uint64_t heard = 0;
    CLEAVE_DESCRIBE(heard)
  } memory;
  CLEAVE_DESCRIBE(peer, memory)
  using Receives = std::variant<Start, Tick, Leak>;

  void on(const Start& /*start*/, NodeId /*self*/, Context& ctx) {
    ctx.start_timer(Duration{1'000'000}, Tick{1});
  }
  void on(const Tick& tick, NodeId /*self*/, Context& ctx) {
    if (tick.value == kLeakAt) ctx.send_datagram(peer, Leak{Source::draw()});
    if (tick.value < kTicks) ctx.start_timer(Duration{1'000'000}, Tick{tick.value + 1});
  }
  void on(const Leak& leak, NodeId /*from*/, Context& /*ctx*/) { memory.heard = leak.value; }
};

// Says the same in every run.
struct Honest {
  static constexpr std::string_view kind = "honest";
  static std::uint64_t draw() { return 7; }
};
// Counts across runs in one process.
struct StaticCounter {
  static constexpr std::string_view kind = "counter";
  static std::uint64_t draw() {
    static std::uint64_t drawn = 0;
    return ++drawn;
  }
};
// Depends on where the allocator puts things.
struct HeapAddress {
  static constexpr std::string_view kind = "address";
  static std::uint64_t draw() {
    const auto something = std::make_unique<std::uint64_t[]>(100);
    return reinterpret_cast<std::uintptr_t>(something.get());
  }
};

template <class Source>
World two_canaries() {
  Topology topology;
  const PlaceId here = topology.add_region("here");
  World world(1, std::move(topology));
  world.add("left", world.add_host("left", here), Canary<Source>{{1}, {}});
  world.add("right", world.add_host("right", here), Canary<Source>{{0}, {}});
  return world;
}

constexpr Time kEnd{5'000'000'000};

TEST(Selfcheck, finds_nothing_where_there_is_nothing) {
  const Selfcheck check = selfcheck(two_canaries<Honest>, kEnd);
  EXPECT_FALSE(check.difference) << check.difference->text();
  EXPECT_GT(check.fingerprint.events, 2 * kTicks);
  EXPECT_GT(check.fingerprint.trail.size(), 1u);
}

TEST(Selfcheck, names_the_event_of_a_static_counter) {
  const Selfcheck check = selfcheck(two_canaries<StaticCounter>, kEnd);
  ASSERT_TRUE(check.difference);
  EXPECT_EQ(check.difference->how, "the second run in one process");
  EXPECT_EQ(check.difference->chunk, 2u);
  ASSERT_TRUE(check.difference->first && check.difference->second);
  // The leak is seen where it arrives: 1 ms after tick 1500 of the left one.
  EXPECT_EQ(check.difference->first->record.time_ns, 1'501'000'000);
  EXPECT_EQ(check.difference->text(),
            "the second run in one process differs, first in event " +
                std::to_string(check.difference->first->event.value) +
                ": at 1.501 s: delivery from left to right, with other content");
}

TEST(Selfcheck, names_the_event_of_a_heap_address) {
  const Selfcheck check = selfcheck(two_canaries<HeapAddress>, kEnd);
  ASSERT_TRUE(check.difference);
  ASSERT_TRUE(check.difference->first && check.difference->second);
  EXPECT_EQ(check.difference->first->text, "at 1.501 s: delivery from left to right");
  EXPECT_NE(check.difference->first->record.payload, check.difference->second->record.payload);
}

TEST(Selfcheck, finds_where_trails_part) {
  const std::vector<Hash128> a{{1, 1}, {2, 2}, {3, 3}};
  const std::vector<Hash128> b{{1, 1}, {9, 9}, {8, 8}};
  const std::vector<Hash128> c{{1, 1}};
  EXPECT_EQ(first_difference(a, a), std::nullopt);
  EXPECT_EQ(first_difference(a, b), 1u);
  EXPECT_EQ(first_difference(a, c), 1u);
  EXPECT_EQ(first_difference(c, a), 1u);
}

TEST(Selfcheck, gives_the_records_of_a_chunk) {
  const World world = two_canaries<Honest>();
  const auto second = records_of_chunk(world, kEnd, 1);
  ASSERT_EQ(second.size(), TraceDigest::kRecordsPerChunk);
  const auto first = records_of_chunk(world, kEnd, 0);
  ASSERT_EQ(first.size(), TraceDigest::kRecordsPerChunk);
  EXPECT_LE(first.back().event, second.front().event);
  EXPECT_LE(first.back().record.time_ns, second.front().record.time_ns);
  EXPECT_TRUE(records_of_chunk(world, kEnd, 1000).empty());
}

// What holds for a toy holds for a whole scenario.
TEST(Selfcheck, finds_nothing_in_the_tutorial) {
  const Loaded loaded = load_file("scenarios/tutorial/01-first-cut.yaml");
  const Scenario& scenario = loaded.configurations[0].scenario;
  const Selfcheck check =
      selfcheck([&] { return build(scenario, scenario.seed).world; }, scenario.run_for);
  EXPECT_FALSE(check.difference) << check.difference->text();
}

}  // namespace
}  // namespace cleave
