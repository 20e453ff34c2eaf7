#include "sim/draw/space_time.h"

#include "sim/draw/lanes.h"
#include "tests/draw/geometry.h"
#include "tests/draw/recordings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace cleave::draw {
namespace {

constexpr Size kUsual{760, 310};

// The y of the lane of a node, as its label tells.
double lane_y(const TimedDrawing& picture, NodeId node) {
  for (const Spot& spot : picture.drawing.spots)
    if (spot.target == target_of(node)) return spot.rect.y + spot.rect.height / 2;
  ADD_FAILURE() << "no lane of node " << node.value;
  return 0;
}

const TracedMessage& message_of(const Recording& recording, const Spot& spot) {
  return recording.trace.messages()[spot.target.a];
}

TEST(SpaceTime, arrows_begin_and_end_on_their_lanes) {
  const View view = window_of(millis(9'500), millis(9'900));
  const TimedDrawing picture = draw_space_time(tutorial(), view, kUsual);
  int whole = 0;
  for (const Spot& spot : spots_of(picture.drawing, Target::Kind::message)) {
    const TracedMessage& message = message_of(tutorial(), spot);
    if (message.sent < view.from || message.ended > view.to || !message.arrived()) continue;
    ++whole;
    EXPECT_NEAR(spot.from.x, picture.axis.x(message.sent), 0.01);
    EXPECT_NEAR(spot.to.x, picture.axis.x(message.ended), 0.01);
    EXPECT_NEAR(spot.from.y, lane_y(picture, message.from), 0.01) << spot.name;
    EXPECT_NEAR(spot.to.y, lane_y(picture, message.to), 0.01) << spot.name;
  }
  EXPECT_GT(whole, 20);
}

TEST(SpaceTime, what_was_cut_ends_in_a_cross_inside_of_the_band) {
  const TimedDrawing picture =
      draw_space_time(tutorial(), window_of(millis(9'800), millis(10'600)), kUsual);
  const double left = picture.axis.x(seconds(10));
  const std::vector<Disc> discs = all_of<Disc>(picture.drawing);
  int crosses = 0;
  for (const Spot& spot : spots_of(picture.drawing, Target::Kind::message)) {
    const TracedMessage& message = message_of(tutorial(), spot);
    if (message.end != RecordKind::cut) continue;
    ++crosses;
    EXPECT_GE(spot.to.x, left) << spot.name;
    const double east = lane_y(picture, tutorial().cast.clients[0].back());
    const double west = lane_y(picture, tutorial().cast.replicas[0][1]);
    EXPECT_GT(spot.to.y, east + 5) << "between the regions";
    EXPECT_LT(spot.to.y, west - 5) << "between the regions";
    EXPECT_TRUE(std::any_of(discs.begin(), discs.end(), [&](const Disc& disc) {
      return disc.centre.x == spot.to.x && disc.centre.y == spot.to.y &&
             disc.stroke.ink == Ink::drop;
    })) << "a ring";
  }
  EXPECT_GT(crosses, 0);
}

TEST(SpaceTime, draws_what_was_dropped_dashed) {
  const TimedDrawing picture =
      draw_space_time(tutorial(), window_of(millis(9'800), millis(10'600)), kUsual);
  int dashed = 0;
  for (const Line& line : all_of<Line>(picture.drawing)) {
    const bool arrow =
        line.stroke.ink == Ink::drop && line.from.x != line.to.x && line.stroke.width == 1.25;
    if (arrow && line.stroke.dash == Dash::dashed) ++dashed;
    EXPECT_FALSE(arrow && line.stroke.dash == Dash::solid);
  }
  EXPECT_GT(dashed, 0);
}

TEST(SpaceTime, marks_a_cut_over_the_whole_height_and_names_it_once) {
  const TimedDrawing picture =
      draw_space_time(tutorial(), window_of(seconds(8), seconds(22)), kUsual);
  const double left = picture.axis.x(seconds(10));
  const double right = picture.axis.x(seconds(20));
  const std::vector<Box> boxes = all_of<Box>(picture.drawing);
  const auto band = std::find_if(boxes.begin(), boxes.end(), [&](const Box& box) {
    return box.fill.hatched && box.rect.height > 250;
  });
  ASSERT_NE(band, boxes.end());
  EXPECT_NEAR(band->rect.x, left, 0.01);
  EXPECT_NEAR(band->rect.right(), right, 0.01);
  const std::vector<std::string> texts = texts_of(picture.drawing);
  EXPECT_EQ(std::count(texts.begin(), texts.end(), "split"), 1);
  EXPECT_EQ(std::count(texts.begin(), texts.end(), "split 10.0"), 1);
  EXPECT_EQ(std::count(texts.begin(), texts.end(), "split ends 20.0"), 1);
}

TEST(SpaceTime, every_lane_has_a_line_in_the_ink_of_its_region) {
  const TimedDrawing picture =
      draw_space_time(github(), window_of(seconds(19), seconds(21)), {760, 1200});
  const std::vector<Line> lines = all_of<Line>(picture.drawing);
  std::size_t lanes = 0;
  for (const Spot& spot : spots_of(picture.drawing, Target::Kind::node)) {
    const double y = spot.rect.y + spot.rect.height / 2;
    ++lanes;
    EXPECT_TRUE(std::any_of(lines.begin(), lines.end(), [&](const Line& line) {
      return std::abs(line.from.y - y) < 0.01 && line.from.x == picture.axis.left &&
             line.to.x == picture.axis.right &&
             (line.stroke.ink == Ink::region0 || line.stroke.ink == Ink::region1);
    })) << spot.name;
  }
  EXPECT_EQ(lanes, 43u);
}

TEST(SpaceTime, clients_share_a_lane_where_lanes_would_be_too_low) {
  const View view = window_of(seconds(19), seconds(21));
  const Roles roles(github());
  const auto count = [&](double height) {
    return lay_out_lanes(github(), roles, view, {0, height, 0, kLeastLane}).all.size();
  };
  EXPECT_EQ(count(43 * kLeastLane), 43u) << "just high enough";
  EXPECT_EQ(count(43 * kLeastLane - 1), 5u);
  EXPECT_EQ(count(5 * kLeastLane - 1), 5u) << "one replica in each region: nothing more to share";
  const TimedDrawing picture = draw_space_time(github(), view, kUsual);
  EXPECT_TRUE(says(picture.drawing,
                   "east \xC3\x97"
                   "20"));
  EXPECT_EQ(spots_of(picture.drawing, Target::Kind::lane).size(), 2u);
}

TEST(SpaceTime, shows_less_of_each_message_the_more_there_are) {
  EXPECT_EQ(detail_for(400), Detail::full);
  EXPECT_EQ(detail_for(401), Detail::thin);
  EXPECT_EQ(detail_for(4'000), Detail::thin);
  EXPECT_EQ(detail_for(4'001), Detail::density);

  const auto heads = [](const TimedDrawing& picture) {
    return all_of<Path>(picture.drawing).size();
  };
  const auto full = draw_space_time(tutorial(), window_of(seconds(5), millis(6'000)), kUsual);
  EXPECT_GT(heads(full), 50u);
  EXPECT_GT(spots_of(full.drawing, Target::Kind::message).size(), 50u);
  const auto thin = draw_space_time(tutorial(), window_of(seconds(2), seconds(9)), kUsual);
  EXPECT_EQ(heads(thin), 0u);
  EXPECT_GT(all_of<Line>(thin.drawing).size(), 400u);
  EXPECT_TRUE(spots_of(thin.drawing, Target::Kind::message).empty());
  const auto density = draw_space_time(github(), window_of({}, seconds(120)), kUsual);
  EXPECT_LT(density.drawing.shapes.size(), 2'000u) << "bars, not one line for each message";
  EXPECT_GT(all_of<Box>(density.drawing).size(), 500u);
}

TEST(SpaceTime, breaks_the_lane_of_a_node_while_it_is_down) {
  const auto recording = recording_of(crash_scenario());
  const TimedDrawing picture =
      draw_space_time(*recording, window_of(seconds(1), seconds(5)), kUsual);
  const double y = lane_y(picture, recording->cast.replicas[0][1]);
  for (const Line& line : all_of<Line>(picture.drawing)) {
    if (line.from.y != y || line.to.y != y || line.from.x == line.to.x) continue;
    const bool down =
        line.from.x < picture.axis.x(millis(3'999)) && line.to.x > picture.axis.x(millis(2'001));
    EXPECT_EQ(line.stroke.dash, down ? Dash::dotted : Dash::solid);
  }
}

TEST(SpaceTime, puts_a_violation_on_the_lane_of_its_witness) {
  const TimedDrawing picture =
      draw_space_time(tutorial(), window_of(millis(11'900), millis(12'200)), kUsual);
  const auto spots = spots_of(picture.drawing, Target::Kind::verdict);
  ASSERT_EQ(spots.size(), 1u);
  const Verdict& verdict = tutorial().result.expectations[spots[0].target.a].verdict;
  const NodeId node = *tutorial().trace.events()[verdict.witness.back().value - 1].node;
  EXPECT_EQ(tutorial().name(node), "west/2");
  EXPECT_NEAR(spots[0].rect.y + spots[0].rect.height / 2, lane_y(picture, node), 0.01);
  EXPECT_NEAR(spots[0].rect.x + spots[0].rect.width / 2, picture.axis.x(*verdict.at), 0.01);
}

TEST(SpaceTime, dims_all_but_the_message_that_is_selected) {
  View view = window_of(millis(9'500), millis(9'900));
  const TimedDrawing plain = draw_space_time(tutorial(), view, kUsual);
  view.selected = spots_of(plain.drawing, Target::Kind::message).at(5).target;
  const TimedDrawing picture = draw_space_time(tutorial(), view, kUsual);
  int accented = 0;
  for (const Line& line : all_of<Line>(picture.drawing)) {
    if (line.stroke.ink == Ink::accent) ++accented;
    if (line.stroke.ink == Ink::request) {
      EXPECT_LT(line.stroke.opacity, 0.5);
    }
  }
  EXPECT_EQ(accented, 1);
}

TEST(SpaceTime, keeps_arrows_out_of_the_labels) {
  const TimedDrawing picture =
      draw_space_time(tutorial(), window_of(millis(20'100), millis(20'500)), kUsual);
  for (const Spot& spot : spots_of(picture.drawing, Target::Kind::message)) {
    EXPECT_GE(spot.from.x, picture.axis.left - 0.01);
    EXPECT_LE(spot.to.x, picture.axis.right + 0.01);
  }
}

TEST(SpaceTime, leaves_out_hidden_lanes_and_says_so) {
  View view = window_of(millis(9'500), millis(9'900));
  const NodeId hidden = tutorial().cast.clients[0][1];
  view.hidden = {hidden, tutorial().cast.clients[0][2]};
  const TimedDrawing picture = draw_space_time(tutorial(), view, kUsual);
  EXPECT_TRUE(says(picture.drawing, "2 lanes are hidden"));
  for (const Spot& spot : picture.drawing.spots) {
    EXPECT_FALSE(spot.target == target_of(hidden));
    if (spot.target.kind != Target::Kind::message) continue;
    EXPECT_NE(message_of(tutorial(), spot).from, hidden);
  }
}

TEST(SpaceTime, says_why_it_is_empty) {
  const auto calm = recording_of(calm_scenario());
  EXPECT_TRUE(says(draw_space_time(*calm, window_of(millis(1'500), millis(1'600)), kUsual).drawing,
                   "No message is on its way in this window."));
  View none = window_of(seconds(1), seconds(2));
  for (std::uint32_t i = 0; i < tutorial().start.node_count(); ++i)
    none.hidden.insert(NodeId{i});
  EXPECT_TRUE(says(draw_space_time(tutorial(), none, kUsual).drawing, "Every lane is hidden."));
  const auto partial = recording_of(crash_scenario(), TraceBudget{20'000});
  ASSERT_GT(partial->trace.left_out(), 0u);
  EXPECT_TRUE(says(draw_space_time(*partial, window_of(seconds(1), seconds(8)), kUsual).drawing,
                   "on nothing was traced"));
}

TEST(SpaceTime, is_legible_at_every_size) {
  const auto crowded = recording_of(crowded_scenario());
  const auto crash = recording_of(crash_scenario());
  for (const double scale : {0.5, 1.0, 3.0})
    for (const auto& [from, to] : {std::pair{0, 40}, {9, 11}, {10, 12}, {19, 23}, {62, 64}})
      for (const Recording* recording : {&tutorial(), &github(), crash.get(), crowded.get()}) {
        View view = window_of(seconds(from), seconds(to));
        const Size size{kUsual.width * scale, kUsual.height * scale};
        const std::string where = recording->result.scenario + " at " + std::to_string(scale) +
                                  ", " + std::to_string(from) + " s";
        const TimedDrawing picture = draw_space_time(*recording, view, size);
        expect_legible(picture.drawing, where);
        expect_speaking(picture.drawing);
        view.hidden = {recording->cast.clients[0][0]};
        expect_legible(draw_space_time(*recording, view, size).drawing, where + ", one hidden");
      }
}

TEST(SpaceTime, is_a_table_too) {
  const View view = window_of(millis(9'900), millis(10'100));
  const Table table = table_of_space_time(tutorial(), view);
  ASSERT_FALSE(table.rows.empty());
  for (const auto& row : table.rows)
    EXPECT_EQ(row.size(), table.head.size());
  EXPECT_EQ(table_of_space_time(tutorial(), view, 3).rows.size(), 3u);
}

}  // namespace
}  // namespace cleave::draw
