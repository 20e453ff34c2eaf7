#include "gui/views/picture_view.h"

#include "gui/painter.h"
#include "gui/theme.h"
#include "sim/draw/svg.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>
#include <cmath>
#include <utility>

namespace cleave::gui {
namespace {

constexpr double kReach = 6;  // pixels within which a spot is meant
constexpr double kDragThreshold = 4;
constexpr double kZoomStep = 1.2;  // for one notch of a wheel
constexpr double kNotch = 120;

draw::Point point(QPointF p) {
  return {p.x(), p.y()};
}

}  // namespace

PictureView::PictureView(Picture picture, QWidget* parent)
    : QWidget(parent), picture_(std::move(picture)) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setAccessibleName(QString::fromStdString(picture_.name));
  setAccessibleDescription(QString::fromStdString(picture_.hint));
}

void PictureView::set_theme(draw::Theme theme) {
  if (theme == theme_) return;
  theme_ = theme;
  painted_ = {};
  update();
}

// The keyboard stays on what it was on, if the new drawing has that too.
void PictureView::refresh() {
  if (shown_ && focus_ && *focus_ < shown_->drawing.spots.size())
    kept_ = shown_->drawing.spots[*focus_].target;
  focus_.reset();
  shown_.reset();
  painted_ = {};
  update();
}

void PictureView::refresh_moving() {
  update();
}

draw::Size PictureView::drawn_size() const {
  return {static_cast<double>(width()), static_cast<double>(height())};
}

const Shown& PictureView::shown() {
  if (shown_) return *shown_;
  shown_ = picture_.still(drawn_size());
  const std::vector<draw::Spot>& spots = shown_->drawing.spots;
  for (std::size_t i = 0; kept_ && !focus_ && i < spots.size(); ++i)
    if (spots[i].target == *kept_) focus_ = i;
  kept_.reset();
  return *shown_;
}

draw::Drawing PictureView::moving() {
  return picture_.moving ? picture_.moving(shown(), drawn_size()) : draw::Drawing{};
}

QImage PictureView::image(double scale) {
  QImage image((QSizeF(size()) * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
  image.fill(qcolor(draw::Ink::panel, theme_));
  QPainter painter(&image);
  painter.scale(scale, scale);
  paint(painter, shown().drawing, theme_);
  paint(painter, moving(), theme_);
  return image;
}

std::string PictureView::svg() {
  draw::Drawing all = shown().drawing;
  draw::lay_over(all, moving());
  return draw::to_svg_file(all, picture_.name, theme_);
}

void PictureView::paintEvent(QPaintEvent* /*event*/) {
  const double ratio = devicePixelRatioF();
  if (painted_.isNull()) {
    painted_ = QPixmap((QSizeF(size()) * ratio).toSize());
    painted_.setDevicePixelRatio(ratio);
    painted_.fill(qcolor(draw::Ink::panel, theme_));
    QPainter painter(&painted_);
    paint(painter, shown().drawing, theme_);
  }
  QPainter painter(this);
  painter.drawPixmap(0, 0, painted_);
  if (picture_.moving) paint(painter, moving(), theme_);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(qcolor(draw::Ink::accent, theme_), 2));
  painter.setBrush(Qt::NoBrush);
  if (hasFocus()) painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
  if (focus_ && hasFocus() && *focus_ < shown().drawing.spots.size()) {
    const draw::Rect& r = shown().drawing.spots[*focus_].rect;
    painter.drawRoundedRect(QRectF(r.x - 3, r.y - 3, r.width + 6, r.height + 6), 4, 4);
  }
}

void PictureView::resizeEvent(QResizeEvent* /*event*/) {
  refresh();
}

const draw::Spot* PictureView::spot_under(QPointF at) {
  return draw::spot_at(shown().drawing, point(at), kReach);
}

const draw::Spot* PictureView::edge_under(QPointF at) {
  const draw::Spot* spot = spot_under(at);
  if (spot == nullptr || !spot->stretches || !shown().axis) return nullptr;
  const bool near =
      std::abs(at.x() - spot->rect.x) <= kReach || std::abs(at.x() - spot->rect.right()) <= kReach;
  return near ? spot : nullptr;
}

void PictureView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  pressed_ = event->position();
  held_.reset();
  if (const draw::Spot* edge = edge_under(event->position())) held_ = edge->target;
  moved_ = false;
}

