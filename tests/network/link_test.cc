#include "sim/network/link.h"

#include "sim/network/route.h"
#include "sim/network/topology.h"

#include <gtest/gtest.h>

#include <vector>

namespace cleave {
namespace {

constexpr BitRate kMegabit{1'000'000};
constexpr BitRate kGigabit{1'000'000'000};

// ns-3 3.37: 1000 bytes of payload and 30 of headers over a point-to-point link.
TEST(Transmit, three_datagrams_arrive_when_ns3_says) {
  const Link link{.latency = 10_ms, .bandwidth = kMegabit};
  LinkState state;
  for (const std::int64_t arrival : {1'018'240'000, 1'026'480'000, 1'034'720'000})
    EXPECT_EQ(*transmit(link, state, Time{} + 1_s, {1030}) + link.latency, Time{arrival});
}

TEST(Transmit, a_line_without_limit_takes_no_time_and_never_fills) {
  LinkState state;
  for (int i = 0; i < 1000; ++i)
    EXPECT_EQ(transmit(Link{.queue = {1}}, state, Time{5}, {1'000'000}), Time{5});
  EXPECT_EQ(state, LinkState{});
}

// A packet of s bytes takes 8 s microseconds at 1 Mbit/s.
struct Arrival {
  std::int64_t at_us;
  std::int64_t bytes;
  std::int64_t leaves_us;  // -1: dropped
};
struct DropTailCase {
  const char* why;
  std::int64_t queue;
  std::vector<Arrival> arrivals;
};
TEST(Transmit, drop_tail_by_hand) {
  const std::vector<DropTailCase> cases{
      {"an idle line takes a packet that no queue could hold", 0, {{0, 1000, 8000}}},
      {"nobody waits without a queue", 0, {{0, 100, 800}, {799, 1, -1}, {800, 100, 1600}}},
      {"what is under way counts",
       250,
       {{0, 100, 800}, {0, 100, 1600}, {0, 51, -1}, {0, 50, 2000}}},
      {"full to the last byte", 200, {{0, 100, 800}, {0, 100, 1600}, {0, 1, -1}, {8, 1, 1608}}},
      {"a dropped packet leaves no trace", 150, {{0, 100, 800}, {0, 100, -1}, {0, 50, 1200}}},
      {"an idle time is not saved up", 100, {{0, 100, 800}, {5000, 100, 5800}, {5800, 100, 6600}}},
      {"part of a byte is a byte", 100, {{0, 100, 800}, {1, 1, -1}, {7, 1, -1}, {8, 1, 808}}},
  };
  for (const DropTailCase& c : cases) {
    SCOPED_TRACE(c.why);
    const Link link{.bandwidth = kMegabit, .queue = {c.queue}};
    LinkState state;
    for (const Arrival& a : c.arrivals) {
      const auto left = transmit(link, state, Time{a.at_us * 1000}, {a.bytes});
      EXPECT_EQ(left ? left->ns / 1000 : -1, a.leaves_us) << "at " << a.at_us << " us";
    }
  }
}

TEST(Transmit, time_is_rounded_up_to_the_nanosecond) {
  struct Case {
    std::int64_t bytes, bits_per_second, ns;
  };
  for (const Case& c : std::vector<Case>{
           {0, 1, 0},
           {1, 8'000'000'000, 1},
           {1, 8'000'000'001, 1},
           {1, 7'999'999'999, 2},
           {1, 16'000'000'000, 1},
           {3, 16'000'000'000, 2},
           {1, 3, 2'666'666'667},
           {1500, 1'000'000'000, 12'000},
           {std::int64_t{1} << 40, 1'000'000'000, 8'796'093'022'208},  // past 64 bits between
           {std::int64_t{1} << 40, 1, 100LL * 365 * 86'400 * 1'000'000'000},  // a hundred years
       })
    EXPECT_EQ(transmission_time({c.bytes}, {c.bits_per_second}).ns, c.ns)
        << c.bytes << " bytes at " << c.bits_per_second << " bit/s";
}

TEST(Transmit, backlog_is_what_is_left_to_send) {
  const Link link{.bandwidth = kGigabit};
  const LinkState state{Time{1000}};
  EXPECT_EQ(backlog(link, state, Time{0}).count, 125);
  EXPECT_EQ(backlog(link, state, Time{1}).count, 125);  // 999 bits, rounded up
  EXPECT_EQ(backlog(link, state, Time{992}).count, 1);
  EXPECT_EQ(backlog(link, state, Time{1000}).count, 0);
  EXPECT_EQ(backlog(Link{}, state, Time{0}).count, 0);
}

TEST(Radio, first_packet_wakes_it_and_the_next_wait_with_it) {
  const Link link{.idle_after = 10_s, .promotion = 2_s};
  Radio radio;
  const auto carried_at = [&](Duration now) { return (wake(link, radio, Time{} + now) - Time{}); };
  EXPECT_EQ(carried_at(1_s), 3_s);      // asleep from the start
  EXPECT_EQ(carried_at(1500_ms), 3_s);  // still waking
  EXPECT_EQ(carried_at(4_s), 4_s);      // awake
  EXPECT_EQ(carried_at(14_s), 14_s);    // ten seconds idle: just awake
  EXPECT_EQ(carried_at(24'001_ms), 26'001_ms);
  EXPECT_EQ(carried_at(20_s), 26'001_ms);  // asked late
  EXPECT_EQ(carried_at(36_s), 36_s);       // what waited kept it awake until 36.001 s
}

TEST(Radio, a_late_question_does_not_put_it_to_sleep) {
  const Link link{.idle_after = 10_s, .promotion = 2_s};
  Radio radio;
  wake(link, radio, Time{} + 1_s);
  wake(link, radio, Time{} + 10_s);
  wake(link, radio, Time{} + 5_s);
  EXPECT_EQ(wake(link, radio, Time{} + 19_s), Time{} + 19_s);
}

TEST(Radio, a_link_without_promotion_has_none) {
  Radio radio;
  EXPECT_EQ(wake(Link{.idle_after = 1_s}, radio, Time{7}), Time{7});
  EXPECT_EQ(radio, Radio{});
}

TEST(Chances, either_of_two) {
  constexpr std::uint64_t kHalf = std::uint64_t{1} << 63;
  EXPECT_EQ(either(0, 0), 0u);
  EXPECT_EQ(either(5, 0), 5u);
  EXPECT_EQ(either(0, 5), 5u);
  EXPECT_EQ(either(kHalf, kHalf), kHalf + kHalf / 2);
  EXPECT_EQ(either(UINT64_MAX, kHalf), UINT64_MAX);
  EXPECT_EQ(either(UINT64_MAX, UINT64_MAX), UINT64_MAX);
  EXPECT_EQ(either(threshold(1, 10), threshold(1, 5)), threshold(28, 100) - 1);
}

TEST(BurstLoss, is_of_the_slot_that_the_time_falls_in) {
  const BurstyLoss bursts{10_ms, threshold(1, 20), threshold(1, 5), 7, threshold(1, 2)};
  std::uint64_t bad = 0;
  constexpr std::int64_t kSlots = 20'000;
  for (std::int64_t s = 0; s < kSlots; ++s) {
    const Time begin{s * 10'000'000};
    const std::uint64_t loss = burst_loss(bursts, 1, 2, begin);
    EXPECT_TRUE(loss == 7 || loss == threshold(1, 2));
    EXPECT_EQ(burst_loss(bursts, 1, 2, begin + 10_ms - 1_ns), loss);
    bad += loss == threshold(1, 2) ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(bad) / kSlots, 0.2, 0.02);  // to_bad / (to_bad + to_good)
}

// ---- weather ------------------------------------------------------------------------------------

TEST(PacketDraws, stand_by_position) {
  const PacketDraws draws = PacketDraws::at(1, 2, 3, 4);
  Random all = draws.from(0);
  for (std::uint32_t i = 0; i < 20; ++i)
    EXPECT_EQ(draws.bits(i), all.bits());
}

TEST(PacketDraws, differ_by_packet_direction_and_branch) {
  const PacketDraws draws = PacketDraws::at(1, 2, 3, 4);
  for (const PacketDraws& other : {PacketDraws::at(2, 2, 3, 4), PacketDraws::at(1, 3, 2, 4),
                                   PacketDraws::at(1, 2, 3, 5), draws.branch(1), draws.branch(2)})
    EXPECT_NE(other.bits(0), draws.bits(0));
  EXPECT_NE(draws.branch(1).bits(0), draws.branch(2).bits(0));
}

struct WeatherTest : testing::Test {
  Topology topology;
  JitterId small = topology.add_jitter(std::vector<std::uint64_t>{0, 1'000});
  JitterId large = topology.add_jitter(std::vector<std::uint64_t>{1'000'000, 2'000'000});
  Weather of(std::initializer_list<Link> links, std::uint64_t packet) const {
    PathSum path;
    for (const Link& link : links)
      path.add(link);
    return fair_weather(path, topology, PacketDraws::at(1, 2, 3, packet));
  }
};

TEST_F(WeatherTest, without_chances_nothing_happens) {
  const Weather w = of({Link{.latency = 5_ms}}, 1);
  EXPECT_FALSE(w.lost || w.duplicated || w.reordered);
  EXPECT_EQ(w.more, 0_ns);
}

TEST_F(WeatherTest, jitters_of_links_in_series_add_up) {
  for (std::uint64_t i = 0; i < 1000; ++i) {
    const Weather w = of({Link{.jitter = large}, Link{}, Link{.jitter = small}}, i);
    EXPECT_GE(w.more, 1_ms);
    EXPECT_LT(w.more, 2_ms + 1_us);
  }
  EXPECT_NE(of({Link{.jitter = large}}, 1).more.ns % 1'000,
            of({Link{.jitter = large}}, 2).more.ns % 1'000);
}

TEST_F(WeatherTest, a_new_chance_shifts_no_other) {
  constexpr std::uint64_t kHalf = std::uint64_t{1} << 63;
  const Link jitter{.jitter = large};
  const Link all{.jitter = large,
                 .lost_below = kHalf,
                 .duplicated_below = kHalf,
                 .reordered_below = kHalf,
                 .reorder_by = 1_s};
  std::uint64_t lost = 0;
  Duration jitter_of_lost;
  std::uint64_t duplicated = 0;
  std::uint64_t reordered = 0;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    const Weather w = of({all}, i);
    EXPECT_EQ(w.more - (w.reordered ? 1_s : 0_s), of({jitter}, i).more);
    EXPECT_EQ(w.lost, of({Link{.lost_below = kHalf}}, i).lost);
    EXPECT_TRUE(!w.duplicated || w.duplicate_more != of({jitter}, i).more);
    lost += w.lost ? 1 : 0;
    jitter_of_lost += w.lost ? of({jitter}, i).more : 0_s;
    duplicated += w.duplicated ? 1 : 0;
    reordered += w.reordered ? 1 : 0;
  }
  for (const std::uint64_t seen : {lost, duplicated, reordered})
    EXPECT_NEAR(static_cast<double>(seen), 500, 50);
  // Those that are lost would have been neither early nor late.
  EXPECT_NEAR(static_cast<double>(jitter_of_lost.ns) / static_cast<double>(lost), 1.5e6, 0.05e6);
}

TEST_F(WeatherTest, sums_say_when_a_packet_must_go_link_by_link) {
  const auto sum = [](std::initializer_list<Link> links) {
    PathSum path;
    for (const Link& link : links)
      path.add(link);
    return path;
  };
  EXPECT_TRUE(sum({Link{.latency = 1_ms}, Link{.latency = 2_ms}}).plain());
  EXPECT_EQ(sum({Link{.latency = 1_ms}, Link{.latency = 2_ms}}).latency, 3_ms);
  EXPECT_EQ(sum({Link{.reorder_by = 3_ms}, Link{.reorder_by = 2_ms}}).reorder_by, 3_ms);
  for (const Link& special : {Link{.bandwidth = kMegabit}, Link{.bursts = BurstyLoss{}},
                              Link{.idle_after = 1_s, .promotion = 1_s}}) {
    EXPECT_FALSE(sum({Link{}, special}).plain());
    EXPECT_FALSE(sum({special, Link{}}).plain());
  }
  PathSum path;
  for (std::size_t i = 0; i < PathSum::kJitters; ++i)
    path.add(Link{.jitter = small});
  EXPECT_TRUE(path.plain());
  path.add(Link{.jitter = small});
  EXPECT_FALSE(path.plain());
}

}  // namespace
}  // namespace cleave
