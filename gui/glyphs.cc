#include "gui/glyphs.h"

#include "gui/theme.h"

#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>

namespace cleave::gui {
namespace {

constexpr double kBox = 16;  // glyphs are drawn in a square of this side

QPainterPath triangle(double left, double right) {
  QPainterPath path;
  path.moveTo(left, 3);
  path.lineTo(right, 8);
  path.lineTo(left, 13);
  path.closeSubpath();
  return path;
}

QPainterPath bar(double x) {
  QPainterPath path;
  path.addRect(x, 3, 1.8, 10);
  return path;
}

QPainterPath lines(std::initializer_list<std::pair<QPointF, QPointF>> all) {
  QPainterPath path;
  for (const auto& [from, to] : all) {
    path.moveTo(from);
    path.lineTo(to);
  }
  return path;
}

QPainterPath circle(double radius) {
  QPainterPath path;
  path.addEllipse(QPointF(8, 8), radius, radius);
  return path;
}

struct Outline {
  QPainterPath filled, stroked;
};

QPainterPath bolt() {
  QPainterPath path;
  path.moveTo(9, 1.5);
  path.lineTo(3.5, 9);
  path.lineTo(7.5, 9);
  path.lineTo(6.5, 14.5);
  path.lineTo(12.5, 6.5);
  path.lineTo(8.5, 6.5);
  path.closeSubpath();
  return path;
}

QPainterPath half_disc() {
  QPainterPath path;
  path.moveTo(8, 2.5);
  path.arcTo(2.5, 2.5, 11, 11, 90, -180);
  path.closeSubpath();
  return path;
}

QPainterPath turn_back() {
  QPainterPath path;
  path.moveTo(3, 6);
  path.lineTo(10, 6);
  path.arcTo(7, 6, 6, 6, 90, -180);
  path.lineTo(6, 12);
  path.moveTo(6, 3);
  path.lineTo(3, 6);
  path.lineTo(6, 9);
  return path;
}

Outline outline_of(Glyph glyph) {
  switch (glyph) {
    case Glyph::previous:
      return {triangle(12, 5) + bar(3), {}};
    case Glyph::back:
      return {{}, lines({{{10, 3.5}, {5.5, 8}}, {{5.5, 8}, {10, 12.5}}})};
    case Glyph::play:
      return {triangle(4, 13), {}};
    case Glyph::pause:
      return {bar(4.5) + bar(9.5), {}};
    case Glyph::on:
      return {{}, lines({{{6, 3.5}, {10.5, 8}}, {{10.5, 8}, {6, 12.5}}})};
    case Glyph::next:
      return {triangle(4, 11) + bar(11.2), {}};
    case Glyph::cut:
      return {
          {},
          lines({{{3, 3}, {13, 11}}, {{13, 5}, {3, 13}}, {{8, 1}, {8, 4}}, {{8, 12}, {8, 15}}})};
    case Glyph::crash:
      return {bolt(), {}};
    case Glyph::delay:
      return {{}, circle(6) + lines({{{8, 4.5}, {8, 8}}, {{8, 8}, {10.5, 9.5}}})};
    case Glyph::heal:
      return {{}, lines({{{8, 3}, {8, 13}}, {{3, 8}, {13, 8}}})};
    case Glyph::undo:
      return {{}, turn_back()};
    case Glyph::compare: {
      QPainterPath path;
      path.addRoundedRect(2, 3, 5, 10, 1, 1);
      path.addRoundedRect(9, 3, 5, 10, 1, 1);
      return {{}, path};
    }
    case Glyph::save:
      return {{},
              lines({{{8, 10}, {8, 2}},
                     {{8, 2}, {5, 5}},
                     {{8, 2}, {11, 5}},
                     {{3, 9}, {3, 13.5}},
                     {{3, 13.5}, {13, 13.5}},
                     {{13, 13.5}, {13, 9}}})};
    case Glyph::theme:
      return {half_disc(), circle(5.5)};
  }
  return {};
}

class GlyphEngine : public QIconEngine {
 public:
  GlyphEngine(Glyph glyph, QColor ink, QColor faint) : glyph_(glyph), ink_(ink), faint_(faint) {}

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
    const QColor colour = mode == QIcon::Disabled ? faint_ : ink_;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(rect.topLeft());
    painter->scale(rect.width() / kBox, rect.height() / kBox);
    const Outline outline = outline_of(glyph_);
    painter->fillPath(outline.filled, colour);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPath(outline.stroked);
    painter->restore();
  }
  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    QPixmap pixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paint(&painter, QRect({}, size), mode, state);
    return pixmap;
  }
  QIconEngine* clone() const override { return new GlyphEngine(*this); }

 private:
  Glyph glyph_;
  QColor ink_, faint_;
};

}  // namespace

QIcon icon(Glyph glyph, draw::Ink ink, draw::Theme theme) {
  return QIcon(new GlyphEngine(glyph, qcolor(ink, theme), qcolor(draw::Ink::text3, theme, 0.6)));
}

}  // namespace cleave::gui
