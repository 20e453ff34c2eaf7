// The small parts that every picture is made of: axis, targets, widths of text, spots.
#include "sim/draw/axis.h"
#include "sim/draw/drawing.h"
#include "sim/draw/target.h"
#include "sim/draw/text_width.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace cleave::draw {
namespace {

constexpr Time at_ms(std::int64_t ms) {
  return Time{ms * 1'000'000};
}

TEST(TimeAxis, finds_its_way_back) {
  const TimeAxis axis{50, 450, at_ms(1'000), at_ms(3'000)};
  EXPECT_DOUBLE_EQ(axis.x(at_ms(1'000)), 50);
  EXPECT_DOUBLE_EQ(axis.x(at_ms(3'000)), 450);
  EXPECT_DOUBLE_EQ(axis.x(at_ms(1'500)), 150);
  for (const int ms : {1'000, 1'005, 2'000, 2'995, 3'000})
    EXPECT_EQ(axis.time(axis.x(at_ms(ms))), at_ms(ms));
  EXPECT_EQ(axis.time(-100), at_ms(1'000)) << "outside it is at its ends";
  EXPECT_EQ(axis.time(1'000), at_ms(3'000));
  EXPECT_TRUE(axis.shows(at_ms(3'000)));
  EXPECT_FALSE(axis.shows(at_ms(3'001)));
}

TEST(TimeAxis, has_round_ticks_far_enough_apart) {
  for (const std::int64_t length_ms : {1, 7, 300, 2'500, 40'000, 86'400'000})
    for (const double width : {100.0, 400.0, 1580.0}) {
      const TimeAxis axis{0, width, at_ms(12'345), at_ms(12'345 + length_ms)};
      const std::vector<Time> all = ticks(axis, 60);
      for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_TRUE(axis.shows(all[i]));
        if (i == 0) continue;
        EXPECT_GE(axis.x(all[i]) - axis.x(all[i - 1]), 60 - 1e-6);
        std::int64_t step = (all[i] - all[i - 1]).ns;
        EXPECT_EQ(all[i].ns % step, 0) << "multiples of the step";
        while (step % 10 == 0)
          step /= 10;
        EXPECT_TRUE(step == 1 || step == 2 || step == 5) << step;
      }
      EXPECT_LE(all.size(), static_cast<std::size_t>(width / 60) + 1);
    }
}

TEST(TimeAxis, writes_ticks_with_as_many_places_as_tell_them_apart) {
  EXPECT_EQ(tick_text(at_ms(12'400), Duration{100'000'000}), "12.4");
  EXPECT_EQ(tick_text(at_ms(12'400), Duration{50'000'000}), "12.40");
  EXPECT_EQ(tick_text(at_ms(20'000), Duration{5'000'000'000}), "20");
  EXPECT_EQ(clock_text(at_ms(12'400)), "12.400 s");
  EXPECT_EQ(clock_text(Time{999'999'999}), "0.999 s") << "cut, never rounded into the future";
}

TEST(Target, is_read_as_it_is_written) {
  using Kind = Target::Kind;
  for (const Target target :
       {Target{}, Target{Kind::node, 3, 0}, Target{Kind::region, 1, 0}, Target{Kind::link, 0, 1},
        Target{Kind::message, 4'294'967'295, 0}, Target{Kind::event, 17, 0},
        Target{Kind::pair, 2, 5}, Target{Kind::fault, 0, 0}, Target{Kind::verdict, 1, 0},
        Target{Kind::operation, 7, 9}, Target{Kind::lane, 4, 0}, Target{Kind::side, 2, 0}})
    EXPECT_EQ(target_of(to_text(target)), target) << to_text(target);
  EXPECT_EQ(to_text(target_of(NodeId{0}, NodeId{1})), "pair 0 1");
}

TEST(Target, is_nothing_where_the_text_is_none) {
  for (const char* text : {"", "knot 3", "node", "node 3 4", "pair 0", "pair 0 x", "node -1",
                           "node 4294967296", "node  3", "node 3 ", "nothing 0"})
    EXPECT_EQ(target_of(std::string_view(text)), std::nullopt) << text;
}

TEST(TextWidth, counts_mono_by_characters_and_others_by_their_letters) {
  const TextStyle mono{10, Weight::regular, true};
  EXPECT_DOUBLE_EQ(text_width("iiii", mono), text_width("WWWW", mono));
  EXPECT_DOUBLE_EQ(text_width("12.400 s", mono), 8 * 6.0);
  EXPECT_DOUBLE_EQ(text_width("\xC3\x97", mono), 6.0) << "one character, two bytes";
  const TextStyle plain{10, Weight::regular, false};
  EXPECT_LT(text_width("iiii", plain), text_width("WWWW", plain));
  EXPECT_LT(text_width("cut", plain), text_width("cut", {10, Weight::semibold, false}));
  EXPECT_DOUBLE_EQ(text_width("cut", {20, Weight::regular, false}), 2 * text_width("cut", plain));
}

TEST(TextWidth, fits_by_an_ellipsis_and_never_breaks_a_character) {
  const TextStyle mono{10, Weight::regular, true};
  EXPECT_EQ(fitted("us-east", mono, 42), "us-east");
  EXPECT_EQ(fitted("us-east", mono, 41), "us-ea" + std::string(kEllipsis));
  EXPECT_EQ(fitted("\xC3\x97\xC3\x97\xC3\x97", mono, 12.5), "\xC3\x97" + std::string(kEllipsis));
  EXPECT_EQ(fitted("us-east", mono, 5), "");
  for (double width = 0; width < 60; width += 0.5)
    EXPECT_LE(text_width(fitted("us-east/0", mono, width), mono), width);
}

Spot box(std::uint32_t id, Rect rect) {
  return {{Target::Kind::node, id, 0}, rect, false, {}, {}, "box"};
}
Spot segment(std::uint32_t id, Point from, Point to) {
  return {{Target::Kind::message, id, 0}, {}, true, from, to, "segment"};
}

TEST(SpotAt, finds_the_nearest_and_of_equals_the_last) {
  Drawing drawing;
  drawing.spots = {box(1, {0, 0, 100, 100}), box(2, {10, 10, 20, 20}),
                   segment(3, {0, 50}, {100, 60})};
  EXPECT_EQ(spot_at(drawing, {20, 20})->target.a, 2u) << "drawn above the first";
  EXPECT_EQ(spot_at(drawing, {80, 20})->target.a, 1u);
  EXPECT_EQ(spot_at(drawing, {50, 55})->target.a, 3u);
  EXPECT_EQ(spot_at(drawing, {103, 20})->target.a, 1u) << "near enough";
  EXPECT_EQ(spot_at(drawing, {106, 20}), nullptr);
  EXPECT_EQ(spot_at(drawing, {106, 20}, 7)->target.a, 1u);
}

TEST(SpotAt, measures_to_a_segment_not_to_its_line) {
  Drawing drawing;
  drawing.spots = {segment(1, {10, 10}, {20, 10}), segment(2, {50, 50}, {50, 50})};
  EXPECT_EQ(spot_at(drawing, {15, 13})->target.a, 1u);
  EXPECT_EQ(spot_at(drawing, {28, 10}), nullptr) << "beyond its end";
  EXPECT_EQ(spot_at(drawing, {53, 54})->target.a, 2u) << "without length a point";
  EXPECT_EQ(spot_at(Drawing{}, {0, 0}), nullptr);
}

TEST(RectOfLabel, stands_where_the_label_is_aligned) {
  const TextStyle mono{10, Weight::regular, true};
  const double width = text_width("four", mono);
  EXPECT_DOUBLE_EQ(rect_of({{50, 20}, "four", mono, Align::left, Ink::text}).x, 50);
  EXPECT_DOUBLE_EQ(rect_of({{50, 20}, "four", mono, Align::centre, Ink::text}).x, 50 - width / 2);
  EXPECT_DOUBLE_EQ(rect_of({{50, 20}, "four", mono, Align::right, Ink::text}).right(), 50);
  const Rect rect = rect_of({{50, 20}, "four", mono, Align::left, Ink::text});
  EXPECT_TRUE(rect.y < 20 && rect.bottom() > 20) << "around the baseline";
}

}  // namespace
}  // namespace cleave::draw
