// Shows one drawing: paints it, knows what is pointed at, walks its spots by keyboard, and tells
// screen readers about them. What is drawn is asked of `Picture`; the part that does not move with
// the cursor is painted once and kept.
#pragma once
#include "sim/draw/axis.h"
#include "sim/draw/drawing.h"
#include "sim/draw/table.h"

#include <QPixmap>
#include <QWidget>
#include <functional>
#include <optional>
#include <string>

namespace cleave::gui {

// A drawing, and its axis if time runs from left to right.
struct Shown {
  draw::Drawing drawing;
  std::optional<draw::TimeAxis> axis;
};

struct Picture {
  std::string name;  // "Space-time diagram"
  std::string hint;  // what can be done with it, for tool tips and screen readers
  std::function<Shown(draw::Size)> still;
  // On top of it, at every change of the cursor; may be empty.
  std::function<draw::Drawing(const Shown&, draw::Size)> moving;
  std::function<draw::Table()> table;
};

class PictureView : public QWidget {
  Q_OBJECT

 public:
  explicit PictureView(Picture picture, QWidget* parent = nullptr);

  void set_theme(draw::Theme theme);
  // The drawing is another one: paints it anew when it is next seen.
  void refresh();
  // Only what moves with the cursor has changed.
  void refresh_moving();

  const Picture& picture() const { return picture_; }
  const Shown& shown();  // up to date
  draw::Drawing moving();
  QImage image(double scale);  // for export
  std::string svg();
  // By keyboard; nothing: none.
  std::optional<std::size_t> focused_spot() const { return focus_; }
  void focus_spot(std::optional<std::size_t> spot);

  QSize sizeHint() const override { return {320, 200}; }
  QSize minimumSizeHint() const override { return {120, 80}; }

 Q_SIGNALS:
  void picked(cleave::draw::Target target);
  void pointed_at(cleave::Time at);  // a press or a drag on the axis of time
  void menu_wanted(cleave::draw::Target target, QPoint global);
  void dragged(QPointF from, QPointF to);  // over a picture without an axis
  // An edge of something that stretches: from its time to another.
  void stretched(cleave::draw::Target target, cleave::Time from, cleave::Time to);
  void zoomed(double factor, cleave::Time around);
  void panned(double share);
  void table_wanted();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  bool event(QEvent* event) override;

 private:
  draw::Size drawn_size() const;
  const draw::Spot* spot_under(QPointF at);
  const draw::Spot* edge_under(QPointF at);  // a spot that stretches, if at is on an edge of it
  void show_menu(draw::Target target, QPoint global);
  void step_focus(int by);

  Picture picture_;
  draw::Theme theme_ = draw::Theme::light;
  std::optional<Shown> shown_;
  QPixmap painted_;
  std::optional<std::size_t> focus_;
  std::optional<draw::Target> kept_;  // what it was on in the drawing before
  std::optional<QPointF> pressed_;
  std::optional<draw::Target> held_;  // by an edge
  bool moved_ = false;
};

// Makes the spots of pictures known to screen readers. Once for the program.
void install_picture_accessibility();

}  // namespace cleave::gui