// A drag along an axis of time moves the cursor with it; that of an edge moves nothing but the
// edge, and that when it is let go.
void PictureView::mouseMoveEvent(QMouseEvent* event) {
  if (!pressed_) {
    setCursor(edge_under(event->position()) != nullptr   ? Qt::SizeHorCursor
              : spot_under(event->position()) != nullptr ? Qt::PointingHandCursor
                                                         : Qt::ArrowCursor);
    return;
  }
  const QPointF way = event->position() - *pressed_;
  moved_ = moved_ || way.manhattanLength() > kDragThreshold;
  if (held_) return;
  if (moved_ && shown().axis) Q_EMIT pointed_at(shown().axis->time(event->position().x()));
}

void PictureView::mouseReleaseEvent(QMouseEvent* event) {
  if (!pressed_ || event->button() != Qt::LeftButton) return;
  const QPointF from = *std::exchange(pressed_, std::nullopt);
  if (moved_ && held_) {
    const draw::TimeAxis& axis = *shown().axis;
    return Q_EMIT stretched(*held_, axis.time(from.x()), axis.time(event->position().x()));
  }
  if (moved_) {
    if (!shown().axis) Q_EMIT dragged(from, event->position());
    return;
  }
  if (const draw::Spot* spot = spot_under(event->position()))
    Q_EMIT picked(spot->target);
  else if (shown().axis)
    Q_EMIT pointed_at(shown().axis->time(event->position().x()));
}

void PictureView::wheelEvent(QWheelEvent* event) {
  if (!shown().axis) return event->ignore();
  const double notches = event->angleDelta().y() / kNotch;
  const double across = event->angleDelta().x() / kNotch;
  if (event->modifiers() & Qt::ShiftModifier || across != 0)
    Q_EMIT panned(-0.1 * (across != 0 ? across : notches));
  else
    Q_EMIT zoomed(std::pow(kZoomStep, -notches), shown().axis->time(event->position().x()));
}

void PictureView::focus_spot(std::optional<std::size_t> spot) {
  focus_ = spot;
  update();
}

void PictureView::step_focus(int by) {
  const std::size_t count = shown().drawing.spots.size();
  if (count == 0) return;
  const std::size_t last = count - 1;
  if (!focus_)
    focus_ = by > 0 ? 0 : last;
  else if (by > 0)
    focus_ = *focus_ == last ? 0 : *focus_ + 1;
  else
    focus_ = *focus_ == 0 ? last : *focus_ - 1;
  update();
  QAccessibleEvent moved(this, QAccessible::Focus);
  moved.setChild(static_cast<int>(*focus_));
  QAccessible::updateAccessibility(&moved);
}

void PictureView::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Down:
      return step_focus(1);
    case Qt::Key_Up:
      return step_focus(-1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
      shown();  // which may find the spot that it was on again
      if (focus_) Q_EMIT picked(shown().drawing.spots.at(*focus_).target);
      return;
    case Qt::Key_Menu: {
      const draw::Target target =
          focus_ ? shown().drawing.spots.at(*focus_).target : draw::Target{};
      const QPoint at = focus_ ? QPointF(shown().drawing.spots.at(*focus_).rect.x,
                                         shown().drawing.spots.at(*focus_).rect.bottom())
                                     .toPoint()
                               : rect().center();
      return Q_EMIT menu_wanted(target, mapToGlobal(at));
    }
    default:
      QWidget::keyPressEvent(event);
  }
}

void PictureView::contextMenuEvent(QContextMenuEvent* event) {
  const draw::Spot* spot = spot_under(event->pos());
  Q_EMIT menu_wanted(spot != nullptr ? spot->target : draw::Target{}, event->globalPos());
}

bool PictureView::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const draw::Spot* spot = spot_under(help->pos());
    QToolTip::showText(help->globalPos(), QString::fromStdString(spot ? spot->name : picture_.hint),
                       this);
    return true;
  }
  if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) update();
  return QWidget::event(event);
}

}  // namespace cleave::gui
