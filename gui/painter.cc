#include "gui/painter.h"

#include "gui/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QPolygonF>
#include <cstddef>
#include <cstdint>
#include <map>
#include <tuple>

namespace cleave::gui {
namespace {

using draw::Ink;

// Smooth lines take five times as long as jagged ones, and translucent ones ten times as long as
// opaque ones; among more than these nobody sees the difference.
constexpr std::size_t kMostSmooth = 1'500;

QPointF qpoint(draw::Point p) {
  return {p.x, p.y};
}
QRectF qrect(const draw::Rect& r) {
  return {r.x, r.y, r.width, r.height};
}

// What a translucent ink looks like on a panel with nothing else on it.
QColor on_panel(Ink ink, draw::Theme theme, double opacity) {
  const draw::Rgb above = draw::colour(ink, theme);
  const draw::Rgb below = draw::colour(Ink::panel, theme);
  const auto mix = [opacity](int a, int b) { return static_cast<int>(b + (a - b) * opacity); };
  return {mix(above.red, below.red), mix(above.green, below.green), mix(above.blue, below.blue)};
}

enum class Strokes : std::uint8_t { smooth, fast };

class Painter {
 public:
  Painter(QPainter& painter, draw::Theme theme, Strokes strokes)
      : painter_(painter), theme_(theme), strokes_(strokes) {
    painter.setRenderHint(QPainter::Antialiasing, strokes == Strokes::smooth);
  }

  void operator()(const draw::Line& line) {
    painter_.setPen(pen(line.stroke));
    painter_.drawLine(qpoint(line.from), qpoint(line.to));
  }
  void operator()(const draw::Path& path) {
    QPolygonF points;
    points.reserve(static_cast<qsizetype>(path.points.size()));
    for (const draw::Point p : path.points)
      points << qpoint(p);
    painter_.setPen(pen(path.stroke));
    painter_.setBrush(path.closed ? brush(path.fill) : Qt::NoBrush);
    if (path.closed)
      painter_.drawPolygon(points);
    else
      painter_.drawPolyline(points);
  }
  void operator()(const draw::Box& box) {
    painter_.setPen(pen(box.stroke));
    painter_.setBrush(brush(box.fill));
    if (box.radius > 0)
      painter_.drawRoundedRect(qrect(box.rect), box.radius, box.radius);
    else
      painter_.drawRect(qrect(box.rect));
  }
  void operator()(const draw::Disc& disc) {
    painter_.setPen(pen(disc.stroke));
    painter_.setBrush(brush(disc.fill));
    painter_.drawEllipse(qpoint(disc.centre), disc.radius, disc.radius);
  }
  void operator()(const draw::Label& label) {
    const QFont& font = font_of(label.style);
    painter_.setFont(font);
    painter_.setPen(qcolor(label.ink, theme_));
    const QString text = QString::fromStdString(label.text);
    double x = label.at.x;
    if (label.align != draw::Align::left) {
      const double width = QFontMetricsF(font).horizontalAdvance(text);
      x -= label.align == draw::Align::right ? width : width / 2;
    }
    painter_.drawText(QPointF(x, label.at.y), text);
  }

 private:
  QPen pen(const draw::Stroke& stroke) const {
    if (stroke.ink == Ink::none) return Qt::NoPen;
    const QColor colour = strokes_ == Strokes::fast ? on_panel(stroke.ink, theme_, stroke.opacity)
                                                    : qcolor(stroke.ink, theme_, stroke.opacity);
    QPen pen(colour, stroke.width);
    pen.setCapStyle(Qt::FlatCap);
    if (stroke.dash == draw::Dash::dashed) pen.setDashPattern({4, 3});
    if (stroke.dash == draw::Dash::dotted) pen.setDashPattern({1.5, 2.5});
    return pen;
  }
  QBrush brush(const draw::Fill& fill) const {
    if (fill.ink == Ink::none) return Qt::NoBrush;
    return {qcolor(fill.ink, theme_, fill.opacity),
            fill.hatched ? Qt::BDiagPattern : Qt::SolidPattern};
  }
  const QFont& font_of(const draw::TextStyle& style) {
    const auto key = std::tuple(style.px, style.weight, style.mono);
    const auto found = fonts_.find(key);
    return found != fonts_.end() ? found->second : fonts_.emplace(key, qfont(style)).first->second;
  }

  QPainter& painter_;
  draw::Theme theme_;
  Strokes strokes_;
  std::map<std::tuple<double, draw::Weight, bool>, QFont> fonts_;
};

}  // namespace

void paint(QPainter& painter, const draw::Drawing& drawing, draw::Theme theme) {
  painter.save();
  Painter paint_shape(painter, theme,
                      drawing.shapes.size() <= kMostSmooth ? Strokes::smooth : Strokes::fast);
  for (const draw::Shape& shape : drawing.shapes)
    std::visit(paint_shape, shape);
  painter.restore();
}

}  // namespace cleave::gui
