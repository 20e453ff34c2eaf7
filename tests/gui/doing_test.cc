// What a person does: each deed makes another future, and the first stays as it was.
#include "gui/tables.h"
#include "sim/explore/components.h"
#include "sim/scenario/run.h"
#include "tests/gui/story.h"

#include <QAccessible>
#include <QTemporaryDir>
#include <cmath>

namespace cleave::gui {
namespace {

using namespace literals;
using Kind = draw::Target::Kind;

constexpr std::size_t kMostRows = 200;  // of the state diff

const draw::Spot* first_spot(PictureView& view, Kind kind) {
  for (const draw::Spot& spot : view.shown().drawing.spots)
    if (spot.target.kind == kind) return &spot;
  return nullptr;
}

QPoint middle(const draw::Spot& spot) {
  return {static_cast<int>(spot.rect.x + spot.rect.width / 2),
          static_cast<int>(spot.rect.y + spot.rect.height / 2)};
}

void drag(QWidget& widget, QPoint from, QPoint to) {
  QTest::mousePress(&widget, Qt::LeftButton, {}, from);
  QTest::mouseMove(&widget, (from + to) / 2);
  QTest::mouseMove(&widget, to);
  QTest::mouseRelease(&widget, Qt::LeftButton, {}, to);
}

TEST(Doing, a_drag_across_a_link_cuts_it_in_a_future_of_its_own) {
  Story story;
  story.go_to(Time{} + 5_s);
  PictureView& map = story.picture("Network");
  EXPECT_EQ(components(story.stage().now()).count, 1u);
  ASSERT_TRUE(first_spot(map, Kind::link) != nullptr);
  const draw::Spot link = *first_spot(map, Kind::link);
  const Hash128 before = story.stage().recording().result.digest;
  const QPoint at = middle(link);
  const bool flat = std::abs(link.from.y - link.to.y) < std::abs(link.from.x - link.to.x);
  const QPoint across = flat ? QPoint(0, 25) : QPoint(25, 0);
  drag(map, at - across, at + across);
  ASSERT_TRUE(QTest::qWaitFor([&] { return story.stage().futures().size() == 2; }, kPatienceMs));
  story.settle();
  story.go_to(Time{} + 6_s);
  EXPECT_EQ(components(story.stage().now()).count, 2u);
  EXPECT_EQ(story.stage().futures()[0].recording->result.digest, before);
  EXPECT_NE(story.stage().recording().result.digest, before);
  EXPECT_EQ(story.stage().beside(), story.stage().futures()[0].recording.get());
}

TEST(Doing, a_branch_has_its_parents_past_and_parts_from_it_with_the_deed) {
  Story story;
  const Time at = Time{} + 12345_ms;
  story.go_to(at);
  story.branch({"crash", "crash: notes/us-east/0"});
  const Recording& parent = *story.stage().futures()[0].recording;
  const Recording& branch = *story.stage().futures()[1].recording;
  const auto parting = first_differing_event(parent, branch);
  ASSERT_TRUE(parting);
  EXPECT_EQ(parting->at, story.stage().futures()[1].from);
  EXPECT_GE(parting->at, at);
  EXPECT_LE(parting->at, at + Duration{1});
}

TEST(Doing, a_saved_branch_is_run_to_the_same_digest) {
  for (const char* file : {kFirstCut, kGithub}) {
    SCOPED_TRACE(file);
    Story story(file);
    story.go_to(Time{} + 21_s);
    story.branch({"pause", "pause: east/0, for: 5s"});
    const Recording& branch = story.stage().recording();
    const auto text = scenario_text(branch);
    ASSERT_TRUE(text);
    const Loaded loaded = load_text("branch.yaml", *text);
    EXPECT_EQ(run(loaded.configurations.front().scenario).digest, branch.result.digest);
    const Loaded saved = load_text("run.yaml", saved_run_text(branch));
    ASSERT_TRUE(saved.saved);
    EXPECT_EQ(saved.saved->digest, branch.result.digest);
    EXPECT_EQ(run(saved.configurations.front().scenario).digest, branch.result.digest);
  }
}

TEST(Doing, undo_goes_back_to_the_parent_and_keeps_the_branch) {
  Story story;
  story.go_to(Time{} + 5_s);
  EXPECT_FALSE(story.stage().can_undo());
  story.branch({"cut", "cut: [us-east, us-west]"});
  EXPECT_TRUE(story.stage().can_undo());
  story.and_wait([&] { QTest::keyClick(&story.window, Qt::Key_Z, Qt::ControlModifier); });
  EXPECT_EQ(story.state().run(), 0u);
  EXPECT_EQ(story.stage().futures().size(), 2u);
  EXPECT_EQ(story.stage().beside(), nullptr);
}

bool says(Story& story, const char* words) {
  for (const QLabel* label : story.window.findChildren<QLabel*>())
    if (label->text().contains(words)) return true;
  return false;
}

TEST(Doing, compare_says_at_once_where_two_futures_part) {
  Story story;
  story.go_to(Time{} + 5_s);
  story.branch({"cut", "cut: [us-east, us-west]"});
  EXPECT_TRUE(says(story, "the two futures part in event "));
  story.stage().set_comparing(false);
  EXPECT_FALSE(says(story, "the two futures part in event "));
  story.stage().set_comparing(true);
  EXPECT_TRUE(says(story, "the two futures part in event "));
}

TEST(Doing, what_is_chosen_in_the_other_future_turns_to_it) {
  Story story;
  story.go_to(Time{} + 12_s);
  story.branch({"crash", "crash: notes/us-west/0, for: 2s"});
  story.and_wait([&] { story.stage().undo(); });
  story.stage().set_comparing(true);
  QApplication::processEvents();
  PictureView* beside = nullptr;
  for (PictureView* view : story.window.pictures())
    if (view->picture().name.starts_with("Divergence of the other")) beside = view;
  ASSERT_TRUE(beside != nullptr);
  const draw::Target second_fault{Kind::fault, 1, 0};
  Q_EMIT beside->picked(second_fault);
  story.settle();
  EXPECT_EQ(story.state().run(), 1u);
  EXPECT_EQ(story.state().look().beside, 0u);
  EXPECT_EQ(story.state().view().selected, second_fault);
}

TEST(Doing, what_cannot_be_done_is_said_and_changes_nothing) {
  Story story;
  QSignalSpy failed(&story.stage().session(), &Session::failed);
  story.stage().perform({"crash", "crash: nobody"});
  ASSERT_TRUE(failed.wait(kPatienceMs));
  EXPECT_TRUE(failed.front().front().toString().contains("nobody"));
  EXPECT_EQ(story.stage().futures().size(), 1u);
  story.go_to(Time{} + 1_s);  // and goes on
}

const draw::Spot& fault_bar(Story& story) {
  return *first_spot(story.picture("Timeline"), Kind::fault);
}

TEST(Doing, a_drag_of_a_faults_edge_moves_it_in_the_text_of_a_future_of_its_own) {
  struct {
    const char* edge;
    Time to;
    const char* before;
    const char* after;
  } const cases[] = {{"end", Time{} + 15_s, "at: 10s", "for: 5s"},
                     {"beginning", Time{} + 12_s, "at: 12s", "for: 8s"}};
  for (const auto& c : cases) {
    SCOPED_TRACE(c.edge);
    Story story;
    PictureView& timeline = story.picture("Timeline");
    const draw::Rect bar = fault_bar(story).rect;
    const double edge = c.edge == std::string("end") ? bar.right() - 1 : bar.x + 1;
    const int y = static_cast<int>(bar.y + bar.height / 2);
    const double there = timeline.shown().axis->x(c.to);
    drag(timeline, {static_cast<int>(edge), y}, {static_cast<int>(there), y});
    ASSERT_TRUE(QTest::qWaitFor([&] { return story.stage().futures().size() == 2; }, kPatienceMs));
    story.settle();
    const Future& moved = story.stage().futures()[1];
    const Fault& fault = moved.recording->scenario.faults.front();
    const Time found = c.edge == std::string("end") ? fault.at + *fault.lasts : fault.at;
    const Duration pixel =
        timeline.shown().axis->time(there) - timeline.shown().axis->time(there - 1);
    EXPECT_LE(std::abs((found - c.to).ns), 2 * pixel.ns);
    const auto parting =
        first_differing_event(*story.stage().futures()[0].recording, *moved.recording);
    ASSERT_TRUE(parting);
    EXPECT_GE(parting->at, moved.from);
    EXPECT_EQ(scenario_text(*moved.recording), moved.recording->loaded.text);
    EXPECT_NE(moved.recording->loaded.text, story.stage().futures()[0].recording->loaded.text);
  }
}

TEST(Doing, an_edge_is_moved_to_the_cursor_without_a_drag) {
  Story story;
  story.go_to(Time{} + 13_s);
  const draw::Target fault = fault_bar(story).target;
  story.and_wait([&] { story.stage().stretch(fault, Time{} + 20_s, story.stage().view().at); });
  const Fault& moved = story.stage().recording().scenario.faults.front();
  EXPECT_EQ(moved.at, Time{} + 10_s);
  EXPECT_EQ(moved.lasts, 3_s);
}

TEST(Doing, a_replica_is_compared_with_itself_at_another_time) {
  Story story;
  story.go_to(Time{} + 9_s);
  const NodeId replica = story.stage().recording().cast.replicas.front().front();
  story.stage().pin(replica);
  EXPECT_TRUE(says(story, "nothing differs"));
  story.go_to(Time{} + 10_s);
  const Diff diff = story.stage().pinned()->then->world->compare_nodes(replica, story.stage().now(),
                                                                       replica, kMostRows);
  ASSERT_FALSE(diff.empty());
  TablePanel* table = story.window.findChild<TablePanel*>("rows");
  const draw::Table& rows = table->model_of_rows().table();
  EXPECT_EQ(rows.head[1], "at 9.000 s");
  EXPECT_EQ(rows.rows.size(), diff.shown.size());
  QSignalSpy explained(&story.stage().session(), &Session::explained);
  story.stage().explain(rows.rows.front()[0]);
  ASSERT_TRUE(explained.wait(kPatienceMs));
  const Time changed = Time{} + Duration{std::llround(explained.front()[2].toDouble() * 1e9)};
  EXPECT_GE(changed, Time{} + 9_s);
  EXPECT_LE(changed, Time{} + 10_s);
  QTest::keyClick(&story.window, Qt::Key_Escape);
  EXPECT_FALSE(story.stage().pinned());
  EXPECT_NE(table->model_of_rows().table().head[1], "at 9.000 s");
}

TEST(Doing, control_and_an_arrow_go_along_the_lane_that_is_selected) {
  Story story;
  story.go_to(Time{} + 5_s);
  const NodeId node = story.stage().recording().cast.replicas.front().front();
  story.stage().state().select({Kind::lane, node.value, 0});
  const EventId before = story.stage().frame().event;
  story.and_wait([&] { QTest::keyClick(&story.window, Qt::Key_Right, Qt::ControlModifier); });
  const EventId next = story.stage().frame().event;
  EXPECT_GT(next, before);
  EXPECT_EQ(story.stage().recording().trace.events()[next.value - 1].node, node);
  story.and_wait([&] { QTest::keyClick(&story.window, Qt::Key_Left, Qt::ControlModifier); });
  EXPECT_LE(story.stage().frame().event, before);
}

TEST(Doing, a_click_in_the_matrix_chooses_the_pair) {
  Story story;
  PictureView& matrix = story.picture("Distances of all pairs");
  ASSERT_TRUE(first_spot(matrix, Kind::pair) != nullptr);
  const draw::Spot cell = *first_spot(matrix, Kind::pair);
  story.state().set_pair(NodeId{cell.target.b}, NodeId{cell.target.a});
  QTest::mouseClick(&matrix, Qt::LeftButton, {}, middle(cell));
  ASSERT_TRUE(story.stage().view().pair);
  EXPECT_EQ(story.stage().view().pair->first.value, cell.target.a);
  EXPECT_EQ(story.stage().view().pair->second.value, cell.target.b);
}

TEST(Doing, a_violated_verdict_is_gone_to_when_it_is_chosen) {
  Story story(kGithub);
  const auto& all = story.stage().recording().result.expectations;
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    if (all[i].verdict.word != Word::violated) continue;
    story.and_wait([&] { story.stage().go_to({Kind::verdict, i, 0}); });
    EXPECT_EQ(story.stage().view().at, *all[i].verdict.at);
    return;
  }
  FAIL() << "nothing was violated";
}

TEST(Doing, what_was_violated_is_the_first_row_of_the_verdicts) {
  Story story;
  const Rows rows = verdict_rows(story.stage().recording());
  const auto& all = story.stage().recording().result.expectations;
  ASSERT_EQ(rows.targets.size(), all.size());
  ASSERT_EQ(all.front().verdict.word, Word::holds) << "the scenario has it elsewhere";
  EXPECT_EQ(all[rows.targets.front().a].verdict.word, Word::violated);
  EXPECT_EQ(rows.table.rows.front()[0], "◆");
  EXPECT_EQ(rows.table.rows.back()[0], "✓");
  EXPECT_LT(rows.targets[1].a, rows.targets[2].a) << "the rest as in the scenario";
}

TEST(Doing, the_row_of_the_selected_verdict_is_marked) {
  Story story(kGithub);
  const TablePanel* verdicts = nullptr;
  for (const TablePanel* table : story.window.findChildren<TablePanel*>())
    if (table->accessibleName() == "Verdicts") verdicts = table;
  ASSERT_NE(verdicts, nullptr);
  story.stage().go_to({Kind::verdict, 2, 0});
  EXPECT_EQ(verdicts->model_of_rows().target(verdicts->currentIndex().row()),
            (draw::Target{Kind::verdict, 2, 0}));
  story.stage().go_to({Kind::fault, 0, 0});
  EXPECT_FALSE(verdicts->currentIndex().isValid());
}

TEST(Doing, everything_can_be_done_by_keyboard) {
  Story story;
  story.go_to(Time{} + 5_s);
  const EventId before = story.stage().frame().event;
  story.and_wait([&] { QTest::keyClick(&story.window, Qt::Key_Right); });
  EXPECT_EQ(story.stage().frame().event.value, before.value + 1);
  story.and_wait([&] { QTest::keyClick(&story.window, Qt::Key_Left); });
  EXPECT_EQ(story.stage().frame().event, before);
  story.and_wait([&] { QTest::keyClick(&story.window, Qt::Key_BracketRight); });
  EXPECT_EQ(story.stage().view().at, Time{} + 10_s);
  PictureView& map = story.picture("Network");
  map.setFocus();
  QTest::keyClick(&map, Qt::Key_Down);
  ASSERT_TRUE(map.focused_spot());
  QTest::keyClick(&map, Qt::Key_Return);
  EXPECT_EQ(story.stage().view().selected, map.shown().drawing.spots.front().target);
  QTest::keyClick(&story.window, Qt::Key_Escape);
  EXPECT_EQ(story.stage().view().selected, draw::Target{});
}

}  // namespace
}  // namespace cleave::gui
