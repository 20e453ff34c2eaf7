#include "gui/panel.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QStyle>
#include <QVBoxLayout>

namespace cleave::gui {
namespace {

constexpr int kHeaderHeight = 36;

const char* name_of(Tone tone) {
  switch (tone) {
    case Tone::calm:
      return "calm";
    case Tone::good:
      return "good";
    case Tone::bad:
      return "bad";
    case Tone::warn:
      return "warn";
  }
  return "calm";
}

}  // namespace

Panel::Panel(const QString& title, QWidget* content, QWidget* parent) : QFrame(parent) {
  setAccessibleName(title);
  auto* name = new QLabel(title);
  name->setObjectName("panelTitle");
  fill(name, content);
}

Panel::Panel(const std::vector<Page>& pages, QWidget* parent) : QFrame(parent) {
  tabs_ = new QTabBar;
  tabs_->setDrawBase(false);
  tabs_->setExpanding(false);
  auto* stack = new QStackedWidget;
  QStringList titles;
  for (const Page& page : pages) {
    tabs_->addTab(page.title);
    stack->addWidget(page.content);
    titles << page.title;
  }
  setAccessibleName(titles.join(", "));
  tabs_->setAccessibleName(titles.join(", "));
  connect(tabs_, &QTabBar::currentChanged, stack, &QStackedWidget::setCurrentIndex);
  connect(tabs_, &QTabBar::currentChanged, this, &Panel::page_shown);
  fill(tabs_, stack);
}

void Panel::fill(QWidget* title, QWidget* content) {
  setObjectName("panel");
  note_ = new ElidedLabel("panelNote");
  chip_ = new QLabel;
  chip_->setObjectName("chip");
  chip_->hide();

  auto* bar = new QWidget;
  bar->setFixedHeight(kHeaderHeight);
  header_ = new QHBoxLayout(bar);
  header_->setContentsMargins(12, 0, 10, 0);
  header_->setSpacing(10);
  header_->addWidget(title);
  header_->addWidget(note_, 1);
  header_->addWidget(chip_, 0, Qt::AlignVCenter);

  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(1, 1, 1, 6);
  column->setSpacing(0);
  column->addWidget(bar);
  column->addWidget(content, 1);
}

void Panel::set_note(const QString& note) {
  note_->set_text(note);
}

void Panel::set_chip(const QString& text, Tone tone) {
  if (text == chip_->text() && chip_->property("tone") == name_of(tone)) return;
  chip_->setVisible(!text.isEmpty());
  chip_->setText(text);
  chip_->setProperty("tone", name_of(tone));
  chip_->style()->unpolish(chip_);
  chip_->style()->polish(chip_);
}

void Panel::add_to_header(QWidget* widget) {
  header_->addWidget(widget);
}

}  // namespace cleave::gui
