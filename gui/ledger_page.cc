#include "gui/ledger_page.h"

#include "gui/tables.h"
#include "gui/text.h"
#include "sim/draw/ledger.h"
#include "sim/report/phrases.h"

#include <QSplitter>
#include <QVBoxLayout>
#include <utility>

namespace cleave::gui {

LedgerPage::LedgerPage(Stage& stage, PictureView* picture) : stage_(stage), picture_(picture) {
  figures_ = new TablePanel("What each side got at the cursor");
  figures_->set_nothing("Nobody asked for anything at this time.");
  figures_->set_shares({1, 1, 1, 1});
  figures_->setWordWrap(true);
  connect(figures_, &TablePanel::picked, this, &LedgerPage::picked);
  auto* parts = new QSplitter(Qt::Horizontal);
  parts->setObjectName("inner");
  parts->setChildrenCollapsible(false);
  parts->addWidget(picture_);
  parts->addWidget(figures_);
  parts->setSizes({370, 400});
  parts->setStretchFactor(0, 370);
  parts->setStretchFactor(1, 400);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(parts);
}

void LedgerPage::refresh() {
  picture_->refresh();
  stale_ = true;
  show_moment();
}

void LedgerPage::show_moment() {
  picture_->refresh_moving();
  const auto window = draw::ledger_window(stage_.recording().result, stage_.view().at);
  if (!std::exchange(stale_, false) && window == shown_) return;
  shown_ = window;
  Rows rows = window ? ledger_rows(stage_.recording(), *window) : Rows{};
  figures_->show_table(std::move(rows.table), std::move(rows.targets));
  figures_->mark({stage_.view().selected});
}

QString LedgerPage::note() const {
  if (!shown_) return "what each side of the network got";
  return q(window_name(stage_.recording().result, *shown_) + ", " + time_span(*shown_));
}

}  // namespace cleave::gui
