#include "gui/models/table_model.h"

#include <utility>

namespace cleave::gui {

void TableModel::show(draw::Table table, std::vector<draw::Target> targets) {
  beginResetModel();
  table_ = std::move(table);
  targets_ = std::move(targets);
  endResetModel();
}

draw::Target TableModel::target(int row) const {
  const auto index = static_cast<std::size_t>(row);
  return index < targets_.size() ? targets_[index] : draw::Target{};
}

int TableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(table_.rows.size());
}

int TableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(table_.head.size());
}

QVariant TableModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
  const auto row = static_cast<std::size_t>(index.row());
  const auto column = static_cast<std::size_t>(index.column());
  return QString::fromStdString(table_.rows[row][column]);
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role != Qt::DisplayRole || orientation != Qt::Horizontal) return {};
  const auto column = static_cast<std::size_t>(section);
  return column < table_.head.size() ? QString::fromStdString(table_.head[column]) : QVariant();
}

}  // namespace cleave::gui
