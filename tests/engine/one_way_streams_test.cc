// Connections of which one direction is cut.
#include "tests/engine/line.h"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

namespace cleave {
namespace {

using namespace literals;

// West hears east, and east does not hear west.
struct WithoutWayBack : testing::Test {
  Line line{kTenMilliseconds};
  void cut_from_one_second(std::optional<Duration> lasts) {
    line.fault(Verb::cut_one_way, 1_s, lasts, {"west", "east"});
  }
};

TEST_F(WithoutWayBack, messages_arrive_but_the_sender_gives_up) {
  line.send(0);
  cut_from_one_second({});
  line.at(2_s);
  line.send(1);
  line.at(2000_s);
  EXPECT_EQ(line.values(line.west), (std::vector<std::uint64_t>{0, 1}));
  EXPECT_EQ(line.listener(line.east).disconnected.size(), 1u);
}

// The open direction dies with the first timeout, 200 ms after the first message that nobody
// acknowledged. What waits arrives once, in order, with the first retry after the cut: sent again
// 200, 600, 1400 and 3000 ms after that message.
TEST_F(WithoutWayBack, what_is_sent_after_the_first_timeout_waits_for_it) {
  line.send(0);
  cut_from_one_second(3_s);
  for (std::uint64_t i = 1; i <= 40; ++i) {
    line.at(1100_ms + 50_ms * static_cast<std::int64_t>(i));  // the first at 1150 ms
    line.send(i);
  }
  line.at(4_s);
  EXPECT_EQ(line.values(line.west), (std::vector<std::uint64_t>{0, 1, 2, 3, 4}));
  line.at(10_s);
  const std::vector<Heard>& heard = line.listener(line.west).heard;
  ASSERT_EQ(heard.size(), 41u);
  for (std::uint64_t i = 5; i <= 40; ++i)
    EXPECT_EQ(heard[i], (Heard{i, (1150 + 3000 + 10) * kMs}));
  line.send(41);
  line.at(11_s);
  EXPECT_EQ(line.listener(line.west).heard.back(), (Heard{41, 10'010 * kMs})) << "it is open again";
}

// A handshake needs both directions.
TEST_F(WithoutWayBack, no_connection_is_opened) {
  cut_from_one_second(4_s);
  line.at(2_s);
  line.send(1);
  line.send(2);
  line.at(5_s);
  EXPECT_TRUE(line.values(line.west).empty());
  line.at(20_s);
  EXPECT_EQ(line.values(line.west), (std::vector<std::uint64_t>{1, 2}));
}

// Of what waits when a cut of both directions becomes one of the way back, the first gets there.
TEST_F(WithoutWayBack, the_first_message_is_tried_again) {
  line.send(0);
  cut_from_one_second(60_s);
  line.fault(Verb::cut, 1_s, 1_s, {"west", "east"});
  line.at(1100_ms);
  line.send(1);
  line.send(2);
  line.at(60_s);
  EXPECT_EQ(line.values(line.west), (std::vector<std::uint64_t>{0, 1}));
  line.at(200_s);
  EXPECT_EQ(line.values(line.west), (std::vector<std::uint64_t>{0, 1, 2}));
  line.fault(Verb::cut_one_way, 300_s, 60_s, {"west", "east"});
  line.fault(Verb::cut, 300_s, 1_s, {"west", "east"});
  line.at(300'100_ms);
  line.send(3);
  line.send(4);
  line.at(360_s);
  EXPECT_EQ(line.values(line.west), (std::vector<std::uint64_t>{0, 1, 2, 3})) << "a second time";
}

// Nor does the answer come back that the other end knows of no such connection.
TEST_F(WithoutWayBack, a_half_open_end_is_not_reset) {
  line.send(0);
  line.fault(Verb::crash, 500_ms, 100_ms, {"west"});
  cut_from_one_second(9_s);
  line.at(2_s);
  line.send(1);
  line.at(10_s);
  EXPECT_TRUE(line.listener(line.east).disconnected.empty());
  line.at(30_s);
  EXPECT_EQ(line.listener(line.east).disconnected.size(), 1u);
  EXPECT_EQ(line.values(line.west), std::vector<std::uint64_t>{0}) << "1 went to nobody";
}

}  // namespace
}  // namespace cleave
