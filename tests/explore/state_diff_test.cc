// The event that made two replicas differ in a field, against a walk through every event.
#include "sim/explore/state_diff.h"

#include "sim/explore/recording.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace cleave {
namespace {

using namespace literals;

bool differs(const World& world, const std::string& path, NodeId a, NodeId b) {
  const Diff diff = world.compare_nodes(a, world, b, kMostFieldsCompared);
  return std::any_of(diff.shown.begin(), diff.shown.end(),
                     [&](const Diff::Entry& entry) { return entry.path == path; });
}

TEST(StateDiff, finds_the_event_since_which_a_field_differs) {
  Recorded run = record(request_of(load_file("scenarios/tutorial/01-first-cut.yaml")));
  const std::vector<NodeId>& replicas = run.recording->cast.replicas.front();
  const Time at = Time{} + 10'500_ms;
  run.timeline.seek(at);
  const Diff now = run.timeline.world().compare_nodes(replicas[0], run.timeline.world(),
                                                      replicas[1], kMostFieldsCompared);
  const std::uint64_t last = run.timeline.world().event().value;
  ASSERT_GT(now.shown.size(), 3u);
  for (std::size_t i = 0; i < now.shown.size(); i += 5) {
    const std::string& path = now.shown[i].path;
    SCOPED_TRACE(path);
    const auto found = first_difference(run.timeline, path, replicas[0], replicas[1], at);
    ASSERT_TRUE(found);
    run.timeline.seek(*found);
    EXPECT_TRUE(differs(run.timeline.world(), path, replicas[0], replicas[1]));
    if (found->value == 0) continue;
    run.timeline.seek(EventId{found->value - 1});
    EXPECT_FALSE(differs(run.timeline.world(), path, replicas[0], replicas[1]));
    EXPECT_LE(found->value, last);
  }
  EXPECT_FALSE(first_difference(run.timeline, "no.such.field", replicas[0], replicas[1], at));
}

std::string field(const World& world, const std::string& path, NodeId left, const World& other) {
  const Diff diff = world.compare_nodes(left, other, left, kMostFieldsCompared);
  for (const Diff::Entry& entry : diff.shown)
    if (entry.path == path) return entry.left;
  return "the same";
}

TEST(StateDiff, finds_the_event_that_changed_a_field_last) {
  Recorded run = record(request_of(load_file("scenarios/tutorial/01-first-cut.yaml")));
  const NodeId node = run.recording->cast.replicas.front().front();
  run.timeline.seek(Time{} + 9_s);
  const World then = run.timeline.world();
  const Time at = Time{} + 10'500_ms;
  run.timeline.seek(at);
  const World now = run.timeline.world();
  const Diff diff = then.compare_nodes(node, now, node, kMostFieldsCompared);
  ASSERT_GT(diff.shown.size(), 3u);
  for (std::size_t i = 0; i < diff.shown.size(); i += 7) {
    const std::string& path = diff.shown[i].path;
    SCOPED_TRACE(path);
    const auto found = last_change(run.timeline, path, node, at);
    ASSERT_TRUE(found);
    EXPECT_GT(*found, then.event());
    run.timeline.seek(*found);
    EXPECT_EQ(field(run.timeline.world(), path, node, now), "the same");
    run.timeline.seek(EventId{found->value - 1});
    EXPECT_NE(field(run.timeline.world(), path, node, now), "the same");
  }
}

}  // namespace
}  // namespace cleave
