// Two configurations of a scenario side by side: other engines, other nodes, other claims, and one
// cursor over both.
#include "gui/tables.h"
#include "sim/explore/parting.h"
#include "sim/report/typography.h"
#include "sim/scenario/run.h"
#include "tests/gui/story.h"

#include <algorithm>

namespace cleave::gui {
namespace {

using namespace literals;
using Kind = draw::Target::Kind;

constexpr const char* kReplicas = "tests/gui/replicas.yaml";  // three; two, or four
constexpr const char* kReads = "scenarios/cap/raft-reads.yaml";

std::vector<std::string> labels(Story& story) {
  std::vector<std::string> all;
  for (const Choice& choice : story.stage().choices())
    all.push_back(choice.label);
  return all;
}

NodeId node_called(const Recording& run, std::string_view name) {
  for (std::uint32_t i = 0; i < run.start.node_count(); ++i)
    if (run.name(NodeId{i}) == name) return NodeId{i};
  ADD_FAILURE() << "no node is called " << name;
  return {};
}

void expect_all_is_drawn(Story& story) {
  for (PictureView* view : story.window.pictures()) {
    view->refresh();
    EXPECT_EQ(view->image(1).isNull(), view->size().isEmpty());
    (void)view->picture().table();
  }
  story.window.grab();
}

TEST(Compare, a_configuration_is_run_when_it_is_chosen_and_shown_beside) {
  Story story(kReads);
  EXPECT_EQ(labels(story), (std::vector<std::string>{"as it was", "log, not run yet",
                                                     "lease, not run yet", "local, not run yet"}));
  const Time at = story.stage().view().at;
  story.choose("local");
  EXPECT_EQ(story.stage().recording().result.configuration, "local");
  EXPECT_EQ(story.stage().recording().result.digest,
            run(load_file(kReads).find("local")->scenario).digest);
  EXPECT_EQ(story.stage().beside(), story.stage().futures()[0].recording.get());
  EXPECT_EQ(story.stage().view().at, at) << "one cursor";
  EXPECT_EQ(labels(story), (std::vector<std::string>{"as it was", "log, not run yet",
                                                     "lease, not run yet", "local"}));
  EXPECT_FALSE(story.stage().can_undo());
  story.choose("as it was");
  EXPECT_EQ(story.stage().futures().size(), 2u);
  EXPECT_EQ(story.state().look().beside, 1u) << "they change places";
  story.choose("local");
  EXPECT_EQ(story.stage().futures().size(), 2u) << "once";
}

TEST(Compare, a_configuration_that_is_being_run_is_not_run_again) {
  Story story(kReads);
  QSignalSpy opened(&story.stage(), &Stage::opened);
  const Choice local = story.choice("local");
  story.stage().choose(local);
  EXPECT_EQ(labels(story).back(), "local, being run");
  story.stage().choose(local);
  story.stage().choose(story.choice("lease"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return opened.count() >= 2; }, kPatienceMs));
  story.settle();
  EXPECT_EQ(story.stage().futures().size(), 3u);
}

TEST(Compare, what_only_one_of_the_configurations_has_is_let_go) {
  Story story(kReplicas);
  const NodeId third = node_called(story.stage().recording(), "notes/eu-west/0");
  const NodeId second = node_called(story.stage().recording(), "notes/us-west/0");
  story.state().set_reference(third);
  story.state().set_pair(second, third);
  story.state().set_hidden(third, true);
  story.state().set_hidden(second, true);
  story.stage().go_to({Kind::node, third.value, 0});
  story.stage().pin(third);
  story.and_wait([&] { story.stage().step(7); });
  story.settle();
  story.choose("two");
  const Recording& two = story.stage().recording();
  ASSERT_EQ(two.cast.replicas.front().size(), 2u);
  const draw::View& view = story.stage().view();
  EXPECT_EQ(view.selected, draw::Target{});
  EXPECT_EQ(view.reference, two.cast.replicas.front().front());
  EXPECT_EQ(view.pair,
            std::pair(two.cast.replicas.front().front(), two.cast.replicas.front().back()));
  EXPECT_EQ(view.hidden, std::set<NodeId>{node_called(two, "notes/us-west/0")});
  EXPECT_EQ(story.state().look().event, std::nullopt);
  EXPECT_FALSE(story.stage().pinned());
  expect_all_is_drawn(story);
}

TEST(Compare, what_both_have_is_kept_by_its_name) {
  Story story(kReplicas);
  const Recording& three = story.stage().recording();
  const NodeId client = three.cast.clients.back().back();
  const std::string name(three.name(client));
  story.stage().go_to({Kind::lane, client.value, 0});
  story.choose("two");
  const NodeId there = node_called(story.stage().recording(), name);
  EXPECT_NE(there, client) << "the scenario does not number them otherwise";
  EXPECT_EQ(story.stage().view().selected, (draw::Target{Kind::lane, there.value, 0}));
  const auto& claims = story.stage().recording().result.expectations;
  const std::string claim = claims.front().name;  // there the second one
  story.stage().go_to({Kind::verdict, 0, 0});
  story.choose("as it was");
  EXPECT_EQ(story.stage().view().selected, (draw::Target{Kind::verdict, 1, 0}));
  EXPECT_EQ(story.stage().recording().result.expectations[*story.stage().view().verdict].name,
            claim);
  expect_all_is_drawn(story);
}

// The trail has looks at both, each with the numbers of its own.
TEST(Compare, goes_back_to_a_look_at_the_other_configuration) {
  Story story(kReplicas);
  const NodeId third = node_called(story.stage().recording(), "notes/eu-west/0");
  story.stage().go_to({Kind::node, third.value, 0});
  story.choose("two");
  story.and_wait([&] { story.state().back(); });
  EXPECT_EQ(story.state().run(), 0u);
  EXPECT_EQ(story.stage().view().selected, (draw::Target{Kind::node, third.value, 0}));
  EXPECT_EQ(story.window.bar().futures->currentText(), "as it was");
  expect_all_is_drawn(story);
  story.and_wait([&] { story.state().forward(); });
  EXPECT_EQ(story.window.bar().futures->currentText(), "two");
  expect_all_is_drawn(story);
}

// A frame of one configuration is never drawn with the nodes of another.
TEST(Compare, draws_no_world_of_the_configuration_before) {
  Story story(kReplicas);
  story.choose("two");
  const auto before = std::make_shared<const Frame>(story.stage().frame());
  QObject::connect(&story.stage(), &Stage::looked, &story.window, [&] {
    EXPECT_EQ(story.stage().now().node_count(), story.stage().recording().start.node_count());
    expect_all_is_drawn(story);
  });
  story.and_wait([&] {
    story.stage().choose(story.choice("as it was"));
    Q_EMIT story.stage().session().framed(before);
    EXPECT_EQ(story.stage().now().node_count(), story.stage().recording().start.node_count());
  });
}

TEST(Compare, a_branch_of_a_configuration_is_one_of_that_configuration) {
  Story story(kReplicas);
  story.choose("two");
  story.go_to(Time{} + 12_s);
  story.branch({"crash", "crash: notes/us-west/0, for: 2s"});
  const Future& branch = story.stage().futures()[2];
  EXPECT_EQ(branch.parent, 1u);
  EXPECT_EQ(branch.label, "two, crash-1");
  EXPECT_EQ(branch.recording->cast.replicas.front().size(), 2u);
  EXPECT_EQ(story.stage().beside(), story.stage().futures()[1].recording.get());
  const auto text = scenario_text(*branch.recording);
  ASSERT_TRUE(text);
  EXPECT_EQ(run(load_text("branch.yaml", *text).configurations.front().scenario).digest,
            branch.recording->result.digest);
  story.and_wait([&] { story.stage().undo(); });
  EXPECT_EQ(story.state().run(), 1u);
  EXPECT_FALSE(story.stage().can_undo());
  story.stage().set_comparing(true);
  EXPECT_EQ(story.state().look().beside, 0u);
}

bool says(Story& story, const QString& words) {
  for (const QLabel* label : story.window.findChildren<QLabel*>())
    if (label->text().contains(words)) return true;
  return false;
}

// As `cleave compare` has it. The events of both are alike long after their content is not.
TEST(Compare, says_to_the_bit_where_two_configurations_part) {
  Story story("scenarios/raft/leases.yaml");
  story.choose("lease-too-long");
  const Recording& as_it_was = *story.stage().futures()[0].recording;
  const Recording& longer = *story.stage().futures()[1].recording;
  const Parting expected =
      parting(as_it_was.scenario, as_it_was.result, longer.scenario, longer.result);
  ASSERT_TRUE(expected.difference && expected.difference->second);
  EXPECT_TRUE(
      says(story, "the two futures part in event " +
                      QString::fromStdString(grouped(expected.difference->second->event.value))));
}

std::vector<std::string> row_called(const draw::Table& table, const std::string& claim) {
  for (const auto& row : table.rows)
    if (row[1].starts_with(claim)) return row;
  return {"", claim + " is not there", "", ""};
}

TEST(Compare, verdicts_of_both_stand_side_by_side) {
  Story story(kReads);
  story.choose("local");
  const TablePanel* verdicts = nullptr;
  for (const TablePanel* table : story.window.findChildren<TablePanel*>())
    if (table->accessibleName() == "Verdicts") verdicts = table;
  ASSERT_NE(verdicts, nullptr);
  const draw::Table& table = verdicts->model_of_rows().table();
  EXPECT_EQ(table.head, (std::vector<std::string>{"", "Claim", "local", "as it was"}));
  const auto fresh = row_called(table, "fresh-reads status");
  EXPECT_EQ(fresh[2], "violated");
  EXPECT_EQ(fresh[3], "holds");
  const auto readers = row_called(table, "available status to readers during split, at least 1%");
  EXPECT_EQ(readers[2], "not claimed");
  EXPECT_EQ(readers[3], "violated");
  const auto lost = row_called(table, "writes lost");
  EXPECT_TRUE(lost[2].starts_with("0 of ")) << lost[2];
  const auto least = row_called(table, "least served");
  EXPECT_EQ(least[2], "100 %");
  EXPECT_EQ(least[3], "0 % of readers");
  story.stage().set_comparing(false);
  EXPECT_EQ(verdicts->model_of_rows().table().head[3], "At");
}

TEST(Compare, opens_with_both_when_it_is_told_to) {
  MainWindow window(draw::Theme::light);
  QSignalSpy ready(&window, &MainWindow::ready);
  window.open({kReads, std::nullopt, std::nullopt, {}, std::nullopt, "local"});
  window.show();
  ASSERT_TRUE(ready.count() > 0 || ready.wait(kPatienceMs));
  EXPECT_EQ(ready.count(), 1);
  EXPECT_EQ(window.stage().recording().result.configuration, "local");
  EXPECT_EQ(window.bar().futures->currentText(), "local");
  ASSERT_NE(window.stage().beside(), nullptr);
  EXPECT_EQ(window.stage().beside()->result.configuration, "");
}

TEST(Compare, names_the_configurations_that_there_are) {
  struct Row {
    const char* file;
    const char* says;
  };
  for (const Row& row :
       {Row{kReads,
            "there is no configuration 'locale'; expected one of its `compare:`: log, "
            "lease, local"},
        Row{kFirstCut,
            "there is no configuration 'locale'; expected a scenario with a part "
            "`compare:`"}}) {
    MainWindow window(draw::Theme::light);
    QSignalSpy failed(&window.stage().session(), &Session::failed);
    window.open({row.file, std::nullopt, std::nullopt, {}, std::nullopt, "locale"});
    ASSERT_TRUE(failed.count() > 0 || failed.wait(kPatienceMs));
    EXPECT_EQ(failed.front().front().toString().toStdString(),
              row.file + (": " + std::string(row.says)));
    EXPECT_TRUE(window.stage().futures().empty()) << "it was run all the same";
  }
}

}  // namespace
}  // namespace cleave::gui
