#include "sim/draw/cursor.h"

#include "tests/draw/geometry.h"
#include "tests/draw/recordings.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace cleave::draw {
namespace {

constexpr Size kSize{760, 310};
constexpr TimeAxis kAxis{100, 740, seconds(10), seconds(20)};

TEST(Cursor, stands_at_its_moment_from_the_clock_to_the_bottom) {
  View view;
  view.at = millis(12'345);
  const Drawing drawing = draw_cursor(kAxis, view, kSize);
  const auto lines = all_of<Line>(drawing);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_DOUBLE_EQ(lines[0].from.x, kAxis.x(view.at));
  EXPECT_DOUBLE_EQ(lines[0].to.x, kAxis.x(view.at));
  EXPECT_DOUBLE_EQ(lines[0].to.y, kSize.height);
  EXPECT_EQ(lines[0].stroke.ink, Ink::cursor);
  EXPECT_TRUE(says(drawing, "12.345 s"));
}

TEST(Cursor, its_clock_stays_inside_of_the_picture) {
  for (const TimeAxis& axis : {TimeAxis{0, 760, seconds(0), seconds(9)}, kAxis})
    for (const Time at : {axis.from, axis.to}) {
      View view;
      view.at = at;
      expect_legible(draw_cursor(axis, view, kSize), "cursor");
    }
}

TEST(Cursor, is_not_drawn_where_the_axis_does_not_reach) {
  View view;
  view.at = millis(9'999);
  EXPECT_TRUE(draw_cursor(kAxis, view, kSize).shapes.empty());
}

TEST(Cursor, a_reading_points_at_the_curve_and_stays_inside) {
  for (const Point at : {Point{105, 40}, Point{739, 300}, Point{400, 2}}) {
    const Drawing drawing = draw_reading(kAxis, at, "16 apart", kSize);
    const auto rings = all_of<Disc>(drawing);
    ASSERT_EQ(rings.size(), 1u);
    EXPECT_EQ(rings[0].centre.x, at.x);
    EXPECT_EQ(rings[0].centre.y, at.y);
    expect_legible(drawing, "reading");
  }
  const TimeAxis narrow{80, 170, {}, seconds(1)};
  expect_legible(draw_reading(narrow, {120, 40}, "7,502 apart", {182, 130}), "narrow");
}

TEST(Cursor, the_bracket_spans_the_window) {
  View view = window_of(seconds(12), seconds(14));
  for (const Box& box : all_of<Box>(draw_window(kAxis, view, kSize))) {
    EXPECT_DOUBLE_EQ(box.rect.x, kAxis.x(seconds(12)));
    EXPECT_DOUBLE_EQ(box.rect.right(), kAxis.x(seconds(14)));
  }
  view.from = seconds(5);
  const auto boxes = all_of<Box>(draw_window(kAxis, view, kSize));
  ASSERT_EQ(boxes.size(), 2u);
  EXPECT_DOUBLE_EQ(boxes[0].rect.x, kAxis.left) << "what is not on the axis is not drawn";
  view.to = seconds(7);
  EXPECT_TRUE(draw_window(kAxis, view, kSize).shapes.empty());
}

TEST(Cursor, the_veil_begins_at_the_cursor) {
  View view;
  view.at = seconds(15);
  const auto boxes = all_of<Box>(draw_future(kAxis, view, kSize));
  ASSERT_EQ(boxes.size(), 1u);
  EXPECT_DOUBLE_EQ(boxes[0].rect.x, kAxis.x(view.at));
  EXPECT_DOUBLE_EQ(boxes[0].rect.right(), kAxis.right);
  view.at = seconds(20);
  EXPECT_TRUE(draw_future(kAxis, view, kSize).shapes.empty());
}

}  // namespace
}  // namespace cleave::draw
