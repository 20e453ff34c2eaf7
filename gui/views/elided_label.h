// One line of text that ends in "..." where the room does; all of it is its tool tip, and is read
// aloud.
#pragma once
#include <QLabel>

namespace cleave::gui {

class ElidedLabel : public QLabel {
  Q_OBJECT

 public:
  explicit ElidedLabel(const char* object_name);

  void set_text(const QString& text);
  const QString& whole() const { return text_; }

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fit();

  QString text_;
};

}  // namespace cleave::gui
