#include "gui/levels_page.h"

#include "gui/tables.h"
#include "gui/text.h"

#include <QVBoxLayout>
#include <utility>

namespace cleave::gui {

LevelsPage::LevelsPage() {
  levels_ = new TablePanel("Levels of consistency");
  levels_->set_nothing("Nobody asked for anything of which a level of consistency can be judged.");
  levels_->set_shares({3, 4});
  levels_->setWordWrap(true);
  slope_ = new QLabel;
  slope_->setObjectName("quiet");
  slope_->setWordWrap(true);
  slope_->setMargin(8);
  slope_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  slope_->setAccessibleName("Delay slope");
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 0, 8, 0);
  column->setSpacing(0);
  column->addWidget(levels_, 1);
  column->addWidget(slope_);
  connect(&meter_, &SlopeMeter::measured, this,
          [this](const std::vector<DelaySlope>& slopes) { slope_->setText(q(sentence(slopes))); });
  connect(&meter_, &SlopeMeter::failed, slope_, &QLabel::setText);
}

void LevelsPage::show_run(const Recording& recording) {
  levels_->show_table(levels_table(recording.result));
  unmeasured_ = &recording;
  if (isVisible()) measure();
}

void LevelsPage::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  measure();
}

void LevelsPage::measure() {
  if (const Recording* recording = std::exchange(unmeasured_, nullptr)) {
    slope_->setText("Delay slope: measuring, without faults ...");
    meter_.measure(recording->scenario, recording->result.seed);
  }
}

}  // namespace cleave::gui
