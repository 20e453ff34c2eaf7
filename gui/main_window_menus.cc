// The menus of the window, its dialogs, and what it saves.
#include "gui/deeds.h"
#include "gui/main_window.h"
#include "gui/text.h"
#include "sim/report/file.h"

#include <QDialog>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineF>
#include <QMenu>
#include <QVBoxLayout>
#include <string>
#include <utility>

namespace cleave::gui {
namespace {

constexpr double kExportScale = 2;

}  // namespace

// ---- menus and dialogs --------------------------------------------------------------------------

void MainWindow::show_menu(PictureView* view, draw::Target target, QPoint global) {
  QMenu menu;
  fill_menu_of(menu, stage_, target);
  using Kind = draw::Target::Kind;
  if (target.kind == Kind::node || target.kind == Kind::lane) {
    const NodeId node{target.a};
    if (stage_.is_replica(node))
      menu.addAction("Count badges from here", this,
                     [this, node] { stage_.state().set_reference(node); });
    menu.addAction("Compare it with itself as it is now", this, [this, node] { stage_.pin(node); });
    menu.addAction("Hide its lane", this, [this, node] { stage_.state().set_hidden(node, true); });
  }
  if (!stage_.view().hidden.empty())
    menu.addAction("Show all lanes", this, [this] {
      const auto hidden = stage_.view().hidden;
      for (const NodeId node : hidden)
        stage_.state().set_hidden(node, false);
    });
  if (!menu.isEmpty()) menu.addSeparator();
  menu.addAction("Show as table", this, [this, view] { show_table(view); });
  menu.addAction("Save picture as PNG or SVG ...", this, [this, view] {
    const QString file =
        QFileDialog::getSaveFileName(this, "Save picture", "picture.png", "Pictures (*.png *.svg)");
    if (file.isEmpty()) return;
    if (file.endsWith(".svg"))
      write(file, view->svg());
    else if (!view->image(kExportScale).save(file))
      said_->setText("Could not write " + file);
  });
  menu.exec(global);
}

void MainWindow::show_rows(const QString& title, QSize size, draw::Table rows) {
  auto* dialog = new QDialog(this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(title);
  dialog->resize(size);
  auto* table = new TablePanel(title);
  table->set_nothing("There is nothing in this picture.");
  table->show_table(std::move(rows));
  auto* column = new QVBoxLayout(dialog);
  column->addWidget(table);
  dialog->show();
}

void MainWindow::show_table(PictureView* view) {
  show_rows(view->accessibleName() + " as a table", {720, 480}, view->picture().table());
}

void MainWindow::show_keys() {
  draw::Table rows{"Keys", {"Key", "Does"}, {}};
  for (const auto& [key, what] : keys_)
    rows.rows.push_back({key.toStdString(), what.toStdString()});
  show_rows("Keys", {360, 720}, std::move(rows));
}

// The links whose picture the drag crosses are cut: of several, the first.
void MainWindow::cut_across(PictureView* view, QPointF from, QPointF to) {
  const QLineF drag(from, to);
  for (const draw::Spot& spot : view->shown().drawing.spots) {
    if (spot.target.kind != draw::Target::Kind::link || !spot.segment) continue;
    const QLineF link(spot.from.x, spot.from.y, spot.to.x, spot.to.y);
    if (drag.intersects(link) != QLineF::BoundedIntersection) continue;
    return stage_.perform(cut_between(stage_, spot.target));
  }
  said_->setText("To cut a link, drag across its line.");
}

// ---- saving -------------------------------------------------------------------------------------

void MainWindow::write(const QString& file, const std::string& text) {
  try {
    write_file(file.toStdString(), text);
    said_->setText("Saved " + QFileInfo(file).fileName());
  } catch (const FileError& error) {
    said_->setText(error.what());
  }
}

void MainWindow::save_scenario() {
  const auto text = scenario_text(stage_.recording());
  if (!text)
    return said_->setText("This run needs settings beside its text: save it as a saved run.");
  const QString file =
      QFileDialog::getSaveFileName(this, "Save scenario", "branch.yaml", "Scenarios (*.yaml)");
  if (!file.isEmpty()) write(file, *text);
}

void MainWindow::save_run() {
  const QString file =
      QFileDialog::getSaveFileName(this, "Save run", "run.yaml", "Saved runs (*.yaml)");
  if (!file.isEmpty()) write(file, saved_run_text(stage_.recording()));
}

bool MainWindow::save_picture(const QString& file) {
  return grab().save(file);
}

}  // namespace cleave::gui
