// A card with a title, a note beside it, a chip at the right, and one thing in it; or several, with
// a tab for each instead of the title.
#pragma once
#include "gui/views/elided_label.h"

#include <QFrame>
#include <QString>
#include <QTabBar>
#include <vector>

class QHBoxLayout;

namespace cleave::gui {

enum class Tone { calm, good, bad, warn };

class Panel : public QFrame {
  Q_OBJECT

 public:
  struct Page {
    QString title;
    QWidget* content = nullptr;
  };
  Panel(const QString& title, QWidget* content, QWidget* parent = nullptr);
  explicit Panel(const std::vector<Page>& pages, QWidget* parent = nullptr);

  // Of several.
  int page() const { return tabs_->currentIndex(); }
  void show_page(int page) { tabs_->setCurrentIndex(page); }
  void set_note(const QString& note);
  void set_chip(const QString& text, Tone tone);  // empty: no chip
  void add_to_header(QWidget* widget);

 Q_SIGNALS:
  void page_shown(int page);

 private:
  void fill(QWidget* title, QWidget* content);

  QTabBar* tabs_ = nullptr;
  QHBoxLayout* header_ = nullptr;
  ElidedLabel* note_ = nullptr;
  QLabel* chip_ = nullptr;
};

}  // namespace cleave::gui
