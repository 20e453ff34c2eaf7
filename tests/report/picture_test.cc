#include "sim/report/picture.h"

#include "sim/report/picture_text.h"
#include "sim/report/typography.h"
#include "tests/report/sample.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace cleave {
namespace {

Time at_s(std::int64_t s) {
  return Time{} + Duration{1'000'000'000} * s;
}

FaultResult fault(std::string name, std::vector<Span> active) {
  FaultResult result;
  result.fault.name = std::move(name);
  result.active = std::move(active);
  return result;
}

// Ten seconds in ten slices, at distances 0 to 9.
RunResult ramp() {
  RunResult run;
  run.simulated = at_s(10);
  StoreResult store;
  store.name = "ramp";
  store.curve.slice = Duration{1'000'000'000};
  store.curve.highest.resize(10);
  std::iota(store.curve.highest.begin(), store.curve.highest.end(), 0u);
  store.curve.peak = 9;
  store.curve.peak_at = at_s(9);
  run.stores = {store};
  return run;
}

std::vector<int> heights(const Picture& picture) {
  std::vector<int> ys;
  for (const Picture::Point& point : picture.curve)
    ys.push_back(point.y);
  return ys;
}

TEST(Picture, has_a_point_for_each_column_whatever_the_slices_are) {
  const RunResult run = ramp();
  using Heights = std::vector<int>;
  EXPECT_EQ(heights(draw_divergence(run, run.stores[0], {10, 9})),
            (Heights{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
  // Several slices a column: the highest. Several columns a slice: the same.
  EXPECT_EQ(heights(draw_divergence(run, run.stores[0], {5, 9})), (Heights{1, 3, 5, 7, 9}));
  EXPECT_EQ(heights(draw_divergence(run, run.stores[0], {1, 9})), (Heights{9}));
  const Heights wide = heights(draw_divergence(run, run.stores[0], {30, 9}));
  ASSERT_EQ(wide.size(), 30u);
  for (std::size_t i = 0; i < wide.size(); ++i)
    EXPECT_EQ(wide[i], static_cast<int>(i / 3)) << i;
}

TEST(Picture, shows_every_value_above_none_and_nothing_above_the_top) {
  RunResult run = ramp();
  run.stores[0].curve.highest[9] = run.stores[0].curve.peak = 1'000'000'000'000'000'000;
  const std::vector<int> ys = heights(draw_divergence(run, run.stores[0], {10, 48}));
  EXPECT_EQ(ys, (std::vector<int>{0, 1, 1, 1, 1, 1, 1, 1, 1, 48}));
}

TEST(Picture, survives_runs_of_no_time_and_of_a_century) {
  RunResult run = ramp();
  run.stores[0].curve.highest.assign(1, 3);
  run.stores[0].curve.peak = 3;
  run.simulated = Time{};
  EXPECT_EQ(heights(draw_divergence(run, run.stores[0], {3, 6})).size(), 3u);
  run.simulated = at_s(std::int64_t{36'500} * 86'400);
  run.stores[0].curve.slice = Duration{run.simulated.ns / 10};
  run.stores[0].curve.highest.assign(10, 3);
  run.faults = {fault("late", {{run.simulated, run.simulated}})};
  const Picture picture = draw_divergence(run, run.stores[0], {100, 6});
  EXPECT_EQ(heights(picture), std::vector<int>(100, 6));
  EXPECT_EQ(picture.bands[0].from, 99);
}

TEST(Picture, puts_faults_that_overlap_into_lanes_of_their_own) {
  RunResult run = ramp();
  run.faults = {fault("long", {{at_s(1), at_s(6)}}), fault("within", {{at_s(2), at_s(3)}}),
                fault("flap", {{at_s(7), at_s(8)}, {at_s(9), at_s(10)}}), fault("never", {}),
                fault("across", {{at_s(8), at_s(9)}})};
  const Picture picture = draw_divergence(run, run.stores[0], {100, 8});
  EXPECT_EQ(picture.lanes, 2);
  std::vector<std::string> placed;
  for (const Picture::Band& band : picture.bands)
    placed.push_back(std::to_string(band.lane) + " " + band.name + " " + std::to_string(band.from) +
                     " " + std::to_string(band.to));
  EXPECT_EQ(placed, (std::vector<std::string>{"0 long 10 60", "0 flap 70 80", "0 flap 90 99",
                                              "1 within 20 30", "1 across 80 90"}));
}

TEST(Picture, marks_the_peak_and_the_point_of_convergence) {
  const RunResult run = sample::two_coasts();
  const Picture picture = draw_divergence(run, run.stores[0], {180, 48});
  ASSERT_TRUE(picture.peak && picture.converged);
  EXPECT_EQ(picture.peak->x, 63);
  EXPECT_EQ(picture.converged->x, 71);
  const RunResult calm = sample::calm();
  const Picture flat = draw_divergence(calm, calm.stores[0], {180, 48});
  EXPECT_FALSE(flat.peak || flat.converged);
}

TEST(PictureText, never_leaves_its_columns) {
  for (const RunResult& run : {sample::two_coasts(), sample::trouble(), ramp()})
    for (const StoreResult& store : run.stores)
      for (int columns = 40; columns < 120; ++columns)
        for (const Charset charset : {Charset::utf8, Charset::ascii}) {
          PictureTextOptions options;
          options.columns = columns;
          options.charset = charset;
          for (const std::string& line : picture_lines(run, store, options)) {
            EXPECT_LE(columns_of(line), static_cast<std::size_t>(columns)) << line;
            EXPECT_FALSE(line.ends_with(' ')) << line;
          }
        }
}

TEST(PictureText, in_ascii_has_no_other_characters) {
  const RunResult run = sample::trouble();
  PictureTextOptions options;
  options.charset = Charset::ascii;
  for (const std::string& line : picture_lines(run, run.stores[1], options))
    EXPECT_TRUE(std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '~'; }))
        << line;
}

TEST(PictureText, names_the_point_of_convergence_close_behind_the_bar_of_a_fault) {
  RunResult run = ramp();
  run.faults = {fault("split", {{at_s(2), at_s(5)}})};
  run.stores[0].curve.diverged = at_s(3);
  run.stores[0].curve.converged = at_s(5);
  const std::vector<std::string> lines = picture_lines(run, run.stores[0], {});
  EXPECT_TRUE(lines.back().ends_with("┘ together again at 5 s")) << lines.back();
}

TEST(PictureText, names_each_fault_once_and_counts_those_without_a_lane) {
  RunResult run = ramp();
  for (int i = 0; i < 5; ++i)
    run.faults.push_back(fault("fault-" + std::to_string(i), {{at_s(1), at_s(9)}}));
  std::string text;
  for (const std::string& line : picture_lines(run, run.stores[0], {}))
    text += line + "\n";
  for (const std::string name : {"fault-0", "fault-1", "fault-2"})
    EXPECT_EQ(text.find(name), text.rfind(name)) << text;
  EXPECT_NE(text.find("fault-2"), std::string::npos) << text;
  EXPECT_EQ(text.find("fault-3"), std::string::npos) << text;
  EXPECT_NE(text.find("and 2 more"), std::string::npos) << text;
}

}  // namespace
}  // namespace cleave
