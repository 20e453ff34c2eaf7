#include "sim/explore/moments.h"

#include "tests/draw/recordings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace cleave {
namespace {

using draw::millis;
using draw::seconds;
using draw::tutorial;

TEST(Moments, go_from_one_boundary_of_a_fault_to_the_next) {
  EXPECT_EQ(next_fault_boundary(tutorial(), {}), seconds(10));
  EXPECT_EQ(next_fault_boundary(tutorial(), seconds(10)), seconds(20)) << "not where one stands";
  EXPECT_EQ(next_fault_boundary(tutorial(), seconds(20)), std::nullopt);
  EXPECT_EQ(previous_fault_boundary(tutorial(), seconds(39)), seconds(20));
  EXPECT_EQ(previous_fault_boundary(tutorial(), seconds(20)), seconds(10));
  EXPECT_EQ(previous_fault_boundary(tutorial(), seconds(10)), std::nullopt);
}

TEST(Moments, the_end_of_the_run_is_no_boundary) {
  Recording recording = tutorial();
  recording.result.faults[0].active = {{seconds(30), recording.result.simulated}};
  EXPECT_EQ(next_fault_boundary(recording, seconds(30)), std::nullopt);
}

TEST(Moments, find_the_next_drop_by_when_it_was_dropped) {
  const auto messages = tutorial().trace.messages();
  for (const Time from : {seconds(0), seconds(10), millis(13'500), seconds(20)}) {
    std::optional<Time> expected;
    for (const TracedMessage& message : messages)
      if (!message.arrived() && message.ended > from && (!expected || message.ended < *expected))
        expected = message.ended;
    const auto found = next_drop(tutorial(), from);
    ASSERT_EQ(found.has_value(), expected.has_value());
    if (found) {
      EXPECT_EQ(messages[*found].ended, *expected);
      EXPECT_FALSE(messages[*found].arrived());
    }
  }
  EXPECT_EQ(next_drop(tutorial(), seconds(39)), std::nullopt);
}

TEST(Moments, find_when_replicas_part) {
  const auto over = first_divergence_over(tutorial(), {}, 20, {});
  ASSERT_TRUE(over);
  EXPECT_GT(*over, seconds(10));
  EXPECT_LT(*over, seconds(20));
  EXPECT_EQ(first_divergence_over(tutorial(), {}, 20, *over), over);
  const Time later = *over + Duration{1};
  EXPECT_EQ(first_divergence_over(tutorial(), {}, 20, later), later) << "they are apart already";
  EXPECT_EQ(first_divergence_over(tutorial(), {}, 58, {}), std::nullopt) << "58 is the peak";
  EXPECT_TRUE(first_divergence_over(tutorial(), {}, 57, {}));
  EXPECT_EQ(first_divergence_over(tutorial(), StoreId{3}, 0, {}), std::nullopt);
}

TEST(Moments, find_the_greatest_divergence) {
  EXPECT_EQ(greatest_divergence(tutorial(), {}), tutorial().result.stores[0].curve.peak_at);
  EXPECT_EQ(first_divergence_over(tutorial(), {}, 57, {}), greatest_divergence(tutorial(), {}));
  EXPECT_EQ(greatest_divergence(tutorial(), StoreId{3}), std::nullopt);
  EXPECT_EQ(greatest_divergence(*draw::recording_of(draw::calm_scenario()), {}), std::nullopt);
}

TEST(Moments, walk_along_the_events_of_one_node) {
  const NodeId node = tutorial().cast.clients[1][2];
  const auto events = tutorial().trace.events();
  EventId at;
  std::vector<EventId> walked;
  while (const auto next = next_event_of(tutorial(), node, at)) {
    EXPECT_EQ(events[next->value - 1].node, node);
    EXPECT_GT(*next, at);
    walked.push_back(at = *next);
  }
  const auto all = std::count_if(events.begin(), events.end(),
                                 [&](const TracedEvent& event) { return event.node == node; });
  EXPECT_EQ(walked.size(), static_cast<std::size_t>(all));
  for (std::size_t i = walked.size(); i-- > 1;)
    EXPECT_EQ(previous_event_of(tutorial(), node, walked[i]), walked[i - 1]);
  EXPECT_EQ(previous_event_of(tutorial(), node, walked[0]), std::nullopt);
  EXPECT_EQ(previous_event_of(tutorial(), node, {}), std::nullopt);
}

TEST(Moments, go_from_violation_to_violation) {
  const Time at = *tutorial().result.expectations[3].verdict.at;
  EXPECT_EQ(next_violation(tutorial(), {}), at);
  EXPECT_EQ(next_violation(tutorial(), at), std::nullopt);
  EXPECT_EQ(previous_violation(tutorial(), seconds(40)), at);
  EXPECT_EQ(previous_violation(tutorial(), at), std::nullopt);
}

}  // namespace
}  // namespace cleave
