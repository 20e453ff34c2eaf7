// The colours of pictures by what they mean, in a light and a dark theme. Text keeps a contrast of
// 4.5 to its ground and graphics one of 3 (WCAG 2.1, 1.4.3 and 1.4.11); a test computes them, and
// how well neighbours can be told apart without one kind of cone.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cleave::draw {

enum class Theme : std::uint8_t { light, dark };

enum class Ink : std::uint8_t {
  none,
  bg,            // behind the panels
  panel,         // of a panel
  raised,        // headers, fields
  hover,         // under the pointer
  border,        // around panels
  line,          // grid lines
  text,          // what is read
  text2,         // less so
  text3,         // captions, axes
  accent,        // what is selected
  accent_soft,   // its ground
  on_accent,     // text on it
  region0,       // the first region
  region0_ink,   // text in its colour
  region0_soft,  // its ground
  region1,
  region1_ink,
  region1_soft,
  region2,
  region2_ink,
  region2_soft,
  request,      // from a client
  answer,       // to a client
  replication,  // between replicas
  control,      // of monitors and the like
  drop,         // lost, cut, wrong
  drop_soft,    // its ground
  ok,           // holds
  ok_soft,      // its ground
  warn,         // undecided, faults
  warn_soft,    // its ground
  d0,           // divergence, none
  d1,           // little
  d2,
  d3,
  d4,         // most
  on_d0,      // text on d0
  on_d4,      // text on d3 and d4
  common,     // what all replicas hold
  cursor,     // the moment looked at
  on_cursor,  // text on it
  region3,
  region3_ink,
  region3_soft,
};
constexpr std::size_t kInks = static_cast<std::size_t>(Ink::region3_soft) + 1;

struct Rgb {
  std::uint8_t red = 0, green = 0, blue = 0;
  bool operator==(const Rgb&) const = default;
};

// Requires: not Ink::none.
Rgb colour(Ink ink, Theme theme);
std::string to_hex(Rgb colour);  // "#3F4BD1"
std::string_view name_of(Ink ink);

// Regions take turns with four hues; their names stand beside, as no colour is a meaning alone.
struct RegionInks {
  Ink line, ink, soft;
};
RegionInks inks_of_region(std::size_t region);
// The scale of divergence: of `part` in `whole`, from d0 (none) to d4.
Ink divergence_ink(std::uint64_t part, std::uint64_t whole);
Ink on_divergence(Ink ground);  // text on it

}  // namespace cleave::draw
