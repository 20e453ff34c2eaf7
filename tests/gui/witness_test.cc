// A violated level of consistency opens at the operations that show it, and every view has them.
#include "gui/tables.h"
#include "gui/witness_page.h"
#include "sim/draw/cycle.h"
#include "sim/draw/operations.h"
#include "tests/gui/story.h"

#include <QAccessible>
#include <QToolButton>
#include <algorithm>

namespace cleave::gui {
namespace {

using Kind = draw::Target::Kind;

constexpr draw::Target kVerdict{Kind::verdict, 0, 0};

struct WitnessStory : Story {
  WitnessStory() : Story(kStaleRead) {
    and_wait([&] { stage().go_to(kVerdict); });
  }
  WitnessPage& page() { return *window.findChild<WitnessPage*>(); }
  TablePanel& table(const char* name) {
    for (TablePanel* table : window.findChildren<TablePanel*>())
      if (table->accessibleName() == name) return *table;
    ADD_FAILURE() << "no table is called " << name;
    return *window.findChild<TablePanel*>();
  }
  std::vector<draw::ShownOperation> operations() {
    return draw::witness_operations(stage().recording(), 0);
  }
};

// Until the frame of that run is there: one of the run before may still come.
void open_and_wait(Story& story, const char* file, draw::Target selected) {
  QSignalSpy opened(&story.stage(), &Stage::opened);
  story.window.open({file, std::nullopt, std::nullopt, selected, std::nullopt});
  ASSERT_TRUE(opened.count() > 0 || opened.wait(kPatienceMs));
  ASSERT_TRUE(QTest::qWaitFor([&] { return story.stage().ready(); }, kPatienceMs));
  story.settle();
}

TEST(Witness, takes_the_place_of_the_list_and_gives_it_back) {
  WitnessStory story;
  EXPECT_TRUE(story.page().isVisible());
  EXPECT_FALSE(story.table("Verdicts").isVisible());
  for (QToolButton* button : story.window.findChildren<QToolButton*>())
    if (button->accessibleName() == "Back to all verdicts") button->click();
  EXPECT_FALSE(story.page().isVisible());
  EXPECT_TRUE(story.table("Verdicts").isVisible());
  EXPECT_EQ(story.stage().view().selected, draw::Target{});
  story.stage().go_to({Kind::verdict, 1, 0});
  EXPECT_FALSE(story.page().isVisible()) << "who is available has no operations to show";
}

TEST(Witness, is_opened_from_the_list_and_left_by_escape) {
  Story story(kStaleRead);
  TablePanel* list = nullptr;
  for (TablePanel* table : story.window.findChildren<TablePanel*>())
    if (table->accessibleName() == "Verdicts") list = table;
  ASSERT_NE(list, nullptr);
  list->setFocus();
  list->setCurrentIndex(list->model()->index(0, 0));
  QTest::keyClick(list, Qt::Key_Return);
  WitnessPage* page = story.window.findChild<WitnessPage*>();
  EXPECT_TRUE(page->isVisible());
  QTest::keyClick(&story.window, Qt::Key_Escape);
  EXPECT_FALSE(page->isVisible());
}

TEST(Witness, has_all_operations_in_the_window_of_time) {
  WitnessStory story;
  const draw::View& view = story.stage().view();
  ASSERT_FALSE(story.operations().empty());
  for (const draw::ShownOperation& operation : story.operations()) {
    EXPECT_LT(view.from, operation.from);
    EXPECT_GT(view.to, operation.to.value());
  }
  EXPECT_EQ(story.stage().frame().event,
            *story.stage().recording().result.expectations[0].verdict.event);
}

TEST(Witness, is_selected_in_every_view) {
  WitnessStory story;
  for (const char* name : {"Minimal cycle", "Space-time diagram", "Timeline"}) {
    QAccessibleInterface* picture = QAccessible::queryAccessibleInterface(&story.picture(name));
    for (const draw::ShownOperation& operation : story.operations()) {
      bool selected = false;
      for (int i = 0; i < picture->childCount(); ++i) {
        QAccessibleInterface* spot = picture->child(i);
        const std::string said = spot->text(QAccessible::Name).toStdString();
        if (said.find(operation.what) != std::string::npos) selected |= spot->state().selected;
      }
      EXPECT_TRUE(selected) << name << ": " << operation.what;
    }
  }
  EXPECT_TRUE(story.table("Verdicts").selectionModel()->isRowSelected(0));
}

TEST(Witness, has_rows_that_go_to_their_events) {
  WitnessStory story;
  TablePanel& rows = story.table("Operations of the witness");
  const auto operations = story.operations();
  ASSERT_EQ(rows.model()->rowCount(), static_cast<int>(operations.size()));
  for (int row = rows.model()->rowCount() - 1; row >= 0; --row) {
    const draw::ShownOperation& operation = operations[static_cast<std::size_t>(row)];
    rows.setCurrentIndex(rows.model()->index(row, 0));
    if (story.stage().frame().event == *operation.answered) {
      QTest::keyClick(&rows, Qt::Key_Return);
    } else {
      story.and_wait([&] { QTest::keyClick(&rows, Qt::Key_Return); });
    }
    EXPECT_EQ(story.stage().frame().event, *operation.answered);
    EXPECT_EQ(story.stage().view().selected, operation.target);
    EXPECT_TRUE(story.page().isVisible()) << "the others stay selected";
    EXPECT_EQ(rows.currentIndex().row(), row);
    EXPECT_NE(story_of_selection(story.stage()).find(operation.what), std::string::npos);
  }
}

// Whoever goes from one to the next by keyboard stays where they were when a picture changes.
TEST(Witness, is_walked_by_keyboard) {
  WitnessStory story;
  PictureView& cycle = story.picture("Minimal cycle");
  cycle.setFocus();
  for (std::size_t i = 0; i < story.operations().size(); ++i) {
    QTest::keyClick(&cycle, Qt::Key_Down);
    const draw::Target wanted = cycle.shown().drawing.spots.at(i).target;
    QTest::keyClick(&cycle, Qt::Key_Return);
    EXPECT_EQ(story.stage().view().selected, wanted);
    cycle.shown();
    EXPECT_EQ(cycle.focused_spot(), i);
  }
  story.settle();
}

TEST(Witness, says_why_in_a_sentence_for_each_arrow) {
  WitnessStory story;
  const auto& because = story.stage().recording().result.expectations[0].verdict.because;
  const draw::Table& table = story.table("Why they fit no order").model_of_rows().table();
  ASSERT_EQ(table.rows.size(), because.size());
  for (std::size_t i = 0; i < because.size(); ++i)
    EXPECT_EQ(table.rows[i].back(), because[i].why);
}

TEST(Witness, of_another_run_is_not_kept) {
  WitnessStory story;
  open_and_wait(story, kFirstCut, {});
  EXPECT_FALSE(story.page().isVisible());
}

TEST(Witness, is_opened_by_the_command_line) {
  Story story;
  open_and_wait(story, kStaleRead, kVerdict);
  EXPECT_TRUE(story.window.findChild<WitnessPage*>()->isVisible());
}

}  // namespace
}  // namespace cleave::gui
