// For those who do not see the window, or see it otherwise.
#include "tests/gui/story.h"

#include <QAccessible>
#include <set>

namespace cleave::gui {
namespace {

// What is seen at first, and what is behind it.
struct Panels {
  const char* file;
  int page;
};
constexpr Panels kPanels[] = {
    {kFirstCut, 0}, {kStaleRead, Story::kLedger}, {kStaleRead, Story::kLevels}};

struct PanelStory : Story {
  explicit PanelStory(const Panels& panels) : Story(panels.file) {
    if (panels.page > 0) open_panels(panels.page);
  }
};

TEST(Access, everything_that_takes_the_focus_has_a_name_and_a_role) {
  for (const Panels& panels : kPanels) {
    PanelStory story(panels);
    int focusable = 0;
    for (QWidget* widget : story.window.findChildren<QWidget*>()) {
      if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus)) continue;
      QAccessibleInterface* node = QAccessible::queryAccessibleInterface(widget);
      ASSERT_TRUE(node != nullptr) << widget->metaObject()->className();
      EXPECT_FALSE(node->text(QAccessible::Name).isEmpty())
          << widget->metaObject()->className() << " " << widget->objectName().toStdString();
      EXPECT_NE(node->role(), QAccessible::NoRole) << node->text(QAccessible::Name).toStdString();
      ++focusable;
    }
    EXPECT_GT(focusable, 20);
  }
}

TEST(Access, tab_reaches_everything) {
  for (const Panels& panels : kPanels) {
    PanelStory story(panels);
    std::set<QWidget*> wanted;
    for (QWidget* widget : story.window.findChildren<QWidget*>())
      if (widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus))
        wanted.insert(widget);
    std::set<QWidget*> reached;
    story.window.activateWindow();
    story.picture("Network").setFocus();
    for (std::size_t i = 0; i < 3 * wanted.size(); ++i) {
      QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
      reached.insert(QApplication::focusWidget());
    }
    for (QWidget* widget : wanted)
      EXPECT_TRUE(reached.contains(widget))
          << widget->metaObject()->className() << " " << widget->accessibleName().toStdString();
  }
}

TEST(Access, the_spots_of_a_picture_are_named_children) {
  for (const Panels& panels : kPanels) {
    PanelStory story(panels);
    for (PictureView* view : story.window.pictures()) {
      if (!view->isVisible()) continue;
      QAccessibleInterface* node = QAccessible::queryAccessibleInterface(view);
      const auto& spots = view->shown().drawing.spots;
      ASSERT_EQ(node->childCount(), static_cast<int>(spots.size())) << view->picture().name;
      for (int i = 0; i < node->childCount(); ++i) {
        QAccessibleInterface* child = node->child(i);
        EXPECT_EQ(child->text(QAccessible::Name).toStdString(),
                  spots[static_cast<std::size_t>(i)].name);
        EXPECT_FALSE(child->text(QAccessible::Name).isEmpty());
        EXPECT_EQ(node->indexOfChild(child), i);
      }
    }
  }
}

TEST(Access, every_picture_is_also_a_table) {
  for (const Panels& panels : kPanels) {
    PanelStory story(panels);
    for (PictureView* view : story.window.pictures()) {
      if (!view->isVisible()) continue;
      const draw::Table table = view->picture().table();
      EXPECT_FALSE(table.rows.empty()) << view->picture().name;
      for (const auto& row : table.rows)
        ASSERT_EQ(row.size(), table.head.size()) << view->picture().name;
    }
  }
}

}  // namespace
}  // namespace cleave::gui
