#include "gui/transport_bar.h"

#include "gui/text.h"
#include "sim/draw/axis.h"
#include "sim/report/typography.h"

#include <QHBoxLayout>
#include <array>

namespace cleave::gui {
namespace {

struct Speed {
  const char* text;
  double seconds;
};
constexpr std::array<Speed, 9> kSpeeds{{{"1/64x", 1.0 / 64},
                                        {"1/16x", 1.0 / 16},
                                        {"1/4x", 0.25},
                                        {"1/2x", 0.5},
                                        {"1x", 1},
                                        {"2x", 2},
                                        {"4x", 4},
                                        {"16x", 16},
                                        {"64x", 64}}};
constexpr int kUsualSpeed = 2;
constexpr int kHeight = 52;
constexpr int kLeastWidth = 1000;
constexpr int kRoomForWords = 1480;  // narrower, buttons have their icons only

QLabel* label(const char* name) {
  auto* made = new QLabel;
  made->setObjectName(name);
  return made;
}

}  // namespace

QToolButton* TransportBar::add_button(const QString& text, const QString& name,
                                      const QString& tip) {
  auto* button = new QToolButton;
  button->setText(text);
  button->setToolTip(tip);
  button->setAccessibleName(name);
  button->setAccessibleDescription(tip);
  button->setIconSize({16, 16});
  button->setFocusPolicy(Qt::StrongFocus);
  button->setToolButtonStyle(text.isEmpty() ? Qt::ToolButtonIconOnly
                                            : Qt::ToolButtonTextBesideIcon);
  layout()->addWidget(button);
  return button;
}

TransportBar::TransportBar(QWidget* parent) : QWidget(parent) {
  setObjectName("bar");
  setAttribute(Qt::WA_StyledBackground);
  setFixedHeight(kHeight);
  setMinimumWidth(kLeastWidth);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 0, 12, 0);
  row->setSpacing(6);
  add_run(*row);
  add_motion(*row);
  add_deeds(*row);
}

void TransportBar::add_run(QHBoxLayout& row) {
  scenario_ = new ElidedLabel("panelTitle");
  scenario_->setMaximumWidth(260);
  seed_ = label("quiet");
  futures = new QComboBox;
  futures->setAccessibleName("Future that is shown");
  futures->setToolTip(
      "The run as it was, the configurations of its `compare:`, and what became of them "
      "under your hands");
  futures->setMinimumContentsLength(9);
  futures->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  row.addWidget(scenario_, 3);
  row.addWidget(seed_);
  row.addWidget(futures);
  row.addSpacing(8);
}

void TransportBar::add_motion(QHBoxLayout& row) {
  previous_fault = add_button("", "Previous fault", "To where a fault began or ended before  [");
  step_back = add_button("", "One event back", "One event back  Left");
  play = add_button("", "Play", "Play or pause  Space");
  step_on = add_button("", "One event on", "One event on  Right");
  next_fault = add_button("", "Next fault", "To where the next fault begins or ends  ]");
  until = add_button("Until", "Run until", "Go on until something happens  U");
  until->setPopupMode(QToolButton::InstantPopup);
  row.addSpacing(8);

  clock_ = label("clock");
  count_ = label("count");
  row.addWidget(clock_);
  row.addSpacing(4);
  row.addWidget(count_);
  speed_ = new QComboBox;
  for (const Speed& speed : kSpeeds)
    speed_->addItem(speed.text);
  speed_->setCurrentIndex(kUsualSpeed);
  speed_->setAccessibleName("Speed");
  speed_->setToolTip("Simulated seconds in one of yours  , and .");
  row.addWidget(speed_);
  row.addStretch(1);
}

void TransportBar::add_deeds(QHBoxLayout& row) {
  cut = add_button("Cut", "Cut the network", "Cut regions apart, from the cursor on  X");
  crash = add_button("Crash", "Crash a replica", "Crash or pause a replica at the cursor  C");
  delay = add_button("Delay", "Delay a link", "Make a link slow or lossy from the cursor on  L");
  heal = add_button("Heal", "Heal a fault", "End a fault at the cursor  H");
  for (QToolButton* button : {cut, crash, delay, heal})
    button->setPopupMode(QToolButton::InstantPopup);
  undo = new QPushButton;
  undo->setAccessibleName("Undo");
  undo->setToolTip("Back to the future before the last change  Ctrl+Z");
  compare = new QPushButton;
  compare->setAccessibleName("Compare");
  compare->setToolTip("This future beside the one that it left  Ctrl+B");
  compare->setCheckable(true);
  row.addWidget(undo);
  row.addWidget(compare);
  save = add_button("", "Save", "Save this future, or a picture");
  save->setPopupMode(QToolButton::InstantPopup);
  theme = add_button("", "Theme", "Light or dark  T");
}

void TransportBar::show_run(const QString& scenario, std::uint64_t seed) {
  scenario_->set_text(scenario);
  seed_->setText("seed " + QString::number(seed));
}

// As wide as the last event's number, so that nothing moves while it counts.
void TransportBar::show_moment(Time at, EventId event, std::uint64_t events) {
  clock_->setText(q(draw::clock_text(at)));
  const QString all = q(grouped(events));
  count_->setText("event " + q(grouped(event.value)).rightJustified(all.size()) + "\nof    " + all);
}

void TransportBar::show_playing(bool playing) {
  play->setAccessibleName(playing ? "Pause" : "Play");
}

void TransportBar::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const bool words = width() >= kRoomForWords;
  for (QToolButton* button : {cut, crash, delay, heal})
    button->setToolButtonStyle(words ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
  compare->setText(words ? "Compare" : "");
}

double TransportBar::speed() const {
  return kSpeeds.at(static_cast<std::size_t>(speed_->currentIndex())).seconds;
}

void TransportBar::step_speed(int by) {
  speed_->setCurrentIndex(std::clamp(speed_->currentIndex() + by, 0, speed_->count() - 1));
}

}  // namespace cleave::gui
