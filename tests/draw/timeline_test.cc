#include "sim/draw/timeline.h"

#include "sim/draw/time_parts.h"
#include "tests/draw/geometry.h"
#include "tests/draw/recordings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace cleave::draw {
namespace {

constexpr Size kUsual{1580, 150};

TEST(Timeline, bars_of_faults_reach_from_begin_to_end) {
  const TimedDrawing picture = draw_timeline(tutorial(), view_of(tutorial()), kUsual);
  const auto faults = spots_of(picture.drawing, Target::Kind::fault);
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_NEAR(faults[0].rect.x, picture.axis.x(seconds(10)), 0.01);
  EXPECT_NEAR(faults[0].rect.right(), picture.axis.x(seconds(20)), 0.01);
  EXPECT_EQ(faults[0].name, "split: cut us-east | us-west, 10.000 s to 20.000 s");
  EXPECT_TRUE(says(picture.drawing, "split: cut us-east | us-west"));
}

TEST(Timeline, faults_that_overlap_lie_in_lanes_of_their_own) {
  RunResult run;
  const auto add = [&](std::string name, std::vector<Span> active) {
    FaultResult fault;
    fault.fault.name = std::move(name);
    fault.active = std::move(active);
    run.faults.push_back(std::move(fault));
  };
  add("a", {{seconds(1), seconds(4)}});
  add("b", {{seconds(3), seconds(5)}});
  add("flap", {{seconds(5), seconds(6)}, {seconds(7), seconds(8)}});
  add("inside", {{millis(6'200), millis(6'500)}});
  add("never", {});
  const std::vector<FaultBand> bands = fault_bands(run);
  ASSERT_EQ(bands.size(), 5u);
  for (const FaultBand& a : bands)
    for (const FaultBand& b : bands) {
      if (&a == &b || a.lane != b.lane) continue;
      EXPECT_TRUE(a.when.to < b.when.from || b.when.to < a.when.from) << a.fault << " " << b.fault;
    }
  EXPECT_EQ(lanes_of(bands), 2u);
  for (const FaultBand& band : bands)
    EXPECT_EQ(band.lane, band.fault == 1 || band.fault == 3 ? 1u : 0u);
}

TEST(Timeline, counts_every_message_once) {
  const TrafficTrack traffic = traffic_of(tutorial());
  std::uint64_t arrived = 0, dropped = 0;
  for (const TrafficTrack::Slice& slice : traffic.slices) {
    arrived += slice.arrived;
    dropped += slice.dropped;
  }
  std::uint64_t expected = 0;
  for (const TracedMessage& message : tutorial().trace.messages())
    if (!message.arrived()) ++expected;
  EXPECT_EQ(dropped, expected);
  EXPECT_EQ(arrived + dropped, tutorial().trace.messages().size());
}

TEST(Timeline, shows_drops_only_where_some_were) {
  const TimedDrawing picture = draw_timeline(tutorial(), view_of(tutorial()), kUsual);
  int drops = 0;
  for (const Box& box : all_of<Box>(picture.drawing))
    if (box.fill.ink == Ink::drop && !box.fill.hatched) {
      ++drops;
      EXPECT_GE(box.rect.right(), picture.axis.x(millis(9'900)));
      EXPECT_LE(box.rect.x, picture.axis.x(seconds(21)));
    }
  EXPECT_GT(drops, 3);
}

TEST(Timeline, a_burst_does_not_flatten_the_rest) {
  EXPECT_EQ(full_bar({3, 5, 4, 0, 6}), 6u);
  std::vector<std::uint64_t> values(99, 10);
  values.push_back(1'000);
  EXPECT_EQ(full_bar(values), 16u);
  EXPECT_EQ(full_bar({}), 1u);
}

TEST(Timeline, flags_when_the_replicas_are_together_again) {
  const TimedDrawing picture = draw_timeline(tutorial(), view_of(tutorial()), kUsual);
  const DivergenceCurve& curve = tutorial().result.stores[0].curve;
  ASSERT_TRUE(curve.converged);
  int flags = 0;
  for (const Line& line : all_of<Line>(picture.drawing))
    if (line.stroke.ink == Ink::ok && line.from.x == line.to.x) {
      ++flags;
      EXPECT_NEAR(line.from.x, picture.axis.x(*curve.converged), 0.01);
    }
  EXPECT_EQ(flags, 1);
  EXPECT_TRUE(says(picture.drawing, "together again 21."));
  EXPECT_TRUE(says(picture.drawing, "58 apart at most"));
}

TEST(Timeline, the_time_of_a_flag_goes_below_what_is_in_its_way) {
  Drawing drawing{{400, 100}, {}, {}};
  LabelSpace labels(drawing);
  labels.occupy({0, 20, 400, 12});
  const TimeAxis axis{0, 400, {}, seconds(4)};
  add_converged(drawing, labels, axis, {0, 20, 400, 60}, seconds(2));
  EXPECT_TRUE(says(drawing, "together again 2.000 s"));
}

TEST(Timeline, the_curve_peaks_where_the_replicas_were_farthest_apart) {
  const TimedDrawing picture = draw_timeline(tutorial(), view_of(tutorial()), kUsual);
  for (const Path& path : all_of<Path>(picture.drawing)) {
    if (path.closed || path.stroke.ink != Ink::d3) continue;
    const auto top = std::min_element(path.points.begin(), path.points.end(),
                                      [](Point a, Point b) { return a.y < b.y; });
    EXPECT_NEAR(top->x, picture.axis.x(tutorial().result.stores[0].curve.peak_at), 2);
    return;
  }
  FAIL() << "no curve";
}

TEST(Timeline, marks_violations) {
  const TimedDrawing picture = draw_timeline(tutorial(), view_of(tutorial()), kUsual);
  const auto verdicts = spots_of(picture.drawing, Target::Kind::verdict);
  ASSERT_EQ(verdicts.size(), 1u);
  EXPECT_EQ(verdicts[0].target.a, 3u);
  EXPECT_NE(verdicts[0].name.find("violated, as stated"), std::string::npos);
  EXPECT_TRUE(says(picture.drawing, "available notes to west during split"));
}

TEST(Timeline, gives_diamonds_that_touch_one_name) {
  const auto crowded = recording_of(crowded_scenario());
  const TimedDrawing picture = draw_timeline(*crowded, view_of(*crowded), kUsual);
  EXPECT_EQ(spots_of(picture.drawing, Target::Kind::verdict).size(), 2u);
  EXPECT_TRUE(says(picture.drawing, "during split, and 1 more"));
}

TEST(Timeline, shows_who_led_and_where_two_did_at_once) {
  const TimedDrawing picture = draw_timeline(github(), view_of(github()), {1580, 190});
  const std::vector<Tenure>& tenures = github().result.stores[0].tenures;
  ASSERT_EQ(tenures.size(), 2u);
  const auto bars = spots_of(picture.drawing, Target::Kind::event);
  ASSERT_EQ(bars.size(), 2u);
  for (std::size_t i = 0; i < bars.size(); ++i) {
    EXPECT_NEAR(bars[i].rect.x, picture.axis.x(tenures[i].span.from), 0.01);
    EXPECT_NEAR(bars[i].rect.right(), picture.axis.x(tenures[i].span.to), 0.01);
    EXPECT_EQ(bars[i].target, target_of(tenures[i].began));
  }
  EXPECT_LE(bars[0].rect.bottom(), bars[1].rect.y) << "each in a lane of its own";
  EXPECT_NE(bars[1].name.find("accounts/us-west/0 led from 40."), std::string::npos);
  EXPECT_TRUE(says(picture.drawing, "two lead at once"));
  int hatched = 0;
  for (const Box& box : all_of<Box>(picture.drawing))
    if (box.fill.ink == Ink::drop && box.fill.hatched && box.rect.y == bars[1].rect.y) {
      ++hatched;
      EXPECT_NEAR(box.rect.x, bars[1].rect.x, 0.01);
      EXPECT_NEAR(box.rect.right(), bars[0].rect.right(), 0.01);
    }
  EXPECT_EQ(hatched, 1);
}

TEST(Timeline, has_no_row_for_a_leader_who_never_changed) {
  EXPECT_FALSE(says(draw_timeline(tutorial(), view_of(tutorial()), {1580, 190}).drawing, "leads"));
}

TEST(Timeline, says_what_did_not_happen) {
  const auto calm = recording_of(calm_scenario());
  const TimedDrawing picture = draw_timeline(*calm, view_of(*calm), kUsual);
  EXPECT_TRUE(says(picture.drawing, "nothing goes wrong"));
  EXPECT_TRUE(says(picture.drawing, "the scenario claims nothing"));
  EXPECT_TRUE(says(picture.drawing, "never apart"));
  const auto crash = recording_of(crash_scenario());
  EXPECT_TRUE(says(draw_timeline(*crash, view_of(*crash), kUsual).drawing, "nothing is violated"));
  const auto partial = recording_of(crash_scenario(), TraceBudget{20'000});
  EXPECT_TRUE(says(draw_timeline(*partial, view_of(*partial), kUsual).drawing, "not traced"));
}

TEST(Timeline, is_legible_at_every_size) {
  const auto crowded = recording_of(crowded_scenario());
  const auto crash = recording_of(crash_scenario());
  const auto calm = recording_of(calm_scenario());
  for (const Recording* recording :
       {&tutorial(), &github(), crash.get(), crowded.get(), calm.get()})
    for (const double scale : {0.5, 1.0, 3.0}) {
      const Size size{kUsual.width * scale, kUsual.height * scale};
      const TimedDrawing picture = draw_timeline(*recording, view_of(*recording), size);
      const std::string where = recording->result.scenario + " at " + std::to_string(scale);
      expect_legible(picture.drawing, where);
      expect_speaking(picture.drawing);
      for (const char* row : {"Faults", "Traffic", "Divergence", "Verdicts"})
        EXPECT_TRUE(says(picture.drawing, row)) << where;
    }
}

TEST(Timeline, is_a_table_too) {
  const Table table = table_of_timeline(tutorial(), view_of(tutorial()));
  ASSERT_GE(table.rows.size(), 5u);
  EXPECT_TRUE(std::is_sorted(
      table.rows.begin(), table.rows.end(),
      [](const auto& a, const auto& b) { return std::stod(a[0]) < std::stod(b[0]); }));
  EXPECT_TRUE(std::any_of(table.rows.begin(), table.rows.end(), [](const auto& row) {
    return row[0] == "10.000 s" && row[1] == "split begins: cut us-east | us-west";
  }));
}

}  // namespace
}  // namespace cleave::draw
