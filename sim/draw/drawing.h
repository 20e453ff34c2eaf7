// A picture as plain geometry: shapes back to front, and the spots of it that mean something. Who
// shows it, be it a window or an SVG, only paints; what it says is decided here, and tested without
// either. Units are pixels at a scale of 100 %, y downwards.
#pragma once
#include "sim/draw/palette.h"
#include "sim/draw/target.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace cleave::draw {

struct Size {
  double width = 0;
  double height = 0;
};

struct Point {
  double x = 0;
  double y = 0;
};

struct Rect {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
  double right() const { return x + width; }
  double bottom() const { return y + height; }
  bool contains(Point p) const { return p.x >= x && p.x <= right() && p.y >= y && p.y <= bottom(); }
  bool overlaps(const Rect& o) const {
    return x < o.right() && o.x < right() && y < o.bottom() && o.y < bottom();
  }
};

enum class Dash : std::uint8_t { solid, dashed, dotted };

struct Stroke {
  Ink ink = Ink::none;  // none: not stroked
  double width = 1;
  Dash dash = Dash::solid;
  double opacity = 1;
};

struct Fill {
  Ink ink = Ink::none;  // none: not filled
  double opacity = 1;
  bool hatched = false;  // slanting lines of the ink instead of the whole area
};

struct Line {
  Point from, to;
  Stroke stroke;
};

// Straight from point to point.
struct Path {
  std::vector<Point> points;
  bool closed = false;
  Fill fill;  // of a closed one
  Stroke stroke;
};

struct Box {
  Rect rect;
  double radius = 0;
  Fill fill;
  Stroke stroke;
};

struct Disc {
  Point centre;
  double radius = 0;
  Fill fill;
  Stroke stroke;
};

enum class Weight : std::uint8_t { regular, medium, semibold };
enum class Align : std::uint8_t { left, centre, right };

struct TextStyle {
  double px = 12;
  Weight weight = Weight::regular;
  bool mono = false;  // for ids, times and numbers that change
};

// `at` is where the baseline begins, has its middle or ends.
struct Label {
  Point at;
  std::string text;
  TextStyle style;
  Align align = Align::left;
  Ink ink = Ink::text;
};

using Shape = std::variant<Line, Path, Box, Disc, Label>;

// Something that can be pointed at, chosen by keyboard and read aloud.
struct Spot {
  Target target;
  Rect rect;  // where; of a segment, what encloses it
  bool segment = false;
  Point from, to;    // of a segment: pointing near it is enough
  std::string name;  // "replicate from notes/us-east/0 to notes/us-west/0, sent 12.004 s, cut"
  bool stretches = false;  // its left and right edge can be dragged
  bool selected = false;   // as one of those that are selected together
};

struct Drawing {
  Size size;
  std::vector<Shape> shapes;
  std::vector<Spot> spots;  // in reading order

  template <class S>
  void add(S shape) {
    shapes.emplace_back(std::move(shape));
  }
};

// Puts the shapes of one drawing on top of another; its spots are left behind.
void lay_over(Drawing& below, Drawing above);

// What a person means who points at `at`: of the spots within `reach` of it the nearest, of equals
// the one drawn last; null if there is none.
const Spot* spot_at(const Drawing& drawing, Point at, double reach = 5);
// Where a label stands, as measured by text_width.h.
Rect rect_of(const Label& label);

}  // namespace cleave::draw
