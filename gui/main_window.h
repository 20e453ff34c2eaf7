// The window: panels around one stage, keys, and what can be saved.
#pragma once
#include "gui/conversation_page.h"
#include "gui/ledger_page.h"
#include "gui/levels_page.h"
#include "gui/panel.h"
#include "gui/stage.h"
#include "gui/transport_bar.h"
#include "gui/views/picture_view.h"
#include "gui/views/table_panel.h"
#include "gui/witness_page.h"

#include <QMainWindow>
#include <QProgressBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolButton>
#include <vector>

namespace cleave::gui {

class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(draw::Theme theme);

  void open(const Opening& opening);
  void set_theme(draw::Theme theme);
  Stage& stage() { return stage_; }
  TransportBar& bar() { return *bar_; }
  const std::vector<PictureView*>& pictures() const { return pictures_; }
  // Of a dialog and of --screenshot; false, and it is said, if the file cannot be written.
  bool save_picture(const QString& file);

 Q_SIGNALS:
  void ready();  // everything shows the first frame

 private:
  static constexpr int kLoading = 0;  // the pages
  static constexpr int kError = 1;
  static constexpr int kWork = 2;
  static constexpr int kDivergence = 0;  // the pages of one panel
  static constexpr int kLedger = 1;
  QWidget* make_work();
  QWidget* make_loading();
  QWidget* make_error();
  Panel* make_network();
  Panel* make_space_time();
  Panel* make_divergence();
  Panel* make_verdicts();
  Panel* make_details();
  Panel* make_differences();
  Panel* make_timeline();
  PictureView* add_picture(Picture picture);
  PictureView* add_own_picture(Picture picture);
  PictureView* add_picture_of_beside();
  void connect_bar();
  void add_keys();
  void add_key(const QKeySequence& key, const QString& what, std::function<void()> action);
  void fill_until_menu();
  void fill_save_menu();

  void on_opened();
  void on_looked();
  void on_framed();
  void show_futures();
  void show_notes();
  void show_status();
  void show_selection();
  void show_story();
  void show_verdict_chip();
  void show_witness();
  void show_verdicts();
  void show_rows(const QString& title, QSize size, draw::Table rows);
  void show_differences();
  struct Compared {
    const World& world;
    NodeId node;
    std::string name;
  };
  void show_compared(const Compared& left, const Compared& right);
  void show_glyphs();
  void show_menu(PictureView* view, draw::Target target, QPoint global);
  void show_table(PictureView* view);
  void show_keys();
  void cut_across(PictureView* view, QPointF from, QPointF to);
  void save_scenario();
  void save_run();
  void write(const QString& file, const std::string& text);

  draw::Theme theme_;
  Stage stage_;
  TransportBar* bar_ = nullptr;
  QStackedWidget* pages_ = nullptr;
  QProgressBar* progress_ = nullptr;
  QProgressBar* next_progress_ = nullptr;  // of another future, while this one is looked at
  QLabel* error_ = nullptr;
  std::vector<PictureView*> pictures_;
  PictureView* map_ = nullptr;
  PictureView* space_time_ = nullptr;
  PictureView* legend_ = nullptr;
  PictureView* divergence_ = nullptr;
  PictureView* beside_ = nullptr;
  PictureView* matrix_ = nullptr;
  PictureView* timeline_ = nullptr;
  Panel* network_panel_ = nullptr;
  Panel* space_time_panel_ = nullptr;
  Panel* divergence_panel_ = nullptr;
  Panel* verdict_panel_ = nullptr;
  Panel* timeline_panel_ = nullptr;
  Panel* difference_panel_ = nullptr;
  TablePanel* verdicts_ = nullptr;
  QStackedWidget* verdict_pages_ = nullptr;
  WitnessPage* witness_ = nullptr;
  QToolButton* all_verdicts_ = nullptr;
  LedgerPage* ledger_ = nullptr;
  ConversationPage* conversation_ = nullptr;
  LevelsPage* levels_ = nullptr;
  QSplitter* right_ = nullptr;
  QSplitter* left_ = nullptr;
  QList<int> left_before_;  // its sizes, while a witness takes more room
  TablePanel* lost_ = nullptr;
  TablePanel* differences_ = nullptr;
  QTabWidget* details_ = nullptr;
  QLabel* story_ = nullptr;
  QString selection_;  // the story of what is selected
  QLabel* run_status_ = nullptr;
  QLabel* hash_status_ = nullptr;
  QLabel* digest_status_ = nullptr;
  QLabel* said_ = nullptr;
  std::vector<std::pair<QString, QString>> keys_;
  Look shown_;
  bool told_ready_ = false;
};

}  // namespace cleave::gui
