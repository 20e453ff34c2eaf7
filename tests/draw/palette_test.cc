// The palette by numbers: contrast as WCAG 2.1 computes it, over the pairs of inks that pictures
// really lay on one another, and how far hues that must be told apart are from each other, in OKLab
// (Ottosson 2020), also without one kind of cone (Machado et al. 2009, severity 1).
#include "sim/draw/palette.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace cleave::draw {
namespace {

using Vector = std::array<double, 3>;
using Matrix = std::array<Vector, 3>;

constexpr Theme kThemes[] = {Theme::light, Theme::dark};

Vector times(const Matrix& m, const Vector& v) {
  Vector result{};
  for (std::size_t row = 0; row < 3; ++row)
    result[row] = m[row][0] * v[0] + m[row][1] * v[1] + m[row][2] * v[2];
  return result;
}

double linear(std::uint8_t part) {
  const double value = part / 255.0;
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

Vector linear(Rgb rgb) {
  return {linear(rgb.red), linear(rgb.green), linear(rgb.blue)};
}

double contrast(Rgb a, Rgb b) {
  const auto luminance = [](Rgb rgb) {
    const Vector v = linear(rgb);
    return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2];
  };
  const auto [least, most] = std::minmax({luminance(a), luminance(b)});
  return (most + 0.05) / (least + 0.05);
}

Vector oklab(const Vector& rgb) {
  constexpr Matrix kToLms{{{0.4122214708, 0.5363325363, 0.0514459929},
                           {0.2119034982, 0.6806995451, 0.1073969566},
                           {0.0883024619, 0.2817188376, 0.6299787005}}};
  constexpr Matrix kToLab{{{0.2104542553, 0.7936177850, -0.0040720468},
                           {1.9779984951, -2.4285922050, 0.4505937099},
                           {0.0259040371, 0.7827717662, -0.8086757660}}};
  Vector lms = times(kToLms, rgb);
  for (double& part : lms)
    part = std::cbrt(part);
  return times(kToLab, lms);
}

struct Eye {
  std::string name;
  Matrix matrix;
};
const std::vector<Eye> kEyes{
    {"all cones", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
    {"protanopia",
     {{{0.152286, 1.052583, -0.204868},
       {0.114503, 0.786281, 0.099216},
       {-0.003882, -0.048116, 1.051998}}}},
    {"deuteranopia",
     {{{0.367322, 0.860646, -0.227968},
       {0.280085, 0.672501, 0.047413},
       {-0.011820, 0.042940, 0.968881}}}},
    {"tritanopia",
     {{{1.255528, -0.076749, -0.178779},
       {-0.078411, 0.930809, 0.147602},
       {0.004733, 0.691367, 0.303900}}}},
};

double distance(Ink a, Ink b, Theme theme, const Eye& eye) {
  const auto seen = [&](Ink ink) {
    Vector rgb = times(eye.matrix, linear(colour(ink, theme)));
    for (double& part : rgb)
      part = std::clamp(part, 0.0, 1.0);
    return oklab(rgb);
  };
  const Vector x = seen(a);
  const Vector y = seen(b);
  return std::hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

using Pairs = std::vector<std::pair<Ink, Ink>>;

const std::vector<Ink> kSofts{Ink::region0_soft, Ink::region1_soft, Ink::region2_soft,
                              Ink::region3_soft};
const std::vector<Ink> kRegions{Ink::region0, Ink::region1, Ink::region2, Ink::region3};
const std::vector<Ink> kKinds{Ink::request, Ink::answer, Ink::replication, Ink::control, Ink::drop};

// Text on its ground.
Pairs texts() {
  Pairs pairs{{Ink::accent, Ink::accent_soft}, {Ink::accent, Ink::panel},
              {Ink::on_accent, Ink::accent},   {Ink::drop, Ink::drop_soft},
              {Ink::drop, Ink::panel},         {Ink::ok, Ink::ok_soft},
              {Ink::ok, Ink::panel},           {Ink::warn, Ink::warn_soft},
              {Ink::warn, Ink::panel},         {Ink::on_cursor, Ink::cursor}};
  for (const Ink ground : {Ink::panel, Ink::raised, Ink::hover, Ink::bg})
    for (const Ink ink : {Ink::text, Ink::text2, Ink::text3})
      pairs.emplace_back(ink, ground);
  for (const Ink ground : {Ink::d0, Ink::d1, Ink::d2, Ink::d3, Ink::d4})
    pairs.emplace_back(on_divergence(ground), ground);
  // A region's name stands on the ground of its component, which any region may lend its shade.
  for (std::size_t region = 0; region < 4; ++region) {
    std::vector<Ink> grounds = kSofts;
    grounds.insert(grounds.end(), {Ink::panel, Ink::hover});
    for (const Ink ground : grounds)
      pairs.emplace_back(inks_of_region(region).ink, ground);
  }
  for (const Ink ground : kSofts)
    for (const Ink ink : {Ink::text, Ink::text2, Ink::drop})
      pairs.emplace_back(ink, ground);
  return pairs;
}

// Lines and areas on what they must stand out from.
Pairs graphics() {
  Pairs pairs{{Ink::common, Ink::panel}, {Ink::cursor, Ink::panel}, {Ink::d3, Ink::panel},
              {Ink::d4, Ink::panel},     {Ink::accent, Ink::d1},    {Ink::accent, Ink::panel}};
  for (const Ink ink : kKinds) {
    pairs.emplace_back(ink, Ink::panel);
    for (const Ink ground : kSofts)
      pairs.emplace_back(ink, ground);
  }
  for (std::size_t region = 0; region < kRegions.size(); ++region) {
    pairs.emplace_back(kRegions[region], Ink::panel);
    pairs.emplace_back(kRegions[region], kSofts[region]);  // a lane on the ground of its region
  }
  return pairs;
}

std::string too_weak(const Pairs& pairs, double least) {
  std::string all;
  for (const Theme theme : kThemes)
    for (const auto& [ink, ground] : pairs) {
      const double found = contrast(colour(ink, theme), colour(ground, theme));
      if (found < least)
        all += std::string(theme == Theme::light ? "light " : "dark ") + std::string(name_of(ink)) +
               " on " + std::string(name_of(ground)) + ": " + std::to_string(found) + "\n";
    }
  return all;
}

std::string too_alike(const std::vector<Ink>& inks, double least) {
  std::string all;
  for (const Theme theme : kThemes)
    for (const Eye& eye : kEyes)
      for (std::size_t i = 0; i < inks.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
          const double found = distance(inks[i], inks[j], theme, eye);
          if (found < least)
            all += std::string(theme == Theme::light ? "light " : "dark ") + eye.name + " " +
                   std::string(name_of(inks[i])) + " and " + std::string(name_of(inks[j])) + ": " +
                   std::to_string(found) + "\n";
        }
  return all;
}

TEST(Palette, computes_contrast_as_the_standard_does) {
  EXPECT_NEAR(contrast({0, 0, 0}, {255, 255, 255}), 21, 1e-9);
  EXPECT_NEAR(contrast({0x77, 0x77, 0x77}, {255, 255, 255}), 4.48, 0.01);
  EXPECT_NEAR(oklab({1, 1, 1})[0], 1, 1e-6);
}

TEST(Palette, text_has_a_contrast_of_four_and_a_half) {
  EXPECT_EQ(too_weak(texts(), 4.5), "");
}

TEST(Palette, graphics_have_a_contrast_of_three) {
  EXPECT_EQ(too_weak(graphics(), 3), "");
}

TEST(Palette, kinds_of_message_can_be_told_apart_by_any_eye) {
  EXPECT_EQ(too_alike(kKinds, 0.06), "");
}

TEST(Palette, regions_can_be_told_apart_by_any_eye) {
  EXPECT_EQ(too_alike(kRegions, 0.08), "");
}

// Each step of divergence is further from its ground than the one before, to any eye.
TEST(Palette, divergence_rises_in_one_direction) {
  for (const Theme theme : kThemes) {
    double before = 0;
    for (const Ink ink : {Ink::d0, Ink::d1, Ink::d2, Ink::d3, Ink::d4}) {
      const double found = contrast(colour(ink, theme), colour(Ink::panel, theme));
      EXPECT_GT(found, before) << name_of(ink);
      before = found;
    }
  }
}

TEST(Palette, divergence_begins_above_nothing_and_ends_at_the_whole) {
  EXPECT_EQ(divergence_ink(0, 100), Ink::d0);
  EXPECT_EQ(divergence_ink(1, 1'000'000), Ink::d1);
  EXPECT_EQ(divergence_ink(25, 100), Ink::d1);
  EXPECT_EQ(divergence_ink(26, 100), Ink::d2);
  EXPECT_EQ(divergence_ink(100, 100), Ink::d4);
  EXPECT_EQ(divergence_ink(7, 3), Ink::d4) << "more than the whole is no more than all";
  EXPECT_EQ(divergence_ink(3, 3), Ink::d4);
  EXPECT_EQ(divergence_ink(1, 1), Ink::d4);
}

TEST(Palette, names_every_ink_once) {
  std::set<std::string> names;
  for (std::size_t i = 0; i < kInks; ++i)
    EXPECT_TRUE(names.insert(std::string(name_of(static_cast<Ink>(i)))).second);
  EXPECT_EQ(name_of(Ink::none), "none");
  EXPECT_EQ(name_of(Ink::region3_soft), "region3_soft");
  EXPECT_EQ(name_of(Ink::on_cursor), "on_cursor");
  EXPECT_EQ(to_hex(colour(Ink::accent, Theme::light)), "#3F4BD1");
}

}  // namespace
}  // namespace cleave::draw
