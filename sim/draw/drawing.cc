#include "sim/draw/drawing.h"

#include "sim/draw/text_width.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace cleave::draw {
namespace {

double distance(Point a, Point b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

double distance_to_segment(Point p, Point a, Point b) {
  const double length_squared = (b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y);
  if (length_squared == 0) return distance(p, a);
  const double along = ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / length_squared;
  const double t = std::clamp(along, 0.0, 1.0);
  return distance(p, {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
}

double distance_to_rect(Point p, const Rect& r) {
  return distance(p, {std::clamp(p.x, r.x, r.right()), std::clamp(p.y, r.y, r.bottom())});
}

}  // namespace

void lay_over(Drawing& below, Drawing above) {
  std::move(above.shapes.begin(), above.shapes.end(), std::back_inserter(below.shapes));
}

const Spot* spot_at(const Drawing& drawing, Point at, double reach) {
  const Spot* nearest = nullptr;
  double least = reach;
  for (const Spot& spot : drawing.spots) {
    const double d = spot.segment ? distance_to_segment(at, spot.from, spot.to)
                                  : distance_to_rect(at, spot.rect);
    if (d > least) continue;
    nearest = &spot;
    least = d;
  }
  return nearest;
}

// Ascent and descent of Inter and JetBrains Mono, less what no letter of ours uses.
Rect rect_of(const Label& label) {
  const double width = text_width(label.text, label.style);
  const double left = label.align == Align::left    ? label.at.x
                      : label.align == Align::right ? label.at.x - width
                                                    : label.at.x - width / 2;
  return {left, label.at.y - 0.76 * label.style.px, width, 0.98 * label.style.px};
}

}  // namespace cleave::draw
