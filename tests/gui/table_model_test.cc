// The model of all tables, without a window.
#include "gui/models/table_model.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>

namespace cleave::gui {
namespace {

TEST(TableModel, keeps_the_rules_of_models_while_its_rows_change) {
  TableModel model;
  QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  model.show({"t", {"a", "b"}, {{"1", "2"}, {"3", "4"}}}, {{draw::Target::Kind::node, 7, 0}});
  EXPECT_EQ(model.rowCount(), 2);
  EXPECT_EQ(model.columnCount(), 2);
  EXPECT_EQ(model.index(1, 0).data().toString(), "3");
  EXPECT_EQ(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), "b");
  EXPECT_EQ(model.target(0), (draw::Target{draw::Target::Kind::node, 7, 0}));
  EXPECT_EQ(model.target(1), draw::Target{}) << "a row that stands for nothing";
  EXPECT_FALSE(model.data({}, Qt::DisplayRole).isValid());
  model.show({});
  EXPECT_EQ(model.rowCount(), 0);
}

}  // namespace
}  // namespace cleave::gui
