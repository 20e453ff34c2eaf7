// Connections: order, stalls, breaks, half-open ends, against closed forms.
#include "tests/engine/line.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cleave {
namespace {

using namespace literals;
using toys::Parcel;

TEST(Streams, the_first_message_pays_the_handshake) {
  Line line(kTenMilliseconds);
  line.send(1);
  line.at(100_ms);
  line.send(2);
  line.at(200_ms);
  EXPECT_EQ(line.listener(line.west).heard, (std::vector<Heard>{{1, 30 * kMs}, {2, 110 * kMs}}));
}

TEST(Streams, keep_order_under_jitter_and_loss) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Topology topology;
    const PlaceId a = topology.add_region("a");
    const PlaceId b = topology.add_region("b");
    const std::vector<std::uint64_t> wide{0, 400'000'000};
    topology.connect(a, b,
                     {.latency = 10_ms,
                      .jitter = topology.add_jitter(wide),
                      .lost_below = threshold(1, 5),
                      .duplicated_below = threshold(1, 5)});
    World world(seed, topology);
    const NodeId from = world.add("from", world.add_host("from", a), Listener{});
    const NodeId to = world.add("to", world.add_host("to", b), Listener{});
    constexpr std::uint64_t kMessages = 300;
    for (std::uint64_t i = 0; i < kMessages; ++i) {
      world.act(from, [&](Context& ctx) { ctx.send(to, Ask{i, 0, 0}); });
      world.run_until(world.now() + 7_ms);
    }
    world.run_until(world.now() + 1000_s);
    const auto& heard = world.node<Listener>(to).heard;
    ASSERT_EQ(heard.size(), kMessages) << "seed " << seed;
    for (std::uint64_t i = 0; i < kMessages; ++i)
      ASSERT_EQ(heard[i].value, i) << "seed " << seed;
  }
}

// Goodput over a slow link: n messages of s bytes leave every 8 s / bandwidth.
TEST(Streams, fill_the_bandwidth_of_the_link) {
  Link link = kTenMilliseconds;
  link.bandwidth = {1'000'000};
  link.queue = {10'000'000};
  Line line(link);
  line.world.act(line.east, [&](Context& ctx) {
    for (std::uint32_t i = 0; i < 100; ++i)
      ctx.send(line.west, Parcel{i, 1220});
  });
  line.at(10_s);
  ASSERT_EQ(line.listener(line.west).heard.size(), 100u);
  // Handshake 20 ms, then 100 times 1250 bytes at 10 ms each, then 10 ms of latency.
  EXPECT_EQ(line.listener(line.west).heard.back().at_ns, (20 + 100 * 10 + 10) * kMs);
}

// With loss p and nothing else, a message needs k retries with probability p^k (1-p), and retry k
// ends 200 ms (2^k - 1) later: the mean delay of one message at a time is the sum.
TEST(Streams, pay_for_loss_with_doubling_timeouts) {
  Link link = kTenMilliseconds;
  link.lost_below = threshold(1, 10);
  constexpr int kMessages = 4000;
  Line line(link);
  line.send(0);
  line.at(300_s);
  std::int64_t total_ms = 0;
  for (std::uint64_t i = 1; i <= kMessages; ++i) {
    const Time sent = line.world.now();
    line.send(i);
    line.world.run_until(sent + 200_s);
    const Heard& last = line.listener(line.west).heard.back();
    ASSERT_EQ(last.value, i);
    total_ms += (last.at_ns - sent.ns) / kMs;
  }
  // sum over k of 0.9 * 0.1^k * 200 (2^k - 1) = 25 ms, beyond the 10 ms of latency; the standard
  // deviation of one is 97 ms.
  const double mean = static_cast<double>(total_ms) / kMessages;
  EXPECT_NEAR(mean, 35.0, 4 * 97.0 / 63.2);
}

