#include "sim/draw/ledger.h"

#include "sim/report/cap_text.h"
#include "sim/report/typography.h"
#include "tests/draw/geometry.h"
#include "tests/draw/recordings.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace cleave::draw {
namespace {

constexpr Size kUsual{430, 250};

std::size_t rows_with_operations(const RunResult& run) {
  return static_cast<std::size_t>(std::count_if(
      run.cap.begin(), run.cap.end(), [](const CapRow& row) { return row.outcomes.all() > 0; }));
}

TEST(Ledger, has_a_bar_for_each_row_where_its_window_is) {
  const RunResult& run = stale_read().result;
  const TimedDrawing picture = draw_ledger(stale_read(), {}, kUsual);
  const std::vector<Spot> bars = spots_of(picture.drawing, Target::Kind::side);
  EXPECT_EQ(bars.size(), rows_with_operations(run));
  for (const Spot& bar : bars) {
    const CapRow& row = run.cap.at(bar.target.a);
    EXPECT_NEAR(bar.rect.x, picture.axis.x(row.window.from), 1);
    EXPECT_NEAR(bar.rect.right(), picture.axis.x(row.window.to), 2);
    EXPECT_NE(bar.name.find(side_name(row) + ", " + row.kind), std::string::npos) << bar.name;
  }
}

// One after the other the parts of each bar: their heights are its shares, none lies on another.
TEST(Ledger, fills_each_bar_with_the_shares_of_its_row) {
  const RunResult& run = stale_read().result;
  const Drawing drawing = draw_ledger(stale_read(), {}, {430, 600}).drawing;
  for (const Spot& bar : spots_of(drawing, Target::Kind::side)) {
    const CapRow& row = run.cap.at(bar.target.a);
    double filled = 0;
    double served = 0;
    for (const Box& box : all_of<Box>(drawing)) {
      if (box.rect.x != bar.rect.x || box.rect.width != bar.rect.width) continue;
      if (box.rect.y < bar.rect.y - 0.01 || box.rect.bottom() > bar.rect.bottom() + 0.01) continue;
      if (box.fill.hatched) continue;  // on a ground of the same size
      filled += box.rect.height;
      if (box.fill.ink == Ink::ok) served += box.rect.height;
    }
    EXPECT_NEAR(filled, bar.rect.height, 0.01) << bar.name;
    const double share = static_cast<double>(row.outcomes.ok - row.stale - row.lost) /
                         static_cast<double>(row.outcomes.all());
    EXPECT_NEAR(served / bar.rect.height, share, 0.07) << bar.name;
  }
}

TEST(Ledger, tells_sides_apart_while_the_network_is_split) {
  const Drawing drawing = draw_ledger(stale_read(), {}, kUsual).drawing;
  for (const char* words :
       {"readers, writer", "east", "reads", "updates", "stale or lost", "unknown"})
    EXPECT_TRUE(says(drawing, words)) << words;
}

TEST(Ledger, is_legible_at_every_size) {
  for (const Size size : {Size{260, 120}, kUsual, Size{430, 180}, Size{1094, 260}, Size{700, 600}})
    for (const Recording* run : {&stale_read(), &tutorial(), &github()}) {
      const Drawing drawing = draw_ledger(*run, {}, size).drawing;
      expect_legible(drawing, run->scenario.name + " " + std::to_string(size.width));
      expect_speaking(drawing);
    }
}

TEST(Ledger, marks_the_row_that_is_selected) {
  View view;
  const auto frames = [&view] {
    std::size_t count = 0;
    for (const Box& box : all_of<Box>(draw_ledger(stale_read(), view, kUsual).drawing))
      count += box.stroke.ink == Ink::accent ? 1 : 0;
    return count;
  };
  EXPECT_EQ(frames(), 0u);
  view.selected = {Target::Kind::side, 0, 0};
  EXPECT_EQ(frames(), 1u);
}

TEST(Ledger, says_so_if_there_is_none) {
  const auto calm = recording_of(R"(cleave: 1
name: Calm
run_for: 2s
topology: {latency: aws-2017, regions: [us-east]}
stores: {notes: {engine: primary-backup, replicas: {us-east: 2}}}
clients: {east: {region: us-east}}
workload: [{every: 100ms, by: east, do: write, on: notes, key: a}]
)");
  EXPECT_TRUE(says(draw_ledger(*calm, {}, kUsual).drawing, "No fault of this scenario can split"));
  EXPECT_TRUE(table_of_ledger(calm->result).rows.empty());
  EXPECT_FALSE(ledger_window(calm->result, Time{1}));
}

TEST(Ledger, is_a_table_with_every_row) {
  const RunResult& run = stale_read().result;
  const Table table = table_of_ledger(run);
  EXPECT_EQ(table.rows.size(), rows_with_operations(run));
  for (const auto& row : table.rows)
    EXPECT_EQ(row.size(), table.head.size());
}

TEST(Ledger, knows_the_window_of_a_moment) {
  const RunResult& run = stale_read().result;
  const Span split = run.faults.front().active.front();
  const auto window = ledger_window(run, split.from);
  ASSERT_TRUE(window);
  EXPECT_EQ(*window, split) << "half-open: it begins with the fault";
  EXPECT_NE(ledger_window(run, split.to), window);
}

TEST(Ledger, says_a_row_as_a_sentence) {
  CapRow row;
  row.window = {Time{}, Time{1'000'000'000}};
  row.clients = {"east"};
  row.store = "notes";
  row.kind = "reads";
  row.outcomes = {8, 1, 0, 2, 3};
  row.unknown_held = 1;
  row.p50 = Duration{21'000'000};
  row.p99 = Duration{84'000'000};
  row.compared = 7;
  row.stale = 2;
  row.most_behind = 3;
  row.most_late = Duration{1'500'000'000};
  EXPECT_EQ(spoken(RunResult{}, row),
            "east, reads of notes, all along: 9 of 14 served (64.2 %), of these 1 refused, 2 not "
            "served, 3 of unknown outcome (1 of them made), p50 21 ms, p99 84 ms, 2 of 7 stale by "
            "up to 3 versions and 1.5 s");
}

}  // namespace
}  // namespace cleave::draw
