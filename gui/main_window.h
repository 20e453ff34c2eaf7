// The window: panels around one stage, keys, and what can be saved.
#pragma once
#include "gui/panel.h"
#include "gui/stage.h"
#include "gui/transport_bar.h"
#include "gui/views/picture_view.h"
#include "gui/views/table_panel.h"

#include <QMainWindow>
#include <QProgressBar>
#include <QStackedWidget>
#include <QTabWidget>
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
  enum Page { kLoading, kError, kWork };
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
  void show_parting();
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
  TransportBar* bar_;
  QStackedWidget* pages_;
  QProgressBar* progress_;
  QLabel* error_;
  std::vector<PictureView*> pictures_;
  PictureView *map_, *space_time_, *legend_, *divergence_, *beside_, *matrix_, *timeline_;
  Panel *network_panel_, *space_time_panel_, *divergence_panel_, *verdict_panel_, *timeline_panel_,
      *difference_panel_;
  TablePanel *verdicts_, *lost_, *differences_;
  QTabWidget* details_;
  QLabel* story_;
  QString selection_;  // the story of what is selected
  QString parting_;    // of the two futures that are compared
  QLabel *run_status_, *hash_status_, *digest_status_, *said_;
  std::vector<std::pair<QString, QString>> keys_;
  Look shown_;
  bool told_ready_ = false;
};

}  // namespace cleave::gui
