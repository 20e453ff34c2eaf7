#include "sim/draw/svg.h"

#include "tests/draw/xml.h"

#include <gtest/gtest.h>

#include <string>

namespace cleave::draw {
namespace {

// One shape of each kind, and a spot of each.
Drawing every_shape() {
  Drawing drawing;
  drawing.size = {120.5, 80};
  drawing.add(Line{{1.0 / 3, 2}, {30, -0.001}, {Ink::drop, 1.5, Dash::dashed, 0.5}});
  drawing.add(Path{{{0, 0}, {10, 0}, {10, 10.125}}, true, {Ink::drop, 0.4, true}, {}});
  drawing.add(Box{{1, 2, 30, 40}, 6, {Ink::panel, 1, false}, {Ink::border, 1, Dash::solid, 1}});
  drawing.add(Disc{{5, 5}, 2.5, {}, {Ink::request, 2, Dash::dotted, 1}});
  drawing.add(
      Label{{10, 20}, "a<b & \"c\"", {11, Weight::semibold, true}, Align::right, Ink::text});
  drawing.spots.push_back({{Target::Kind::node, 1, 0}, {1, 2, 3, 4}, false, {}, {}, "node <1>"});
  drawing.spots.push_back(
      {{Target::Kind::message, 7, 0}, {}, true, {1, 1}, {9, 9}, "seven & more"});
  return drawing;
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
    ++found;
  return found;
}

TEST(Svg, is_xml_that_closes_what_it_opens) {
  const std::string svg = to_svg(every_shape(), {"All <kinds>", "p1"});
  EXPECT_EQ(trouble_with_xml(svg), "") << svg;
  EXPECT_EQ(trouble_with_xml(to_svg_file(every_shape(), "All", Theme::dark)), "");
}

TEST(Svg, escapes_text_and_leaves_out_what_xml_cannot_hold) {
  EXPECT_EQ(escaped("a<b & \"c\">"), "a&lt;b &amp; &quot;c&quot;&gt;");
  EXPECT_EQ(escaped(std::string_view("\x01\x00\x1b\x7f\xc2\x85x\xEF\xBF\xBFy", 12)), "xy");
  EXPECT_EQ(escaped("\xC3\x97 4"), "\xC3\x97 4");
  EXPECT_EQ(escaped("\xff"), "\xEF\xBF\xBD");
  const std::string svg = to_svg(every_shape(), {"All <kinds>", "p1"});
  EXPECT_NE(svg.find("<title>All &lt;kinds&gt;</title>"), std::string::npos);
  EXPECT_NE(svg.find("a&lt;b &amp; &quot;c&quot;</text>"), std::string::npos);
  EXPECT_NE(svg.find("<title>node &lt;1&gt;</title>"), std::string::npos);
}

TEST(Svg, writes_numbers_with_two_decimals_at_most) {
  const std::string svg = to_svg(every_shape(), {"All", "p1"});
  EXPECT_NE(svg.find("x1=\"0.33\" y1=\"2\" x2=\"30\" y2=\"0\""), std::string::npos) << svg;
  EXPECT_NE(svg.find("viewBox=\"0 0 120.5 80\""), std::string::npos) << svg;
  EXPECT_NE(svg.find("d=\"M0,0 10,0 10,10.12Z\""), std::string::npos) << svg;
}

TEST(Svg, gives_the_same_bytes_twice) {
  EXPECT_EQ(to_svg(every_shape(), {"All", "p1"}), to_svg(every_shape(), {"All", "p1"}));
}

TEST(Svg, hatches_by_a_pattern_of_its_own) {
  const std::string svg = to_svg(every_shape(), {"All", "p1"});
  EXPECT_EQ(count(svg, "<pattern id=\"p1-hatch-drop\""), 1u);
  EXPECT_EQ(count(svg, "fill=\"url(#p1-hatch-drop)\""), 1u);
}

TEST(Svg, has_a_title_for_each_spot) {
  const std::string svg = to_svg(every_shape(), {"All", "p1"});
  EXPECT_EQ(count(svg, "class=\"spot\""), 2u);
  EXPECT_EQ(count(svg, "<title>"), 3u) << "the picture's own, and one a spot";
}

TEST(Svg, has_a_rule_for_every_class_and_a_value_for_every_variable) {
  const std::string rules = svg_rules();
  for (std::size_t i = 1; i < kInks; ++i) {
    const std::string name(name_of(static_cast<Ink>(i)));
    EXPECT_EQ(count(rules, "svg .f-" + name + "{fill:var(--" + name + ")}"), 1u) << name;
    EXPECT_EQ(count(rules, "svg .s-" + name + "{stroke:var(--" + name + ")}"), 1u) << name;
    for (const Theme theme : {Theme::light, Theme::dark})
      EXPECT_EQ(count(svg_variables(theme), "--" + name + ":#"), 1u) << name;
  }
  EXPECT_EQ(count(to_svg_file(every_shape(), "All", Theme::light), "var("), 0u)
      << "a file stands alone";
}

}  // namespace
}  // namespace cleave::draw
