// What a run says of consistency against latency as a whole: which levels its clients saw kept, and
// how what distance costs is measured.
#pragma once
#include "gui/stage.h"
#include "gui/views/table_panel.h"

#include <QLabel>
#include <QWidget>

namespace cleave::gui {

class LevelsPage : public QWidget {
  Q_OBJECT

 public:
  LevelsPage();

  void show_run(const Recording& recording);

 private:
  TablePanel* levels_;
  QLabel* slope_;
};

}  // namespace cleave::gui
