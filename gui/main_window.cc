// Building the window: panels, bar, keys. What they show is in main_window_show.cc.
#include "gui/main_window.h"

#include "gui/deeds.h"
#include "gui/glyphs.h"
#include "gui/pictures.h"
#include "gui/theme.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QMenu>
#include <QScrollArea>
#include <QSplitter>
#include <QStatusBar>
#include <QVBoxLayout>
#include <cstddef>
#include <utility>

namespace cleave::gui {
namespace {

constexpr int kGap = 8;  // between panels
constexpr int kProgressWidth = 220;

QSplitter* splitter(Qt::Orientation orientation, std::initializer_list<QWidget*> children,
                    const QList<int>& sizes) {
  auto* made = new QSplitter(orientation);
  made->setHandleWidth(kGap);
  made->setChildrenCollapsible(false);
  for (QWidget* child : children)
    made->addWidget(child);
  made->setSizes(sizes);
  for (int i = 0; i < made->count(); ++i)
    made->setStretchFactor(i, sizes[i]);
  return made;
}

}  // namespace

MainWindow::MainWindow(draw::Theme theme) : theme_(theme) {
  setWindowTitle("Cleave");
  resize(1600, 1000);
  bar_ = new TransportBar;
  pages_ = new QStackedWidget;
  pages_->insertWidget(kLoading, make_loading());
  pages_->insertWidget(kError, make_error());
  pages_->insertWidget(kWork, make_work());
  auto* all = new QWidget;
  auto* column = new QVBoxLayout(all);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(bar_);
  column->addWidget(pages_, 1);
  setCentralWidget(all);

  run_status_ = new QLabel;
  hash_status_ = new QLabel;
  digest_status_ = new QLabel;
  said_ = new QLabel;
  hash_status_->setObjectName("mono");
  said_->setAccessibleName("Messages");
  statusBar()->setSizeGripEnabled(false);
  for (QLabel* label : {run_status_, hash_status_, digest_status_})
    statusBar()->addWidget(label);
  statusBar()->addPermanentWidget(said_);
  next_progress_ = new QProgressBar;
  next_progress_->setRange(0, 1000);
  next_progress_->setFixedSize(kProgressWidth, hash_status_->sizeHint().height());
  next_progress_->setFormat("another future: %p %");
  next_progress_->setAccessibleName("Progress of another future");
  next_progress_->hide();
  statusBar()->addPermanentWidget(next_progress_);

  connect_bar();
  add_keys();
  connect(&stage_, &Stage::opened, this, &MainWindow::on_opened);
  connect(&stage_, &Stage::looked, this, &MainWindow::on_looked);
  connect(&stage_, &Stage::framed, this, &MainWindow::on_framed);
  connect(&stage_, &Stage::said, this, [this](const QString& what) { said_->setText(what); });
  connect(&stage_, &Stage::playing_changed, this, &MainWindow::show_glyphs);
  connect(&stage_, &Stage::parting_found, this, &MainWindow::on_framed);
  connect(&stage_.session(), &Session::progressed, this, [this](int per_mille) {
    progress_->setValue(per_mille);
    next_progress_->setValue(per_mille);
    next_progress_->setVisible(stage_.ready());
  });
  connect(&stage_.session(), &Session::opened, next_progress_, &QProgressBar::hide);
  connect(&stage_.session(), &Session::failed, this, [this](const QString& what) {
    next_progress_->hide();
    show_futures();
    if (stage_.ready()) return said_->setText(what.section('\n', 0, 0));
    error_->setText(what);
    pages_->setCurrentIndex(kError);
    bar_->setEnabled(false);
  });
  connect(&stage_.session(), &Session::explained, this,
          [this](const QString& what, qulonglong event, double seconds) {
            said_->setText(what + " in event " + QString::number(event) + ", at " +
                           QString::number(seconds, 'f', 3) + " s");
            stage_.go_to({draw::Target::Kind::event, static_cast<std::uint32_t>(event), 0});
          });
  set_theme(theme);
  bar_->setEnabled(false);
}

void MainWindow::open(const Opening& opening) {
  progress_->setValue(0);
  pages_->setCurrentIndex(kLoading);
  told_ready_ = false;
  stage_.open(opening);
}

// ---- pages --------------------------------------------------------------------------------------

QWidget* MainWindow::make_loading() {
  auto* page = new QWidget;
  auto* column = new QVBoxLayout(page);
  auto* words = new QLabel("Running the scenario once, from its start to its end ...");
  words->setObjectName("panelTitle");
  words->setAlignment(Qt::AlignCenter);
  progress_ = new QProgressBar;
  progress_->setRange(0, 1000);
  progress_->setMaximumWidth(420);
  progress_->setAccessibleName("Progress of the run");
  column->addStretch();
  column->addWidget(words);
  column->addSpacing(12);
  column->addWidget(progress_, 0, Qt::AlignHCenter);
  column->addStretch();
  return page;
}

QWidget* MainWindow::make_error() {
  auto* page = new QWidget;
  auto* column = new QVBoxLayout(page);
  auto* title = new QLabel("This cannot be shown");
  title->setObjectName("panelTitle");
  error_ = new QLabel;
  error_->setObjectName("mono");
  error_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  error_->setAccessibleName("What is wrong");
  error_->setFocusPolicy(Qt::StrongFocus);
  auto* advice = new QLabel("Mend the file and open it again: nothing was changed.");
  advice->setObjectName("quiet");
  column->setContentsMargins(48, 48, 48, 48);
  column->addStretch();
  for (QWidget* widget :
       {static_cast<QWidget*>(title), static_cast<QWidget*>(error_), static_cast<QWidget*>(advice)})
    column->addWidget(widget);
  column->addStretch();
  return page;
}

QWidget* MainWindow::make_work() {
  auto* left = left_ = splitter(Qt::Vertical, {make_network(), make_verdicts()}, {390, 300});
  auto* middle = splitter(Qt::Vertical, {make_space_time(), make_divergence()}, {390, 300});
  right_ = splitter(Qt::Vertical, {make_details(), make_differences()}, {330, 360});
  auto* top = splitter(Qt::Horizontal, {left, middle, right_}, {370, 770, 430});
  auto* all = splitter(Qt::Vertical, {top, make_timeline()}, {660, 220});
  auto* page = new QWidget;
  page->setObjectName("workspace");
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(kGap, kGap, kGap, kGap);
  column->addWidget(all);
  return page;
}

PictureView* MainWindow::add_picture(Picture picture) {
  auto* view = new PictureView(std::move(picture));
  pictures_.push_back(view);
  connect(view, &PictureView::pointed_at, this, [this](Time at) { stage_.state().set_time(at); });
  connect(view, &PictureView::zoomed, this,
          [this](double factor, Time around) { stage_.state().zoom(factor, around); });
  connect(view, &PictureView::panned, this, [this](double share) { stage_.state().pan(share); });
  return view;
}

// Of the future that is looked at, where everything can be chosen and changed.
PictureView* MainWindow::add_own_picture(Picture picture) {
  PictureView* view = add_picture(std::move(picture));
  connect(view, &PictureView::picked, &stage_, &Stage::go_to);
  connect(view, &PictureView::stretched, &stage_, &Stage::stretch);
  connect(view, &PictureView::menu_wanted, this,
          [this, view](draw::Target target, QPoint at) { show_menu(view, target, at); });
  return view;
}

PictureView* MainWindow::add_picture_of_beside() {
  PictureView* view = add_picture(beside_picture(stage_));
  connect(view, &PictureView::picked, &stage_, &Stage::go_to_beside);
  connect(view, &PictureView::menu_wanted, this,
          [this, view](draw::Target /*of another run*/, QPoint at) { show_menu(view, {}, at); });
  return view;
}

Panel* MainWindow::make_network() {
  map_ = add_own_picture(map_picture(stage_));
  connect(map_, &PictureView::dragged, this,
          [this](QPointF from, QPointF to) { cut_across(map_, from, to); });
  return network_panel_ = new Panel("Network", map_);
}

Panel* MainWindow::make_space_time() {
  space_time_ = add_own_picture(space_time_picture(stage_));
  space_time_panel_ = new Panel("Space-time", space_time_);
  legend_ = new PictureView(legend_picture());
  legend_->setFocusPolicy(Qt::NoFocus);
  legend_->setFixedSize(kLegendWidth, 20);
  space_time_panel_->add_to_header(legend_);
  return space_time_panel_;
}

Panel* MainWindow::make_divergence() {
  divergence_ = add_own_picture(divergence_picture(stage_));
  beside_ = add_picture_of_beside();
  matrix_ = add_own_picture(matrix_picture(stage_));
  beside_->hide();
  auto* curves = splitter(Qt::Vertical, {divergence_, beside_}, {1, 1});
  auto* content = splitter(Qt::Horizontal, {curves, matrix_}, {520, 230});
  curves->setObjectName("inner");
  content->setObjectName("inner");
  ledger_ = new LedgerPage(stage_, add_own_picture(ledger_picture(stage_)));
  connect(ledger_, &LedgerPage::picked, &stage_, &Stage::go_to);
  levels_ = new LevelsPage;
  divergence_panel_ =
      new Panel({{"Replica divergence", content}, {"CAP ledger", ledger_}, {"Levels", levels_}});
  connect(divergence_panel_, &Panel::page_shown, this, &MainWindow::show_notes);
  return divergence_panel_;
}

Panel* MainWindow::make_verdicts() {
  verdicts_ = new TablePanel("Verdicts");
  verdicts_->set_nothing(
      "This scenario claims nothing. Under `expect:` it can say what should hold, "
      "and then it is judged.");
  verdicts_->setWordWrap(true);
  connect(verdicts_, &TablePanel::picked, &stage_, &Stage::go_to);
  witness_ = new WitnessPage(stage_, add_own_picture(cycle_picture(stage_)));
  connect(witness_, &WitnessPage::picked, &stage_, &Stage::go_to);
  verdict_pages_ = new QStackedWidget;
  verdict_pages_->addWidget(verdicts_);
  verdict_pages_->addWidget(witness_);
  // A page that is not shown takes no room from the network.
  verdict_pages_->setMinimumHeight(verdicts_->minimumSizeHint().height());
  all_verdicts_ = new QToolButton;
  all_verdicts_->setText("Show all");
  all_verdicts_->setAccessibleName("Back to all verdicts");
  all_verdicts_->setToolTip("Back to all verdicts (Esc)");
  all_verdicts_->hide();
  connect(all_verdicts_, &QToolButton::clicked, this, [this] { stage_.state().select({}); });
  verdict_panel_ = new Panel("Verdicts", verdict_pages_);
  verdict_panel_->add_to_header(all_verdicts_);
  return verdict_panel_;
}

Panel* MainWindow::make_details() {
  story_ = new QLabel;
  story_->setWordWrap(true);
  story_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  story_->setMargin(12);
  story_->setTextFormat(Qt::RichText);
  story_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  story_->setAccessibleName("What is selected");
  auto* scroll = new QScrollArea;
  scroll->setWidget(story_);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setAccessibleName("What is selected");
  lost_ = new TablePanel("Lost writes");
  lost_->set_nothing("No acknowledged write is lost: all are held by a replica at the end.");
  lost_->set_shares({0, 0, 1});
  lost_->setWordWrap(true);
  connect(lost_, &TablePanel::picked, &stage_, &Stage::go_to);
  details_ = new QTabWidget;
  details_->setFocusPolicy(Qt::NoFocus);  // its bar takes the focus, and has a name
  details_->addTab(scroll, "Story");
  details_->addTab(lost_, "Lost writes");
  conversation_ = new ConversationPage(stage_, add_own_picture(conversation_picture(stage_)));
  details_->addTab(conversation_, "Conversation");
  details_->tabBar()->setAccessibleName("Details");
  return new Panel("Details", details_);
}

Panel* MainWindow::make_differences() {
  differences_ = new TablePanel("State diff");
  differences_->setObjectName("rows");
  differences_->set_nothing("The two replicas hold the same at the cursor.");
  differences_->set_shares({2, 1, 1});
  connect(differences_, &TablePanel::row_chosen, this, [this](int row) {
    const auto& rows = differences_->model_of_rows().table().rows;
    stage_.explain(rows.at(static_cast<std::size_t>(row)).front());
  });
  connect(&stage_, &Stage::pinned_changed, this, &MainWindow::show_differences);
  return difference_panel_ = new Panel("State diff", differences_);
}

Panel* MainWindow::make_timeline() {
  timeline_ = add_own_picture(timeline_picture(stage_));
  return timeline_panel_ = new Panel("Timeline", timeline_);
}

// ---- the bar ------------------------------------------------------------------------------------

void MainWindow::connect_bar() {
  const auto on = [this](QAbstractButton* button, auto action) {
    connect(button, &QAbstractButton::clicked, this, action);
  };
  on(bar_->previous_fault, [this] { stage_.to_previous_fault(); });
  on(bar_->step_back, [this] { stage_.step(-1); });
  on(bar_->play, [this] {
    stage_.set_speed(bar_->speed());
    stage_.set_playing(!stage_.playing());
  });
  on(bar_->step_on, [this] { stage_.step(1); });
  on(bar_->next_fault, [this] { stage_.to_next_fault(); });
  on(bar_->undo, [this] { stage_.undo(); });
  on(bar_->compare, [this] { stage_.set_comparing(!stage_.state().look().beside); });
  on(bar_->theme,
     [this] { set_theme(theme_ == draw::Theme::light ? draw::Theme::dark : draw::Theme::light); });
  connect(bar_->futures, &QComboBox::activated, this, [this](int row) {
    stage_.choose(stage_.choices().at(static_cast<std::size_t>(row)));
    show_futures();  // what must be run first is not shown yet
  });

  const auto menu_of = [this](QToolButton* button, void (*fill)(QMenu&, Stage&)) {
    auto* menu = new QMenu(button);
    button->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu, fill] { fill(*menu, stage_); });
  };
  menu_of(bar_->cut, &fill_cut_menu);
  menu_of(bar_->crash, &fill_crash_menu);
  menu_of(bar_->delay, &fill_delay_menu);
  menu_of(bar_->heal, &fill_heal_menu);
  fill_until_menu();
  fill_save_menu();
}

