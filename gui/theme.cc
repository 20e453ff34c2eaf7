#include "gui/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QRegularExpression>
#include <stdexcept>
#include <string>

// Outside of every namespace, as its macro asks: a static library's resources are linked by name.
static void link_typefaces() {
  Q_INIT_RESOURCE(fonts);
}

namespace cleave::gui {

using draw::Ink;
using draw::Theme;

namespace {

// "@name" stands for a colour.
constexpr const char* kStyleSheet = R"(
  QWidget { font-family: Inter; font-size: 12px; color: @text; }
  QMainWindow, #workspace { background: @bg; }
  #bar { background: @panel; border-bottom: 1px solid @border; }
  #panel { background: @panel; border: 1px solid @border; border-radius: 10px; }
  #panelTitle { font-size: 13px; font-weight: 600; }
  #panelNote, #quiet { color: @text3; }
  #chip { border-radius: 5px; padding: 2px 8px; font-weight: 500; }
  #chip[tone="bad"] { background: @drop_soft; color: @drop; }
  #chip[tone="good"] { background: @ok_soft; color: @ok; }
  #chip[tone="calm"] { background: @accent_soft; color: @accent; }
  #chip[tone="warn"] { background: @warn_soft; color: @warn; }
  #clock { font-family: "JetBrains Mono"; font-size: 21px; font-weight: 600; }
  #count, #mono { font-family: "JetBrains Mono"; }
  #count { color: @text2; }
  QPushButton, QToolButton, QComboBox {
    background: @panel; border: 1px solid @border; border-radius: 6px; padding: 5px 10px;
    min-height: 16px; }
  QToolButton#segment { border-radius: 0; padding: 5px 9px; margin-left: -1px; }
  QPushButton:hover, QToolButton:hover, QComboBox:hover { background: @hover; }
  QPushButton:focus, QToolButton:focus, QComboBox:focus, QTableView:focus {
    border: 2px solid @accent; }
  QPushButton:disabled, QToolButton:disabled { color: @text3; background: @raised; }
  QPushButton#primary { background: @accent; color: @on_accent; border-color: @accent;
    font-weight: 600; }
  QToolButton:checked { background: @accent_soft; color: @accent; border-color: @accent; }
  QToolButton::menu-indicator { image: none; }
  QComboBox QAbstractItemView { background: @panel; border: 1px solid @border; }
  QMenu { background: @panel; border: 1px solid @border; padding: 4px; }
  QMenu::item { padding: 5px 24px 5px 12px; }
  QMenu::item:selected { background: @hover; color: @text; }
  QMenu::item:disabled { color: @text3; }
  QTableView { background: @panel; border: 2px solid transparent; gridline-color: @line;
    selection-background-color: @accent_soft; selection-color: @text; }
  QHeaderView::section { background: @panel; color: @text3; border: none;
    border-bottom: 1px solid @border; padding: 3px 6px; }
  QTabBar::tab { background: transparent; color: @text2; padding: 8px 10px 6px 10px;
    border-bottom: 2px solid transparent; font-weight: 500; }
  QTabBar::tab:selected { color: @text; border-bottom: 2px solid @accent; font-weight: 600; }
  QTabBar::tab:focus { color: @accent; }
  QTabWidget::pane { border: none; }
  QStatusBar { background: @panel; border-top: 1px solid @border; color: @text2; }
  QStatusBar::item { border: none; }
  QSplitter::handle { background: @bg; }
  #inner::handle { background: transparent; }
  QScrollArea, QScrollArea > QWidget > QWidget { background: @panel; }
  QComboBox { padding-right: 18px; }
  QComboBox::drop-down { border: none; width: 18px; }
  #rows { font-family: "JetBrains Mono"; font-size: 11px; }
  QToolTip { background: @raised; color: @text; border: 1px solid @border; padding: 4px; }
  QLineEdit { background: @panel; border: 1px solid @border; border-radius: 6px; padding: 4px; }
  QProgressBar { background: @raised; border: 1px solid @border; border-radius: 6px;
    text-align: center; color: @text; }
  QProgressBar::chunk { background: @accent_soft; border-radius: 5px; }
  QScrollBar:vertical { width: 10px; background: transparent; }
  QScrollBar::handle:vertical { background: @common; border-radius: 4px; min-height: 24px; }
  QScrollBar::add-line, QScrollBar::sub-line { height: 0; }
)";

}  // namespace

void load_typefaces() {
  link_typefaces();
  for (const char* file : {"Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf",
                           "JetBrainsMono-Regular.ttf", "JetBrainsMono-SemiBold.ttf"}) {
    if (QFontDatabase::addApplicationFont(QString(":/fonts/") + file) < 0)
      throw std::runtime_error(std::string("the embedded typeface ") + file +
                               " cannot be loaded: build the window again");
  }
}

QColor qcolor(Ink ink, Theme theme, double opacity) {
  const draw::Rgb rgb = draw::colour(ink, theme);
  QColor colour(rgb.red, rgb.green, rgb.blue);
  colour.setAlphaF(static_cast<float>(opacity));
  return colour;
}

QFont qfont(const draw::TextStyle& style) {
  QFont font(style.mono ? "JetBrains Mono" : "Inter");
  font.setPixelSize(static_cast<int>(style.px));
  switch (style.weight) {
    case draw::Weight::regular:
      font.setWeight(QFont::Normal);
      break;
    case draw::Weight::medium:
      font.setWeight(QFont::Medium);
      break;
    case draw::Weight::semibold:
      font.setWeight(QFont::DemiBold);
      break;
  }
  font.setStyleStrategy(QFont::PreferAntialias);
  return font;
}

QPalette palette_of(Theme theme) {
  QPalette palette;
  const auto set = [&](QPalette::ColorRole role, Ink ink) {
    palette.setColor(role, qcolor(ink, theme));
  };
  set(QPalette::Window, Ink::bg);
  set(QPalette::WindowText, Ink::text);
  set(QPalette::Base, Ink::panel);
  set(QPalette::AlternateBase, Ink::raised);
  set(QPalette::Text, Ink::text);
  set(QPalette::Button, Ink::panel);
  set(QPalette::ButtonText, Ink::text);
  set(QPalette::ToolTipBase, Ink::raised);
  set(QPalette::ToolTipText, Ink::text);
  set(QPalette::PlaceholderText, Ink::text3);
  set(QPalette::Highlight, Ink::accent);
  set(QPalette::HighlightedText, Ink::on_accent);
  set(QPalette::Link, Ink::accent);
  set(QPalette::Mid, Ink::border);
  set(QPalette::Light, Ink::raised);
  set(QPalette::Dark, Ink::border);
  for (const QPalette::ColorRole role :
       {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
    palette.setColor(QPalette::Disabled, role, qcolor(Ink::text3, theme));
  return palette;
}

QString style_sheet(Theme theme) {
  QString sheet = kStyleSheet;
  for (std::size_t i = draw::kInks - 1; i > 0; --i) {
    const Ink ink = static_cast<Ink>(i);
    const std::string name(draw::name_of(ink));
    QRegularExpression whole("@" + QString::fromStdString(name) + "\\b");
    sheet.replace(whole, QString::fromStdString(draw::to_hex(draw::colour(ink, theme))));
  }
  return sheet;
}

Theme system_theme() {
  const QColor ground = QApplication::palette().color(QPalette::Window);
  return ground.lightness() < 128 ? Theme::dark : Theme::light;
}

}  // namespace cleave::gui