TEST(Streams, stall_behind_a_cut_and_go_on_after_it) {
  Line line(kTenMilliseconds);
  const FaultId cut = line.fault(Verb::cut, 1_s, 43_s, {"east", "west"});
  line.send(0);
  line.at(2_s);
  for (std::uint64_t i = 1; i <= 5; ++i)
    line.send(i);
  line.at(43_s);
  EXPECT_EQ(line.values(line.west), (std::vector<std::uint64_t>{0}));
  line.at(100_s);
  EXPECT_EQ(line.values(line.west), (std::vector<std::uint64_t>{0, 1, 2, 3, 4, 5}));
  // Retries at 0.2 (2^k - 1) s after 2 s; the first after the heal at 44 s is at 2 + 51 s.
  EXPECT_EQ(line.listener(line.west).heard[1].at_ns, 53'010 * kMs);
  EXPECT_GT(line.world.effect(cut).delayed, 0u);
  EXPECT_TRUE(line.listener(line.east).disconnected.empty());
}

TEST(Streams, break_after_the_last_retry) {
  Line line(kTenMilliseconds);
  line.fault(Verb::cut, 1_s, {}, {"east", "west"});
  line.at(2_s);
  line.send(1);
  line.at(2000_s);
  ASSERT_EQ(line.listener(line.east).disconnected.size(), 1u);
  EXPECT_EQ(line.listener(line.east).disconnected[0].at_ns, (2'000 + 924'600) * kMs)
      << "as Linux's does";
  EXPECT_TRUE(line.listener(line.west).disconnected.empty()) << "the other end is half-open";
}

TEST(Streams, a_message_in_flight_when_the_cut_falls_is_sent_again) {
  Line line(kTenMilliseconds);
  line.send(0);
  line.at(100_ms);
  line.fault(Verb::cut, 105_ms, 50_ms, {"east", "west"});
  line.send(1);
  line.at(106_ms);
  line.send(2);
  line.at(1_s);
  // Message 2 found the way cut at 106 ms, and tries again 200 ms later; message 1 was noticed at
  // 110 ms and goes with it.
  EXPECT_EQ(line.listener(line.west).heard,
            (std::vector<Heard>{{0, 30 * kMs}, {1, 316 * kMs}, {2, 316 * kMs}}));
}

TEST(Streams, a_crash_of_the_receiver_stalls_and_its_restart_resets) {
  Line line(kTenMilliseconds);
  line.fault(Verb::crash, 1_s, 10_s, {"west"});
  line.send(0);
  line.at(2_s);
  line.send(1);
  line.at(10_s);
  EXPECT_TRUE(line.listener(line.east).disconnected.empty());
  line.at(60_s);
  // Noticed at 2.010 s; the first retry after the restart at 11 s is at 2.01 + 12.6 s, and the
  // answer takes 10 ms.
  ASSERT_EQ(line.listener(line.east).disconnected.size(), 1u);
  EXPECT_EQ(line.listener(line.east).disconnected[0].at_ns, 14'620 * kMs);
  line.send(2);
  line.at(70_s);
  EXPECT_EQ(line.values(line.west), (std::vector<std::uint64_t>{0, 2}));
}

TEST(Streams, a_restarted_sender_resets_the_half_open_end) {
  Line line(kTenMilliseconds);
  line.send(line.west, line.east, 7);
  line.fault(Verb::crash, 1_s, 1_s, {"west"});
  line.at(3_s);
  EXPECT_TRUE(line.listener(line.east).disconnected.empty()) << "it has not heard";
  line.send(line.west, line.east, 8);
  line.at(4_s);
  EXPECT_EQ(line.listener(line.east).disconnected.size(), 1u);
  EXPECT_EQ(line.values(line.east), (std::vector<std::uint64_t>{7, 8}));
}

TEST(Streams, close_tells_the_peer_after_what_was_sent) {
  Line line(kTenMilliseconds);
  line.world.act(line.east, [&](Context& ctx) {
    ctx.send(line.west, Ask{1, 0, 0});
    ctx.close(line.west);
  });
  line.at(1_s);
  EXPECT_EQ(line.values(line.west), (std::vector<std::uint64_t>{1}));
  ASSERT_EQ(line.listener(line.west).disconnected.size(), 1u);
  EXPECT_TRUE(line.listener(line.east).disconnected.empty());
  line.send(line.west, line.east, 2);
  line.at(2_s);
  EXPECT_EQ(line.values(line.east), (std::vector<std::uint64_t>{2}));
}

TEST(Streams, a_message_of_the_same_instant_belongs_to_the_connection_that_it_was_sent_on) {
  Line line(kTenMilliseconds);
  line.send(1);
  line.at(100_ms);
  line.send(2);
  line.world.act(line.west, [&](Context& ctx) {
    ctx.close(line.east);
    ctx.send(line.east, Ask{10, 0, 0});  // on a new connection
  });
  for (std::uint64_t value = 3; value <= 6; ++value) {
    line.at(1_s * static_cast<std::int64_t>(value));
    line.send(value);
  }
  line.at(10_s);
  EXPECT_EQ(line.values(line.west), (std::vector<std::uint64_t>{1, 3, 4, 5, 6}));
  EXPECT_EQ(line.values(line.east), std::vector<std::uint64_t>{10});
}

// What an end does about its connection is news to the other end, and no news crosses a cut.
TEST(Streams, a_close_does_not_cross_a_cut) {
  Line line(kTenMilliseconds);
  line.send(1);
  line.fault(Verb::cut, 1_s, 10_s, {"east/0", "west/0"});
  line.at(2_s);
  line.world.act(line.west, [&](Context& ctx) { ctx.close(line.east); });
  line.at(10_s);
  EXPECT_TRUE(line.listener(line.east).disconnected.empty()) << "it cannot know yet";
  line.at(30_s);
  // Sent at 2 s, and again at 2.01 + 0.2, 0.4, 0.8, 1.6, 3.2 and 6.4 s from one to the next.
  EXPECT_EQ(line.listener(line.east).disconnected, (std::vector<Heard>{{1, 14'610 * kMs}}));
}

TEST(Streams, a_new_connection_is_no_news_across_a_cut) {
  Line line(kTenMilliseconds);
  line.send(1);
  line.fault(Verb::cut, 1_s, 10_s, {"east/0", "west/0"});
  line.at(2_s);
  line.world.act(line.west, [&](Context& ctx) {
    ctx.close(line.east);
    ctx.send(line.east, Ask{2, 0, 0});  // over a new one
  });
  line.at(10_s);
  EXPECT_TRUE(line.listener(line.east).disconnected.empty()) << "it cannot know yet";
  line.at(30_s);
  // The first to cross tells of itself before it is heard: at 2 + 0.2 + ... + 6.4 s and 10 ms.
  EXPECT_EQ(line.listener(line.east).disconnected, (std::vector<Heard>{{1, 14'610 * kMs}}));
  EXPECT_EQ(line.listener(line.east).heard, (std::vector<Heard>{{2, 14'610 * kMs}}));
  EXPECT_TRUE(line.listener(line.west).disconnected.empty()) << "it closed the old one itself";
}

// Else the new connection would wait for the timeouts of the old one.
TEST(Streams, what_waits_for_a_replaced_connection_is_lost_with_it) {
  Line line(kTenMilliseconds);
  line.send(1);
  line.fault(Verb::cut, 1_s, 10_s, {"east/0", "west/0"});
  line.at(2_s);
  line.world.act(line.west, [&](Context& ctx) {
    ctx.close(line.east);
    ctx.send(line.east, Ask{2, 0, 0});  // gets through at 14.61 s
  });
  line.at(3_s);
  line.send(3);  // would be sent again at 15.6 s
  line.at(15_s);
  line.send(4);
  line.at(30_s);
  EXPECT_EQ(line.listener(line.west).heard.back(), (Heard{4, 15'010 * kMs}));
  EXPECT_EQ(line.values(line.west), (std::vector<std::uint64_t>{1, 4}));
  EXPECT_EQ(line.listener(line.east).disconnected.size(), 1u);
}

// The answer to what it says comes later than the new connection's first message.
TEST(Streams, of_a_replaced_connection_an_end_is_told_once) {
  Line line(kTenMilliseconds);
  line.send(1);
  line.fault(Verb::cut, 1_s, 10_s, {"east/0", "west/0"});
  line.at(2_s);
  line.world.act(line.west, [&](Context& ctx) {
    ctx.close(line.east);
    ctx.send(line.east, Ask{2, 0, 0});  // gets through at 14.61 s
  });
  line.at(14'605_ms);
  line.send(3);
  line.at(30_s);
  EXPECT_EQ(line.listener(line.east).disconnected, (std::vector<Heard>{{1, 14'610 * kMs}}));
  EXPECT_EQ(line.listener(line.east).heard, (std::vector<Heard>{{2, 14'610 * kMs}}));
  EXPECT_EQ(line.values(line.west), std::vector<std::uint64_t>{1});
}

// Whoever still speaks over a connection that its peer has replaced loses what it says, and is
// told.
TEST(Streams, what_is_said_over_a_replaced_connection_is_lost_and_told) {
  Line line(kTenMilliseconds);
  line.send(1);
  line.fault(Verb::cut, 1_s, 10_s, {"east/0", "west/0"});
  line.at(2_s);
  line.world.act(line.west, [&](Context& ctx) {
    ctx.close(line.east);
    ctx.send(line.east, Ask{2, 0, 0});
  });
  line.at(12_s);
  line.send(3);  // heard by nobody
  line.at(12'100_ms);
  EXPECT_EQ(line.listener(line.east).disconnected, (std::vector<Heard>{{1, 12'020 * kMs}}));
  line.send(4);
  line.at(30_s);
  EXPECT_EQ(line.values(line.west), (std::vector<std::uint64_t>{1, 4}));
  EXPECT_EQ(line.values(line.east), std::vector<std::uint64_t>{2});
  EXPECT_EQ(line.listener(line.east).disconnected.size(), 1u) << "it knows already";
}

TEST(Streams, closing_one_connection_does_not_close_the_next_of_the_same_instant) {
  Line line(kTenMilliseconds);
  line.world.act(line.east, [&](Context& ctx) {
    for (std::uint64_t value = 1; value <= 3; ++value) {
      ctx.close(line.west);
      ctx.send(line.west, Ask{value, 0, 0});
    }
  });
  line.at(1_s);
  line.send(4);
  line.at(2_s);
  EXPECT_EQ(line.values(line.west), (std::vector<std::uint64_t>{3, 4}));
  EXPECT_TRUE(line.listener(line.east).disconnected.empty());
}

TEST(Streams, held_messages_keep_their_order) {
  Line line(kTenMilliseconds);
  line.send(0);
  line.at(100_ms);
  line.send(1);  // in flight when the hold begins
  line.fault(Verb::hold, 105_ms, 100_ms, {"east", "west"});
  line.at(150_ms);
  line.send(2);
  line.at(1_s);
  line.send(3);
  line.at(2_s);
  EXPECT_EQ(line.values(line.west), (std::vector<std::uint64_t>{0, 1, 2, 3}));
}

// Random cuts, crashes and traffic both ways: what arrives is in order, never twice, and whole
// between two disconnections.
TEST(Streams, never_reorder_or_repeat) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Line line({.latency = 10_ms, .lost_below = threshold(1, 20)}, seed);
    Random random{seed};
    std::uint64_t value = 0;
    for (int i = 0; i < 200; ++i) {
      const auto after = Duration{static_cast<std::int64_t>(random.below(2'000'000'000))};
      const std::uint64_t choice = random.below(20);
      if (choice == 0)
        line.fault(Verb::cut, line.world.now() - Time{} + after, 3_s, {"east", "west"});
      else if (choice == 1)
        line.fault(Verb::crash, line.world.now() - Time{} + after, 1_s, {"west"});
      else if (choice == 2)
        line.fault(Verb::pause, line.world.now() - Time{} + after, 1_s, {"east"});
      else if (choice < 12)
        line.send(line.east, line.west, ++value);
      else
        line.send(line.west, line.east, ++value);
      line.world.run_until(line.world.now() + after);
    }
    line.world.run_until(line.world.now() + 2000_s);
    for (const NodeId id : {line.east, line.west}) {
      const auto got = line.values(id);
      for (std::size_t i = 1; i < got.size(); ++i)
        ASSERT_LT(got[i - 1], got[i]);
    }
    ASSERT_EQ(line.world.pending(), 0u);
  }
}

}  // namespace
}  // namespace cleave
