#include "sim/draw/divergence.h"

#include "tests/draw/geometry.h"
#include "tests/draw/recordings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <variant>

namespace cleave::draw {
namespace {

constexpr Size kUsual{520, 260};

View paired(const Recording& recording) {
  View view = view_of(recording);
  view.pair = {recording.cast.replicas[0][0], recording.cast.replicas[0][1]};
  return view;
}

// Replica `from` of three takes up updates, or gives them up, one a second.
Recording three_replicas(const std::vector<std::pair<std::uint32_t, bool>>& changes) {
  Recording recording = tutorial();
  recording.trace = TraceIndex();
  recording.cast.replicas = {{NodeId{0}, NodeId{1}, NodeId{2}}};
  DivergenceLedger ledger;
  for (const NodeId id : recording.cast.replicas[0])
    ledger.declare({}, id);
  std::int64_t at = 0;
  for (const auto& [replica, taken_up] : changes) {
    ReplicaUpdate update = taken_up ? ledger.applied({}, NodeId{replica}, {NodeId{5}, 1})
                                    : ledger.retracted({}, NodeId{replica}, {NodeId{5}, 1});
    update.at = seconds(++at);
    recording.trace.on(update);
  }
  recording.trace.close();
  return recording;
}

TEST(DivergenceTracks, tell_who_is_ahead_and_who_behind) {
  const Recording recording =
      three_replicas({{0, true}, {1, true}, {2, true}, {1, false}, {0, false}, {2, false}});
  const StoreTracks store = divergence_tracks(recording).stores.at(0);
  struct Row {
    std::uint64_t ahead[3], behind[3];
  };
  const Row rows[] = {{{0, 0, 0}, {0, 0, 0}}, {{1, 0, 0}, {0, 1, 1}}, {{1, 1, 0}, {0, 0, 1}},
                      {{0, 0, 0}, {0, 0, 0}}, {{1, 0, 1}, {0, 1, 0}}, {{0, 0, 1}, {1, 1, 0}},
                      {{0, 0, 0}, {0, 0, 0}}};
  for (int second = 0; second <= 6; ++second)
    for (std::size_t replica = 0; replica < 3; ++replica) {
      const ReplicaTrack& track = store.replicas[replica];
      EXPECT_EQ(track.ahead.at(seconds(second)), rows[second].ahead[replica]) << second;
      EXPECT_EQ(track.behind.at(seconds(second)), rows[second].behind[replica]) << second;
    }
}

TEST(DivergenceTracks, agree_with_the_ledger_at_the_end_of_a_run) {
  for (const Recording* recording : {&tutorial(), &github()}) {
    const DivergenceTracks tracks = divergence_tracks(*recording);
    const DivergenceCurve& curve = recording->result.stores[0].curve;
    const Time end = recording->result.simulated;
    EXPECT_EQ(distance_at(tracks, view_of(*recording), end), curve.at_end);
    EXPECT_EQ(tracks.stores[0].largest.highest({}, end), curve.peak);
    EXPECT_EQ(distance_at(tracks, view_of(*recording), curve.peak_at), curve.peak);
    EXPECT_EQ(distance_at(tracks, paired(*recording), curve.peak_at), curve.peak) << "of two";
  }
}

TEST(DivergenceTracks, know_the_distance_of_every_pair) {
  const Recording recording =
      three_replicas({{0, true}, {1, true}, {2, true}, {1, false}, {0, false}, {2, false}});
  const StoreTracks store = divergence_tracks(recording).stores.at(0);
  const StepTrack track = pair_track(store, NodeId{2}, NodeId{0});
  const std::uint64_t expected[] = {0, 1, 1, 0, 0, 1, 0};
  for (int second = 0; second <= 6; ++second)
    EXPECT_EQ(track.at(seconds(second)), expected[second]) << second;
  EXPECT_TRUE(pair_track(store, NodeId{2}, NodeId{2}).steps.empty());
  EXPECT_TRUE(pair_track(store, NodeId{2}, NodeId{7}).steps.empty());
}

TEST(StepTrack, is_the_last_step_until_the_next) {
  const StepTrack track{{{seconds(2), 5}, {seconds(4), 3}}};
  EXPECT_EQ(track.at(millis(1'999)), 0u);
  EXPECT_EQ(track.at(seconds(2)), 5u);
  EXPECT_EQ(track.at(seconds(9)), 3u);
  EXPECT_EQ(track.highest(seconds(3), seconds(9)), 5u);
  EXPECT_EQ(track.highest(seconds(4), seconds(9)), 3u);
  EXPECT_EQ(track.highest({}, seconds(2)), 0u) << "half-open";
}

TEST(Divergence, the_curve_reaches_the_top_at_its_peak) {
  const DivergenceTracks tracks = divergence_tracks(tutorial());
  View view = paired(tutorial());
  const TimedDrawing picture = draw_divergence(tutorial(), tracks, view, kUsual);
  view.at = tutorial().result.stores[0].curve.peak_at;
  const DistanceCurve curve = distance_curve(tracks, view);
  const Point peak = point_of_distance(kUsual, picture.axis, curve, view.at);
  for (const Path& path : all_of<Path>(picture.drawing)) {
    if (path.closed || path.stroke.ink != Ink::d3) continue;
    const auto [top, floor] = std::minmax_element(path.points.begin(), path.points.end(),
                                                  [](Point a, Point b) { return a.y < b.y; });
    EXPECT_NEAR(top->y, peak.y, 0.01);
    EXPECT_NEAR(top->x, peak.x, 2);
    EXPECT_NEAR(point_of_distance(kUsual, picture.axis, curve, {}).y, floor->y, 0.01) << "0 apart";
    return;
  }
  FAIL() << "no curve";
}

TEST(Divergence, during_the_cut_the_east_is_ahead_and_the_west_lacks_it) {
  const TimedDrawing picture = draw_divergence(tutorial(), paired(tutorial()), kUsual);
  const auto lanes = spots_of(picture.drawing, Target::Kind::node);
  ASSERT_EQ(lanes.size(), 2u);
  const double x = picture.axis.x(seconds(19));
  const auto covers = [&](const Spot& lane, Ink ink, bool hatched) {
    const std::vector<Path> paths = all_of<Path>(picture.drawing);
    return std::any_of(paths.begin(), paths.end(), [&](const Path& path) {
      const auto [low, high] = std::minmax_element(path.points.begin(), path.points.end(),
                                                   [](Point a, Point b) { return a.x < b.x; });
      return path.closed && path.fill.ink == ink && path.fill.hatched == hatched && low->x <= x &&
             high->x >= x && lane.rect.contains({x, path.points.front().y});
    });
  };
  EXPECT_TRUE(covers(lanes[0], Ink::region0, false));
  EXPECT_FALSE(covers(lanes[0], Ink::d3, true));
  EXPECT_TRUE(covers(lanes[1], Ink::d3, true));
  EXPECT_FALSE(covers(lanes[1], Ink::region1, false));
}

TEST(Divergence, every_lane_has_the_ground_of_common_history) {
  const TimedDrawing picture = draw_divergence(github(), view_of(github()), kUsual);
  const std::vector<Box> boxes = all_of<Box>(picture.drawing);
  for (const Spot& lane : spots_of(picture.drawing, Target::Kind::node))
    EXPECT_TRUE(std::any_of(boxes.begin(), boxes.end(), [&](const Box& box) {
      return box.fill.ink == Ink::common && box.rect.y == lane.rect.y &&
             box.rect.x == picture.axis.left && box.rect.right() == picture.axis.right;
    })) << lane.name;
}

TEST(Divergence, bands_and_flag_stand_where_they_happened) {
  const TimedDrawing picture = draw_divergence(tutorial(), view_of(tutorial()), kUsual);
  const auto faults = spots_of(picture.drawing, Target::Kind::fault);
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_NEAR(faults[0].rect.x, picture.axis.x(seconds(10)), 0.01);
  EXPECT_NEAR(faults[0].rect.right(), picture.axis.x(seconds(20)), 0.01);
  EXPECT_TRUE(says(picture.drawing, "together again 21."));
  for (const char* number : {"0", "29", "58"})
    EXPECT_TRUE(says(picture.drawing, number)) << "the scale";
}

TEST(Divergence, no_band_lies_over_the_name_of_another) {
  const auto crowded = recording_of(crowded_scenario());
  const TimedDrawing picture = draw_divergence(*crowded, view_of(*crowded), kUsual);
  bool named = false;
  for (const Shape& shape : picture.drawing.shapes) {
    if (const Label* label = std::get_if<Label>(&shape))
      named = named || label->text == "split" || label->text == "outage";
    const Box* box = std::get_if<Box>(&shape);
    EXPECT_FALSE(named && box && box->fill.ink == Ink::warn_soft && box->rect.height > 50);
  }
  EXPECT_TRUE(named);
}

TEST(Divergence, says_why_it_is_empty) {
  const auto calm = recording_of(calm_scenario());
  EXPECT_TRUE(says(draw_divergence(*calm, view_of(*calm), kUsual).drawing, "has one replica"));
  View other = view_of(tutorial());
  other.store = StoreId{7};
  EXPECT_TRUE(says(draw_divergence(tutorial(), other, kUsual).drawing, "Nothing is stored"));
}

TEST(Divergence, is_legible_at_every_size) {
  const auto crowded = recording_of(crowded_scenario());
  const auto crash = recording_of(crash_scenario());
  const auto calm = recording_of(calm_scenario());
  for (const Recording* recording :
       {&tutorial(), &github(), crash.get(), crowded.get(), calm.get()})
    for (const double scale : {0.5, 1.0, 3.0}) {
      const Size size{kUsual.width * scale, kUsual.height * scale};
      const std::string where = recording->result.scenario + " at " + std::to_string(scale);
      const TimedDrawing picture = draw_divergence(*recording, view_of(*recording), size);
      expect_legible(picture.drawing, where);
      expect_speaking(picture.drawing);
      if (recording->cast.replicas[0].size() == 2)
        expect_legible(draw_divergence(*recording, paired(*recording), size).drawing, where);
    }
}

TEST(Divergence, is_a_table_too) {
  const Table table =
      table_of_divergence(tutorial(), divergence_tracks(tutorial()), view_of(tutorial()));
  ASSERT_EQ(table.head.size(), 6u);
  for (const auto& row : table.rows)
    EXPECT_EQ(row.size(), table.head.size());
  EXPECT_TRUE(std::any_of(table.rows.begin(), table.rows.end(),
                          [](const auto& row) { return row[1] == "58"; }));
}

}  // namespace
}  // namespace cleave::draw
