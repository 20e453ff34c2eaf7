// The keys of the window, and what each does.
#include "gui/main_window.h"

#include <QShortcut>
#include <utility>

namespace cleave::gui {

void MainWindow::add_key(const QKeySequence& key, const QString& what,
                         std::function<void()> action) {
  auto* shortcut = new QShortcut(key, this);
  connect(shortcut, &QShortcut::activated, this, [this, action = std::move(action)] {
    if (stage_.ready()) action();
  });
  keys_.emplace_back(key.toString(QKeySequence::NativeText), what);
}

void MainWindow::add_keys() {
  add_key(Qt::Key_Space, "play or pause", [this] { bar_->play->click(); });
  add_key(Qt::Key_Left, "one event back", [this] { stage_.step(-1); });
  add_key(Qt::Key_Right, "one event on", [this] { stage_.step(1); });
  add_key(Qt::SHIFT | Qt::Key_Left, "ten events back", [this] { stage_.step(-10); });
  add_key(Qt::SHIFT | Qt::Key_Right, "ten events on", [this] { stage_.step(10); });
  add_key(Qt::CTRL | Qt::Key_Left, "event of the selected lane, back",
          [this] { stage_.step_in_lane(-1); });
  add_key(Qt::CTRL | Qt::Key_Right, "event of the selected lane, on",
          [this] { stage_.step_in_lane(1); });
  add_key(Qt::Key_BracketLeft, "previous fault", [this] { stage_.to_previous_fault(); });
  add_key(Qt::Key_BracketRight, "next fault", [this] { stage_.to_next_fault(); });
  add_key(Qt::Key_BraceLeft, "previous violation", [this] { stage_.to_violation(-1); });
  add_key(Qt::Key_BraceRight, "next violation", [this] { stage_.to_violation(1); });
  add_key(Qt::Key_Home, "start", [this] { stage_.jump(Time{}); });
  add_key(Qt::Key_End, "end", [this] { stage_.jump(stage_.state().end()); });
  add_key(Qt::Key_Comma, "slower", [this] { bar_->step_speed(-1); });
  add_key(Qt::Key_Period, "faster", [this] { bar_->step_speed(1); });
  add_key(Qt::Key_W, "zoom in", [this] { stage_.state().zoom(1 / 1.5, stage_.view().at); });
  add_key(Qt::Key_S, "zoom out", [this] { stage_.state().zoom(1.5, stage_.view().at); });
  add_key(Qt::Key_A, "pan back", [this] { stage_.state().pan(-0.2); });
  add_key(Qt::Key_D, "pan on", [this] { stage_.state().pan(0.2); });
  add_key(Qt::Key_X, "cut", [this] { bar_->cut->showMenu(); });
  add_key(Qt::Key_C, "crash", [this] { bar_->crash->showMenu(); });
  add_key(Qt::Key_L, "delay", [this] { bar_->delay->showMenu(); });
  add_key(Qt::Key_H, "heal", [this] { bar_->heal->showMenu(); });
  add_key(Qt::Key_U, "run until", [this] { bar_->until->showMenu(); });
  add_key(Qt::CTRL | Qt::Key_Z, "undo what was done", [this] { stage_.undo(); });
  add_key(Qt::CTRL | Qt::Key_D, "swap the sides of the diff",
          [this] { stage_.state().swap_pair(); });
  add_key(Qt::CTRL | Qt::Key_B, "compare futures", [this] { bar_->compare->click(); });
  add_key(Qt::ALT | Qt::Key_Left, "back to where I was", [this] { stage_.state().back(); });
  add_key(Qt::ALT | Qt::Key_Right, "forward again", [this] { stage_.state().forward(); });
  add_key(Qt::Key_Escape, "clear the selection", [this] {
    stage_.unpin();
    stage_.state().select({});
  });
  add_key(Qt::Key_T, "light or dark", [this] { bar_->theme->click(); });
  add_key(Qt::Key_F1, "this list", [this] { show_keys(); });
}

}  // namespace cleave::gui
