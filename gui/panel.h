// A card with a title, a note beside it, a chip at the right, and one thing in it.
#pragma once
#include "gui/views/elided_label.h"

#include <QFrame>
#include <QString>

class QHBoxLayout;

namespace cleave::gui {

enum class Tone { calm, good, bad, warn };

class Panel : public QFrame {
  Q_OBJECT

 public:
  Panel(const QString& title, QWidget* content, QWidget* parent = nullptr);

  void set_note(const QString& note);
  void set_chip(const QString& text, Tone tone);  // empty: no chip
  void add_to_header(QWidget* widget);

 private:
  QHBoxLayout* header_ = nullptr;
  ElidedLabel* note_ = nullptr;
  QLabel* chip_ = nullptr;
};

}  // namespace cleave::gui
