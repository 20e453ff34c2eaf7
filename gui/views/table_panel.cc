#include "gui/views/table_panel.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QPainter>
#include <algorithm>
#include <utility>

namespace cleave::gui {
namespace {

constexpr int kBetweenRows = 8;  // of rows with more than one line

}  // namespace

TablePanel::TablePanel(const QString& name, QWidget* parent) : QTableView(parent) {
  setModel(&model_);
  setAccessibleName(name);
  setSelectionBehavior(QAbstractItemView::SelectRows);
  setSelectionMode(QAbstractItemView::SingleSelection);
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setShowGrid(false);
  setWordWrap(false);
  setTabKeyNavigation(false);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  verticalHeader()->hide();
  verticalHeader()->setDefaultSectionSize(25);
  horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  horizontalHeader()->setHighlightSections(false);
  connect(this, &QTableView::clicked, this, &TablePanel::choose);
}

void TablePanel::set_shares(std::vector<int> shares) {
  shares_ = std::move(shares);
  share_width();
}

void TablePanel::resizeEvent(QResizeEvent* event) {
  QTableView::resizeEvent(event);
  share_width();
}

void TablePanel::share_width() {
  const int columns = model_.columnCount();
  if (columns == 0) return;
  const auto share = [this](int column) {
    return static_cast<std::size_t>(column) < shares_.size()
               ? shares_[static_cast<std::size_t>(column)]
               : 1;
  };
  int room = viewport()->width();
  int parts = 0;
  for (int column = 0; column < columns; ++column) {
    parts += share(column);
    if (share(column) > 0) continue;
    resizeColumnToContents(column);
    room -= columnWidth(column);
  }
  for (int column = 0; column < columns; ++column)
    if (share(column) > 0) setColumnWidth(column, std::max(40, room * share(column) / parts));
  if (!wordWrap()) return;
  resizeRowsToContents();
  for (int row = 0; row < model_.rowCount(); ++row)
    setRowHeight(row, rowHeight(row) + kBetweenRows);
}

void TablePanel::show_table(draw::Table table, std::vector<draw::Target> targets) {
  const int before = currentIndex().row();
  model_.show(std::move(table), std::move(targets));
  share_width();
  horizontalHeader()->setVisible(model_.rowCount() > 0);
  if (before >= 0 && before < model_.rowCount()) setCurrentIndex(model_.index(before, 0));
}

// The first of the targets that is here is where the keyboard goes on from.
void TablePanel::mark(const std::vector<draw::Target>& targets) {
  QItemSelection rows;
  QModelIndex first;
  std::size_t place = targets.size();
  for (int row = 0; row < model_.rowCount(); ++row) {
    const auto found = std::find(targets.begin(), targets.end(), model_.target(row));
    if (found == targets.end() || found->kind == draw::Target::Kind::nothing) continue;
    const QModelIndex index = model_.index(row, 0);
    rows.select(index, model_.index(row, model_.columnCount() - 1));
    if (const auto here = static_cast<std::size_t>(found - targets.begin()); here < place) {
      place = here;
      first = index;
    }
  }
  setCurrentIndex(first);
  selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
}

void TablePanel::set_nothing(const QString& sentence) {
  nothing_ = sentence;
  viewport()->update();
}

void TablePanel::choose(const QModelIndex& index) {
  if (!index.isValid()) return;
  Q_EMIT row_chosen(index.row());
  const draw::Target target = model_.target(index.row());
  if (target.kind != draw::Target::Kind::nothing) Q_EMIT picked(target);
}

void TablePanel::paintEvent(QPaintEvent* event) {
  QTableView::paintEvent(event);
  if (model_.rowCount() > 0) return;
  QPainter painter(viewport());
  painter.setPen(palette().color(QPalette::PlaceholderText));
  painter.drawText(viewport()->rect().adjusted(16, 8, -16, -8), Qt::AlignCenter | Qt::TextWordWrap,
                   nothing_);
}

void TablePanel::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
    return choose(currentIndex());
  QTableView::keyPressEvent(event);
}

}  // namespace cleave::gui
