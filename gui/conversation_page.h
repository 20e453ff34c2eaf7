// A conversation as its devices show it at the cursor, and which one that is.
#pragma once
#include "gui/stage.h"
#include "gui/views/picture_view.h"

#include <QComboBox>
#include <QLabel>
#include <QWidget>

namespace cleave::gui {

class ConversationPage : public QWidget {
  Q_OBJECT

 public:
  // Shows the picture, and owns it.
  ConversationPage(Stage& stage, PictureView* picture);

  void show_run();     // another run: its conversations
  void show_moment();  // the cursor has moved, or another conversation was chosen

 private:
  Stage& stage_;
  PictureView* picture_;
  QComboBox* names_;
  QLabel* agreement_;
};

}  // namespace cleave::gui
