#include "gui/conversation_page.h"

#include "gui/text.h"
#include "sim/draw/conversation.h"
#include "sim/draw/conversation_lists.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace cleave::gui {

ConversationPage::ConversationPage(Stage& stage, PictureView* picture)
    : stage_(stage), picture_(picture) {
  names_ = new QComboBox;
  names_->setAccessibleName("Which conversation");
  connect(names_, &QComboBox::activated, this, [this](int index) {
    stage_.state().set_conversation(static_cast<std::uint32_t>(index));
  });
  agreement_ = new QLabel;
  agreement_->setObjectName("quiet");
  agreement_->setAccessibleName("Whether all devices show the same");
  auto* row = new QHBoxLayout;
  row->setContentsMargins(10, 4, 10, 0);
  row->addWidget(names_);
  row->addWidget(agreement_, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  column->addLayout(row);
  column->addWidget(picture_, 1);
}

void ConversationPage::show_run() {
  names_->clear();
  for (const auto& conversation : stage_.recording().cast.messaging.conversations)
    names_->addItem(q(conversation.name));
}

void ConversationPage::show_moment() {
  picture_->refresh();
  const Recording& run = stage_.recording();
  const auto shown = draw::shown_conversation(run, stage_.view());
  if (!shown) return;
  names_->setCurrentIndex(static_cast<int>(*shown));
  agreement_->setText(q(draw::agreement(run.cast.messaging, stage_.threads(), *shown)));
}

}  // namespace cleave::gui
