// A table that says something when it is empty, and is walked by keyboard like any other view.
#pragma once
#include "gui/models/table_model.h"

#include <QTableView>

namespace cleave::gui {

class TablePanel : public QTableView {
  Q_OBJECT

 public:
  explicit TablePanel(const QString& name, QWidget* parent = nullptr);

  // Columns share the width: so many parts each, and those with 0 take what their words need.
  void set_shares(std::vector<int> shares);
  void show_table(draw::Table table, std::vector<draw::Target> targets = {});
  // The rows that stand for what is selected are marked.
  void mark(const std::vector<draw::Target>& targets);
  // What is said while there are no rows.
  void set_nothing(const QString& sentence);
  const TableModel& model_of_rows() const { return model_; }

 Q_SIGNALS:
  void picked(cleave::draw::Target target);
  void row_chosen(int row);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void choose(const QModelIndex& index);
  void share_width();

  std::vector<int> shares_;
  TableModel model_;
  QString nothing_;
};

}  // namespace cleave::gui
