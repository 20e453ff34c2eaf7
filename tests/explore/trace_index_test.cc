#include "sim/explore/trace_index.h"

#include "tests/draw/recordings.h"

#include <gtest/gtest.h>

namespace cleave {
namespace {

TEST(TraceIndex, keeps_when_nodes_were_down) {
  const auto recording = draw::recording_of(draw::crash_scenario());
  const auto outages = recording->trace.outages();
  ASSERT_EQ(outages.size(), 1u);
  EXPECT_EQ(recording->name(outages[0].node), "notes/us-west/0");
  EXPECT_EQ(outages[0].from, draw::seconds(2));
  EXPECT_EQ(outages[0].to, draw::seconds(4));
}

TEST(TraceIndex, leaves_open_what_never_came_up_again) {
  TraceIndex index;
  index.on(NodeMark{draw::seconds(1), EventId{1}, NodeId{7}, NodeMark::Phase::down});
  index.on(NodeMark{draw::seconds(2), EventId{2}, NodeId{8}, NodeMark::Phase::up});
  ASSERT_EQ(index.outages().size(), 1u);
  EXPECT_EQ(index.outages()[0].to, std::nullopt);
}

}  // namespace
}  // namespace cleave
