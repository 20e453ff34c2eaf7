// The CAP ledger in the window: bars over the whole run, figures at the cursor; and the levels of
// consistency beside it.
#include "sim/draw/ledger.h"

#include "gui/ledger_page.h"
#include "gui/tables.h"
#include "gui/text.h"
#include "sim/explore/distance.h"
#include "sim/report/consistency_text.h"
#include "tests/gui/story.h"

#include <vector>

namespace cleave::gui {
namespace {

using Kind = draw::Target::Kind;

struct LedgerStory : Story {
  LedgerStory() : Story(kStaleRead) { open_panels(); }
  const draw::Table& figures() {
    for (TablePanel* table : window.findChildren<TablePanel*>())
      if (table->accessibleName() == "What each side got at the cursor")
        return table->model_of_rows().table();
    static const draw::Table kNone;
    ADD_FAILURE() << "there are no figures";
    return kNone;
  }
  const RunResult& run() { return stage().recording().result; }
  Span split() { return run().faults.front().active.front(); }
};

TEST(Ledger, has_the_figures_of_the_time_at_the_cursor) {
  LedgerStory story;
  for (const Time at : {Time{1'000'000'000}, story.split().from, story.split().to}) {
    story.go_to(at);
    const auto window = draw::ledger_window(story.run(), at);
    std::size_t expected = 0;
    for (const CapRow& row : story.run().cap)
      if (window && row.window == *window && row.outcomes.all() > 0) ++expected;
    EXPECT_EQ(story.figures().rows.size(), expected) << at.ns;
  }
}

TEST(Ledger, shows_what_the_split_cost_whom) {
  LedgerStory story;
  story.go_to(story.split().from);
  ASSERT_EQ(story.figures().rows.size(), 4u) << "reads and updates of two sides";
  for (const auto& row : story.figures().rows) {
    EXPECT_EQ(row.back().find("stale") != std::string::npos, row[0] == "readers, writer: reads")
        << row[0] << ": " << row.back();
    EXPECT_EQ(row[1].starts_with("100 % of"), row[0] != "readers, writer: updates") << row[1];
  }
}

TEST(Ledger, has_bars_that_go_to_where_they_begin) {
  LedgerStory story;
  story.go_to(Time{});
  std::uint32_t wanted = 0;
  while (story.run().cap[wanted].window != story.split())
    ++wanted;
  story.and_wait([&] { story.stage().go_to({Kind::side, wanted, 0}); });
  EXPECT_EQ(story.stage().view().at, story.split().from);
  EXPECT_NE(story_of_selection(story.stage()).find("during split"), std::string::npos);
}

TEST(Ledger, is_opened_by_what_is_selected) {
  Story story(kStaleRead);
  EXPECT_FALSE(story.window.findChild<LedgerPage*>()->isVisible());
  story.stage().go_to({Kind::side, 0, 0});
  EXPECT_TRUE(story.window.findChild<LedgerPage*>()->isVisible());
}

// The slope takes several runs: they are made when somebody looks.
TEST(Levels, have_the_slope_of_runs_without_faults) {
  Story story(kStaleRead);
  const Recording& recording = story.stage().recording();
  const QLabel* slope = nullptr;
  for (const QLabel* label : story.window.findChildren<QLabel*>())
    if (label->accessibleName() == "Delay slope") slope = label;
  ASSERT_NE(slope, nullptr);
  EXPECT_EQ(slope->text(), QString());
  story.open_panels(Story::kLevels);
  RunOptions options;
  options.seed = recording.result.seed;
  const QString expected = q(sentence(cost_of_distance(recording.scenario, options)));
  EXPECT_TRUE(QTest::qWaitFor([&] { return slope->text() == expected; }, kPatienceMs))
      << slope->text().toStdString();
  EXPECT_NE(expected.indexOf("read status takes"), -1) << expected.toStdString();
}

TEST(Levels, are_those_that_the_report_has) {
  LedgerStory story;
  std::vector<ConsistencyRow> kept = story.run().consistency;
  std::erase_if(kept, [](const ConsistencyRow& row) { return !was_tested(row); });
  ASSERT_FALSE(kept.empty());
  const draw::Table table = levels_table(story.run());
  ASSERT_EQ(table.rows.size(), kept.size());
  EXPECT_NE(table.rows[0][0].find("linearizable broken (stale-read)"), std::string::npos)
      << table.rows[0][0];
  EXPECT_EQ(table.rows[0][1], kept[0].why);
  for (TablePanel* panel : story.window.findChildren<TablePanel*>())
    if (panel->accessibleName() == "Levels of consistency") {
      EXPECT_EQ(panel->model()->rowCount(), static_cast<int>(kept.size()));
    }
}

}  // namespace
}  // namespace cleave::gui
