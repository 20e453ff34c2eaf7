#include "sim/draw/marks.h"

#include "sim/draw/text_width.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace cleave::draw {
namespace {

constexpr double kMargin = 12;
constexpr double kLineHeight = 18;
constexpr TextStyle kStyle{12, Weight::regular, false};

std::vector<std::string> broken(std::string_view text, double width) {
  std::vector<std::string> lines(1);
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    const std::string longer =
        lines.back().empty() ? std::string(word) : lines.back() + " " + std::string(word);
    if (lines.back().empty() || text_width(longer, kStyle) <= width)
      lines.back() = longer;
    else
      lines.emplace_back(word);
  }
  return lines;
}

}  // namespace

void say_instead(Drawing& drawing, std::string_view what) {
  say_instead(drawing, {0, 0, drawing.size.width, drawing.size.height}, what);
}

void say_instead(Drawing& drawing, const Rect& area, std::string_view what) {
  const double width = area.width - 2 * kMargin;
  std::vector<std::string> lines = broken(what, width);
  const auto room =
      static_cast<std::size_t>(std::max(1.0, std::floor((area.height - kMargin) / kLineHeight)));
  lines.resize(std::min(lines.size(), room));
  double y = area.y + (area.height - static_cast<double>(lines.size() - 1) * kLineHeight) / 2 + 4;
  for (const std::string& line : lines) {
    const std::string text = fitted(line, kStyle, width);
    drawing.add(Label{{area.x + area.width / 2, y}, text, kStyle, Align::centre, Ink::text2});
    y += kLineHeight;
  }
}

void add_ringed_cross(Drawing& drawing, Point at, double radius, double opacity) {
  const Stroke stroke{Ink::drop, 1.5, Dash::solid, opacity};
  drawing.add(Disc{at, radius, {Ink::panel, 1, false}, stroke});
  const double arm = radius * 0.5;
  drawing.add(Line{{at.x - arm, at.y - arm}, {at.x + arm, at.y + arm}, stroke});
  drawing.add(Line{{at.x - arm, at.y + arm}, {at.x + arm, at.y - arm}, stroke});
}

void add_arrowhead(Drawing& drawing, Point from, Point tip, Ink ink) {
  const double length = std::hypot(tip.x - from.x, tip.y - from.y);
  if (length == 0) return;
  const Point along{(tip.x - from.x) / length, (tip.y - from.y) / length};
  const Point back{tip.x - 8 * along.x, tip.y - 8 * along.y};
  drawing.add(Path{{tip,
                    {back.x - 3.5 * along.y, back.y + 3.5 * along.x},
                    {back.x + 3.5 * along.y, back.y - 3.5 * along.x}},
                   true,
                   {ink, 1, false},
                   {}});
}

}  // namespace cleave::draw
