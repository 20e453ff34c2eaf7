// Why a level of consistency is violated, in the place of the list of verdicts: the cycle as a
// picture, its operations, and the reasons why they fit no order.
#pragma once
#include "gui/stage.h"
#include "gui/views/picture_view.h"
#include "gui/views/table_panel.h"

#include <QWidget>

namespace cleave::gui {

class WitnessPage : public QWidget {
  Q_OBJECT

 public:
  // Shows the picture, and owns it.
  WitnessPage(Stage& stage, PictureView* cycle);

  // Another verdict, or another of its operations, is selected.
  void refresh();

 Q_SIGNALS:
  void picked(cleave::draw::Target target);

 private:
  Stage& stage_;
  PictureView* cycle_;
  TablePanel* operations_;
  TablePanel* reasons_;
};

}  // namespace cleave::gui
