#include "sim/draw/matrix.h"

#include "sim/report/typography.h"
#include "tests/draw/labels.h"
#include "tests/draw/recordings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace cleave::draw {
namespace {

constexpr Size kUsual{230, 260};

World world_at(const Recording& recording, Time at) {
  World world = recording.start;
  world.run_until(at);
  return world;
}

std::string many_replicas(int count) {
  return "cleave: 1\nname: Many\nrun_for: 3s\n"
         "topology: {latency: aws-2017, regions: [us-east, us-west]}\n"
         "stores:\n  notes: {engine: primary-backup, replicas: {us-east: 1, us-west: " +
         std::to_string(count - 1) +
         "}}\nclients:\n  east: {count: 2, region: us-east}\nworkload:\n"
         "  - {to: 2s, every: 10ms, by: [east], do: write, on: notes, key: k, deadline: 1s}\n";
}

TEST(Matrix, labels_are_whole_and_apart) {
  for (const int replicas : {2, 3, 6, 12, 40})
    for (const Size size : {Size{115, 130}, kUsual, Size{690, 780}}) {
      const auto recording = recording_of(many_replicas(replicas));
      const Drawing drawing =
          draw_matrix(*recording, world_at(*recording, seconds(1)), View{}, size);
      EXPECT_EQ(trouble_with_labels(drawing), "") << replicas << " replicas, " << size.width;
    }
}

TEST(Matrix, shows_the_ledgers_distances) {
  const World now = world_at(github(), seconds(50));
  const auto& replicas = github().cast.replicas[0];
  const std::uint64_t distance = now.ledger().distance(StoreId{0}, replicas[0], replicas[1]);
  ASSERT_GT(distance, 100u);
  const Drawing drawing = draw_matrix(github(), now, View{}, kUsual);
  EXPECT_EQ(spot_of(drawing, target_of(replicas[0], replicas[1]))->name,
            "accounts/us-east/0 and accounts/us-west/0: " + grouped(distance) + " updates apart");
}

TEST(Matrix, has_a_cell_for_every_pair_and_none_for_oneself) {
  const auto recording = recording_of(many_replicas(5));
  const Drawing drawing = draw_matrix(*recording, world_at(*recording, seconds(1)), View{}, kUsual);
  EXPECT_EQ(drawing.spots.size(), 20u);
  for (const NodeId a : recording->cast.replicas[0])
    for (const NodeId b : recording->cast.replicas[0])
      EXPECT_EQ(spot_of(drawing, target_of(a, b)) != nullptr, a != b);
}

TEST(Matrix, frames_the_pair_both_ways) {
  View view;
  view.pair = std::pair(tutorial().cast.replicas[0][0], tutorial().cast.replicas[0][1]);
  const auto frames = [](const Drawing& drawing) {
    return std::count_if(drawing.shapes.begin(), drawing.shapes.end(), [](const Shape& shape) {
      const Box* box = std::get_if<Box>(&shape);
      return box && box->stroke.ink == Ink::accent;
    });
  };
  const World now = world_at(tutorial(), seconds(15));
  EXPECT_EQ(frames(draw_matrix(tutorial(), now, view, kUsual)), 2);
  EXPECT_EQ(frames(draw_matrix(tutorial(), now, View{}, kUsual)), 0);
}

// The scale ends at the peak of the run, so that colours mean the same at any time.
TEST(Matrix, scales_by_the_peak_of_the_run) {
  const std::string peak = std::to_string(tutorial().result.stores[0].curve.peak);
  for (const int at : {1, 15})
    EXPECT_TRUE(
        says(draw_matrix(tutorial(), world_at(tutorial(), seconds(at)), View{}, kUsual), peak));
}

TEST(Matrix, says_why_it_is_empty) {
  const auto calm = recording_of(calm_scenario());
  const Drawing one = draw_matrix(*calm, world_at(*calm, seconds(1)), View{}, kUsual);
  EXPECT_TRUE(says(one, "There is one replica"));
  EXPECT_TRUE(one.spots.empty());
  EXPECT_EQ(trouble_with_labels(one), "");
  View none;
  none.store = StoreId{7};
  EXPECT_TRUE(says(draw_matrix(*calm, world_at(*calm, seconds(1)), none, kUsual), "no replicas"));
}

TEST(Matrix, as_a_table_has_the_same_numbers) {
  const World now = world_at(tutorial(), seconds(15));
  const Table table = table_of_matrix(tutorial(), now, View{});
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_EQ(table.head,
            (std::vector<std::string>{"replica", "notes/us-east/0", "notes/us-west/0"}));
  EXPECT_EQ(table.rows[0][1], "0");
  EXPECT_EQ(table.rows[0][2], table.rows[1][1]);
  EXPECT_EQ(table.rows[0][2], std::to_string(now.ledger().largest_distance(StoreId{0})));
}

}  // namespace
}  // namespace cleave::draw
