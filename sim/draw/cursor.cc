#include "sim/draw/cursor.h"

#include "sim/draw/text_width.h"
#include "sim/draw/time_parts.h"

#include <algorithm>

namespace cleave::draw {
namespace {

constexpr TextStyle kClock{12, Weight::semibold, true};
constexpr double kChipHeight = 18;
constexpr double kChipTop = 2;
constexpr double kChipRise = 4;  // of one beside a point
constexpr double kLeastBracket = 10;

void add_chip(Drawing& drawing, Rect rect, std::string text) {
  drawing.add(Box{rect, 4, {Ink::cursor}, {}});
  drawing.add(Label{{rect.x + rect.width / 2, rect.y + 13},
                    std::move(text),
                    kClock,
                    Align::centre,
                    Ink::on_cursor});
}

// Around `centre`, but inside the picture.
double chip_left(double centre, double width, Size size) {
  return std::clamp(centre - width / 2, 0.0, std::max(0.0, size.width - width));
}

}  // namespace

Drawing draw_cursor(const TimeAxis& axis, const View& view, Size size) {
  Drawing drawing{size, {}, {}};
  if (!axis.shows(view.at)) return drawing;
  const double x = axis.x(view.at);
  const std::string text = clock_text(view.at);
  const double width = text_width(text, kClock) + 14;
  drawing.add(Line{{x, kChipTop + kChipHeight}, {x, size.height}, {Ink::cursor, 1.5}});
  add_chip(drawing, {chip_left(x, width, size), kChipTop, width, kChipHeight}, text);
  return drawing;
}

Drawing draw_reading(const TimeAxis& axis, Point on_curve, const std::string& text, Size size) {
  Drawing drawing{size, {}, {}};
  const double width = text_width(text, kClock) + 14;
  const bool fits_left = on_curve.x - width - 10 >= axis.left;
  const bool fits_right = on_curve.x + 10 + width <= size.width;
  const double left =
      fits_left || !fits_right ? std::max(0.0, on_curve.x - width - 10) : on_curve.x + 10;
  // Hardly above the point, for there the highest curve has its caption.
  const double top =
      std::clamp(on_curve.y - kChipRise, kTickRow, std::max(kTickRow, size.height - kChipHeight));
  add_chip(drawing, {left, top, width, kChipHeight}, text);
  drawing.add(Disc{on_curve, 4.5, {Ink::panel}, {Ink::cursor, 2}});
  return drawing;
}

Drawing draw_window(const TimeAxis& axis, const View& view, Size size) {
  Drawing drawing{size, {}, {}};
  double left = axis.x(std::max(view.from, axis.from));
  const double right = axis.x(std::min(view.to, axis.to));
  if (right < left) return drawing;
  // In a long run the window is less than a pixel: its bracket is seen beside the cursor.
  const double width = std::max(right - left, kLeastBracket);
  left = std::max(axis.left, std::min(left, (left + right - width) / 2));
  drawing.add(Box{{left, kTickRow, width, size.height - kTickRow}, 0, {Ink::accent, 0.12}, {}});
  drawing.add(Box{{left, kTickRow - 4, width, 6}, 2, {Ink::accent}, {}});
  return drawing;
}

Drawing draw_future(const TimeAxis& axis, const View& view, Size size) {
  Drawing drawing{size, {}, {}};
  if (view.at >= axis.to) return drawing;
  const double left = axis.x(std::max(view.at, axis.from));
  drawing.add(
      Box{{left, kTickRow, axis.right - left, size.height - kTickRow}, 0, {Ink::panel, 0.5}, {}});
  return drawing;
}

}  // namespace cleave::draw
