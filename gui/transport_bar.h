// The bar on top: what is open, where the cursor is, how to move it, what to do to the run.
#pragma once
#include "gui/views/elided_label.h"
#include "sim/base/id.h"
#include "sim/base/time.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QWidget>
#include <cstdint>

class QHBoxLayout;

namespace cleave::gui {

class TransportBar : public QWidget {
  Q_OBJECT

 public:
  explicit TransportBar(QWidget* parent = nullptr);

  void show_run(const QString& scenario, std::uint64_t seed);
  void show_moment(Time at, EventId event, std::uint64_t events);
  void show_playing(bool playing);
  // Simulated seconds in one of the reader's.
  double speed() const;
  void step_speed(int by);

  QComboBox* futures = nullptr;
  QToolButton* previous_fault = nullptr;
  QToolButton* step_back = nullptr;
  QToolButton* play = nullptr;
  QToolButton* step_on = nullptr;
  QToolButton* next_fault = nullptr;
  QToolButton* until = nullptr;
  QToolButton* cut = nullptr;
  QToolButton* crash = nullptr;
  QToolButton* delay = nullptr;
  QToolButton* heal = nullptr;
  QPushButton* undo = nullptr;
  QPushButton* compare = nullptr;
  QToolButton* save = nullptr;
  QToolButton* theme = nullptr;

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void add_run(QHBoxLayout& row);
  void add_motion(QHBoxLayout& row);
  void add_deeds(QHBoxLayout& row);
  QToolButton* add_button(const QString& text, const QString& name, const QString& tip);

  ElidedLabel* scenario_ = nullptr;
  QLabel* seed_ = nullptr;
  QLabel* clock_ = nullptr;
  QLabel* count_ = nullptr;
  QComboBox* speed_ = nullptr;
};

}  // namespace cleave::gui
