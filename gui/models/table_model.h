// A table of words as Qt's views have it. Holds no logic: rows come ready, and each may say what it
// stands for.
#pragma once
#include "sim/draw/table.h"
#include "sim/draw/target.h"

#include <QAbstractTableModel>
#include <vector>

namespace cleave::gui {

class TableModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  using QAbstractTableModel::QAbstractTableModel;

  // `targets` is empty, or has one for each row.
  void show(draw::Table table, std::vector<draw::Target> targets = {});
  const draw::Table& table() const { return table_; }
  draw::Target target(int row) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  draw::Table table_;
  std::vector<draw::Target> targets_;
};

}  // namespace cleave::gui
