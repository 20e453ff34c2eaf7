// What a run says of consistency against latency as a whole: which levels its clients saw kept, and
// what distance costs their operations when nothing goes wrong.
#pragma once
#include "gui/slope_meter.h"
#include "gui/stage.h"
#include "gui/views/table_panel.h"

#include <QLabel>
#include <QWidget>

namespace cleave::gui {

class LevelsPage : public QWidget {
  Q_OBJECT

 public:
  LevelsPage();

  // The slope is measured when the page is looked at. Requires: the recording lives until the next
  // call.
  void show_run(const Recording& recording);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void measure();

  TablePanel* levels_;
  QLabel* slope_;
  SlopeMeter meter_;
  const Recording* unmeasured_ = nullptr;
};

}  // namespace cleave::gui
