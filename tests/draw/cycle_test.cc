#include "sim/draw/cycle.h"

#include "sim/draw/operations.h"
#include "sim/draw/space_time.h"
#include "sim/draw/timeline.h"
#include "tests/draw/geometry.h"
#include "tests/draw/recordings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <utility>

namespace cleave::draw {
namespace {

const Verdict& verdict() {
  return stale_read().result.expectations.front().verdict;
}

View view_of_witness() {
  View view;
  view.verdict = 0;
  view.selected = {Target::Kind::verdict, 0, 0};
  const Span span = span_of(witness_operations(stale_read(), 0));
  view.from = span.from;
  view.to = span.to;
  return view;
}

// What a picture has of the operations of the witness, in the order of their numbers.
void expect_operations(const Drawing& drawing, const std::string& where) {
  for (const ShownOperation& operation : witness_operations(stale_read(), 0)) {
    const Spot* spot = spot_of(drawing, operation.target);
    ASSERT_NE(spot, nullptr) << where << ": " << operation.what;
    EXPECT_TRUE(spot->selected) << where;
    EXPECT_NE(spot->name.find(operation.what), std::string::npos) << where;
  }
}

TEST(WitnessOperations, are_those_that_clients_asked_for) {
  ASSERT_GE(verdict().operations.size(), 2u);
  const auto shown = witness_operations(stale_read(), 0);
  ASSERT_EQ(shown.size(), verdict().operations.size());
  for (std::size_t i = 0; i < shown.size(); ++i) {
    EXPECT_EQ(shown[i].number, i + 1);
    EXPECT_EQ(shown[i].what, verdict().operations[i].what);
    EXPECT_EQ(shown[i].asked, verdict().operations[i].asked);
    EXPECT_EQ(shown[i].answered, verdict().operations[i].answered);
    const auto* traced = stale_read().trace.find({NodeId{shown[i].target.a}, shown[i].target.b});
    ASSERT_NE(traced, nullptr);
    EXPECT_EQ(traced->invoked.event, shown[i].asked);
    EXPECT_NE(shown[i].what.find(stale_read().name(shown[i].client)), std::string::npos)
        << "the words name the client whose operation it is";
  }
}

TEST(WitnessOperations, are_none_of_a_verdict_that_has_none) {
  EXPECT_TRUE(witness_operations(stale_read(), 1).empty());
  EXPECT_TRUE(witness_operations(stale_read(), 99).empty());
  EXPECT_FALSE(has_witness(stale_read(), 1));
  EXPECT_FALSE(has_witness(stale_read(), 99));
}

TEST(WitnessOperations, stay_selected_while_one_of_them_is_looked_at) {
  View view = view_of_witness();
  const auto all = witness_operations(stale_read(), 0);
  view.selected = all.back().target;
  const auto shown = selected_operations(stale_read(), view);
  ASSERT_EQ(shown.size(), all.size());
  for (const ShownOperation& operation : shown)
    EXPECT_EQ(operation.selected, operation.target == view.selected);
  view.verdict.reset();
  EXPECT_EQ(selected_operations(stale_read(), view).size(), 1u) << "one by itself";
}

TEST(WitnessOperations, are_marked_in_every_picture_of_time) {
  const View view = view_of_witness();
  const Size size{770, 300};
  expect_operations(draw_space_time(stale_read(), view, size).drawing, "space-time");
  expect_operations(draw_timeline(stale_read(), view, {1570, 200}).drawing, "timeline");
  expect_operations(draw_cycle(stale_read(), view, {350, 140}), "cycle");
  View nothing = view;
  nothing.verdict.reset();
  for (const Drawing& drawing : {draw_space_time(stale_read(), nothing, size).drawing,
                                 draw_timeline(stale_read(), nothing, {1570, 200}).drawing})
    EXPECT_TRUE(spots_of(drawing, Target::Kind::operation).empty());
}

// Their questions and answers stay as they were; all other messages step back.
TEST(WitnessOperations, dim_what_has_nothing_to_do_with_them) {
  View view = view_of_witness();
  const Size size{770, 300};
  const auto dim = [&] {
    std::size_t dimmed = 0;
    for (const Line& line : all_of<Line>(draw_space_time(stale_read(), view, size).drawing))
      if (line.stroke.opacity < 0.3) ++dimmed;
    return dimmed;
  };
  EXPECT_GT(dim(), 0u);
  view.verdict.reset();
  EXPECT_EQ(dim(), 0u);
}

TEST(Cycle, is_legible_at_every_size) {
  for (const Size size : {Size{300, 90}, Size{350, 120}, Size{350, 200}, Size{1094, 240}}) {
    const Drawing drawing = draw_cycle(stale_read(), view_of_witness(), size);
    expect_legible(drawing, std::to_string(size.width));
    expect_speaking(drawing);
  }
}

TEST(Cycle, keeps_the_order_of_questions_and_answers) {
  const Drawing drawing = draw_cycle(stale_read(), view_of_witness(), {700, 200});
  const auto shown = witness_operations(stale_read(), 0);
  for (const ShownOperation& a : shown)
    for (const ShownOperation& b : shown) {
      if (!a.to || *a.to >= b.from) continue;
      EXPECT_LT(spot_of(drawing, a.target)->rect.right(), spot_of(drawing, b.target)->rect.x)
          << a.what << " ended before " << b.what;
    }
}

TEST(Cycle, has_an_arrow_for_each_pair_that_has_a_reason) {
  const Drawing drawing = draw_cycle(stale_read(), view_of_witness(), {700, 200});
  std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (const WitnessReason& reason : verdict().because)
    pairs.emplace(reason.from, reason.to);
  ASSERT_FALSE(pairs.empty());
  const auto arrows = std::count_if(drawing.spots.begin(), drawing.spots.end(),
                                    [](const Spot& spot) { return spot.segment; });
  EXPECT_EQ(static_cast<std::size_t>(arrows), pairs.size());
  for (const WitnessReason& reason : verdict().because)
    EXPECT_TRUE(std::any_of(drawing.spots.begin(), drawing.spots.end(), [&](const Spot& spot) {
      return spot.segment && spot.name.find(reason.why) != std::string::npos;
    })) << reason.why;
}

TEST(Cycle, says_so_if_there_is_none) {
  View view;
  EXPECT_TRUE(says(draw_cycle(stale_read(), view, {350, 200}), "Choose a violated"));
  view.verdict = 1;
  EXPECT_TRUE(says(draw_cycle(stale_read(), view, {350, 200}), "Choose a violated"));
  EXPECT_TRUE(table_of_operations(stale_read(), view).rows.empty());
  EXPECT_TRUE(table_of_reasons(stale_read(), view).rows.empty());
}

// The memory for the trace may be used up before the operations came.
TEST(Cycle, says_so_if_it_was_not_traced) {
  RecordingRequest request = request_of(load_file("scenarios/cap/stale-read.yaml"));
  request.budget.bytes = 1'000;
  const auto little = record(request).recording;
  const View view = view_of_witness();
  EXPECT_TRUE(says(draw_cycle(*little, view, {350, 200}), "were not traced"));
  EXPECT_EQ(table_of_operations(*little, view).rows.size(), verdict().operations.size())
      << "what they were is known all the same";
}

TEST(Cycle, is_two_tables) {
  const Table operations = table_of_operations(stale_read(), view_of_witness());
  ASSERT_EQ(operations.rows.size(), verdict().operations.size());
  EXPECT_EQ(operations.rows[0][0], "1");
  EXPECT_EQ(operations.rows[0][1], verdict().operations[0].what);
  const Table reasons = table_of_reasons(stale_read(), view_of_witness());
  ASSERT_EQ(reasons.rows.size(), verdict().because.size());
  EXPECT_EQ(reasons.rows[0][1], verdict().because[0].why);
}

}  // namespace
}  // namespace cleave::draw
