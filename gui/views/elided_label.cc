#include "gui/views/elided_label.h"

#include <QFontMetrics>

namespace cleave::gui {

ElidedLabel::ElidedLabel(const char* object_name) {
  setObjectName(object_name);
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void ElidedLabel::set_text(const QString& text) {
  if (text == text_) return;
  text_ = text;
  setAccessibleName(text);
  fit();
}

void ElidedLabel::resizeEvent(QResizeEvent* event) {
  QLabel::resizeEvent(event);
  fit();
}

void ElidedLabel::fit() {
  ensurePolished();  // the style sheet's typeface
  const QString fitting = fontMetrics().elidedText(text_, Qt::ElideRight, width());
  setText(fitting);
  setToolTip(fitting == text_ ? QString() : text_);
}

}  // namespace cleave::gui
