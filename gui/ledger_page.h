// The CAP ledger: over the whole run as a picture, and as figures where the cursor stands.
#pragma once
#include "gui/stage.h"
#include "gui/views/picture_view.h"
#include "gui/views/table_panel.h"

#include <QString>
#include <QWidget>
#include <optional>

namespace cleave::gui {

class LedgerPage : public QWidget {
  Q_OBJECT

 public:
  // Shows the picture, and owns it.
  LedgerPage(Stage& stage, PictureView* picture);

  void refresh();        // another run, store or selection
  void show_moment();    // the cursor has moved
  QString note() const;  // which time the figures are of

 Q_SIGNALS:
  void picked(cleave::draw::Target target);

 private:
  Stage& stage_;
  PictureView* picture_;
  TablePanel* figures_;
  std::optional<Span> shown_;  // of the figures
  bool stale_ = true;          // they are of another run or selection
};

}  // namespace cleave::gui