void MainWindow::fill_until_menu() {
  auto* menu = new QMenu(bar_->until);
  bar_->until->setMenu(menu);
  const auto add = [&](const QString& text, auto action) {
    connect(menu->addAction(text), &QAction::triggered, this, action);
  };
  add("Next message that is dropped", [this] { stage_.to_next_drop(); });
  add("Greatest divergence", [this] { stage_.to_greatest_divergence(); });
  add("Divergence over ...", [this] {
    bool chosen = false;
    const int n = QInputDialog::getInt(this, "Run until", "Updates apart, more than", 10, 0,
                                       1'000'000'000, 1, &chosen);
    if (chosen) stage_.to_distance_over(static_cast<std::uint64_t>(n));
  });
  add("Next violation", [this] { stage_.to_violation(1); });
  add("Time ...", [this] {
    bool chosen = false;
    const double seconds = QInputDialog::getDouble(
        this, "Run until", "Seconds from the start", static_cast<double>(stage_.view().at.ns) / 1e9,
        0, static_cast<double>(stage_.state().end().ns) / 1e9, 3, &chosen);
    if (chosen) stage_.jump(Time{static_cast<std::int64_t>(seconds * 1e9)});
  });
  add("Event ...", [this] {
    bool chosen = false;
    const int last = static_cast<int>(stage_.recording().trace.events().size());
    const int number =
        QInputDialog::getInt(this, "Run until", "Number of the event",
                             static_cast<int>(stage_.frame().event.value), 1, last, 1, &chosen);
    if (chosen) stage_.go_to({draw::Target::Kind::event, static_cast<std::uint32_t>(number), 0});
  });
}

void MainWindow::fill_save_menu() {
  auto* menu = new QMenu(bar_->save);
  bar_->save->setMenu(menu);
  connect(menu->addAction("This future as a scenario ..."), &QAction::triggered, this,
          &MainWindow::save_scenario);
  connect(menu->addAction("This future as a saved run ..."), &QAction::triggered, this,
          &MainWindow::save_run);
  menu->addSeparator();
  QAction* calm = menu->addAction("Reduced motion");
  calm->setCheckable(true);
  connect(calm, &QAction::toggled, &stage_, &Stage::set_reduced_motion);
}

}  // namespace cleave::gui
