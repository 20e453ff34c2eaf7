// The window against the headless run: the same bits wherever the cursor stands, whatever was done
// on the way.
#include "gui/tables.h"
#include "sim/base/random.h"
#include "sim/scenario/run.h"
#include "tests/gui/story.h"

namespace cleave::gui {
namespace {

World headless(const std::string& file, Time at) {
  const Loaded loaded = load_file(file);
  Built built =
      build(loaded.configurations.front().scenario, loaded.configurations.front().scenario.seed);
  built.world.run_until(at);
  return std::move(built.world);
}

Time random_moment(Random& random, Time end) {
  return Time{static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(end.ns)))};
}

// A panel's picture shows the moment of the view: its cursor is drawn where the axis has it.
TEST(Window, shows_the_same_moment_everywhere_and_it_is_that_of_the_headless_run) {
  Story story;
  Random random{1};
  for (int i = 0; i < 200; ++i) {
    const Time at = random_moment(random, story.state().end());
    story.go_to(at);
    ASSERT_EQ(story.stage().frame().at, at);
    for (const char* name : {"Space-time diagram", "Replica divergence", "Timeline"}) {
      PictureView& view = story.picture(name);
      const double x = view.shown().axis->x(at);
      EXPECT_LT((view.shown().axis->time(x) - at).ns, 1'000'000) << name;
      EXPECT_GT((view.shown().axis->time(x) - at).ns, -1'000'000) << name;
      EXPECT_FALSE(view.moving().shapes.empty()) << name;
    }
    if (i % 20 != 0) continue;  // a fresh run to each moment takes long
    EXPECT_EQ(story.stage().frame().state_digest, headless(kFirstCut, at).state_digest()) << at.ns;
  }
}

TEST(Window, comes_to_the_same_state_and_picture_after_any_walk) {
  Story story;
  Random random{2};
  const Time at = Time{12'345'678'901};
  story.go_to(at);
  const std::uint64_t digest = story.stage().frame().state_digest;
  const draw::View view = story.state().view();
  const QImage picture = story.window.grab().toImage();
  for (int i = 0; i < 20; ++i)
    story.go_to(random_moment(random, story.state().end()));
  story.state().set_window(view.from, view.to);
  story.go_to(at);
  EXPECT_EQ(story.stage().frame().state_digest, digest);
  EXPECT_EQ(story.window.grab().toImage(), picture);
}

// What the command line chooses: the window begins where that happened, unless --at says where.
TEST(Window, begins_at_what_is_selected) {
  Story story(kGithub);
  const RunResult& run = story.stage().recording().result;
  struct Row {
    const char* selected;
    std::optional<Time> at;
    Time expected;
    std::optional<EventId> event;
  };
  const Time violated = *run.expectations[0].verdict.at;
  const Time promoted = run.stores[0].tenures[1].span.from;
  const EventId event = run.stores[0].tenures[1].began;
  const std::string promotion = "event " + std::to_string(event.value);
  for (const Row& row :
       {Row{"verdict 0", {}, violated, run.expectations[0].verdict.event},
        Row{"fault 0", {}, Time{20'000'000'000}, {}}, Row{promotion.c_str(), {}, promoted, event},
        Row{"verdict 0", Time{5}, Time{5}, {}},
        Row{"verdict 0", run.simulated + Duration{1}, run.simulated, {}}}) {
    QSignalSpy opened(&story.stage(), &Stage::opened);
    story.window.open(
        {kGithub, std::nullopt, row.at, *draw::target_of(row.selected), std::nullopt});
    ASSERT_TRUE(opened.count() > 0 || opened.wait(kPatienceMs)) << row.selected;
    EXPECT_EQ(story.state().view().at, row.expected) << row.selected;
    EXPECT_EQ(story.state().look().event, row.event) << row.selected;
    EXPECT_LE(story.state().view().from, row.expected) << row.selected;
    EXPECT_GE(story.state().view().to, row.expected) << row.selected;
  }
}

// Raft's own invariants are judged unasked; a planted bug breaks one, and the window goes to the
// event that broke it.
TEST(Window, goes_to_the_event_in_which_an_invariant_broke) {
  Story story("tests/gui/one-vote.yaml");
  const RunResult& run = story.stage().recording().result;
  const auto broken = std::find_if(run.expectations.begin(), run.expectations.end(),
                                   [](const ExpectationResult& e) {
                                     return e.stated_by == ExpectationResult::StatedBy::engine;
                                   });
  ASSERT_NE(broken, run.expectations.end());
  ASSERT_EQ(broken->verdict.word, Word::violated);
  const auto index = static_cast<std::uint32_t>(broken - run.expectations.begin());
  story.and_wait([&] { story.stage().go_to({draw::Target::Kind::verdict, index, 0}); });
  EXPECT_EQ(story.stage().frame().event, *broken->verdict.event);
  const std::string told = story_of_selection(story.stage());
  EXPECT_NE(told.find("one vote"), std::string::npos) << told;
}

TEST(Window, says_that_there_is_no_such_thing_to_select) {
  Story story;
  for (const char* missing : {"verdict 99", "node 99", "fault 7", "event 99999999", "pair 0 99",
                              "pair 0 0", "operation 0 9999", "message 99999999"}) {
    QSignalSpy said(&story.stage(), &Stage::said);
    QSignalSpy opened(&story.stage(), &Stage::opened);  // a frame may be of the run before
    story.window.open({kFirstCut, std::nullopt, std::nullopt, *draw::target_of(missing), {}});
    ASSERT_TRUE(opened.count() > 0 || opened.wait(kPatienceMs)) << missing;
    ASSERT_EQ(said.count(), 1) << missing;
    EXPECT_EQ(said.front().front().toString().toStdString(),
              std::string("--select: this run has no ") + missing);
    EXPECT_EQ(story.stage().view().selected, draw::Target{}) << missing;
  }
}

// A frame of the run before may come while another is opened: until the first frame of that one
// there is nothing to draw.
TEST(Window, draws_nothing_of_a_run_before_its_first_frame) {
  Story story;
  const auto before = std::make_shared<const Frame>(story.stage().frame());
  QObject::connect(&story.stage(), &Stage::opened, &story.window, [&] {
    EXPECT_FALSE(story.stage().ready());
    for (PictureView* view : story.window.pictures())
      view->refresh();
    story.window.grab();
  });
  QSignalSpy opened(&story.stage(), &Stage::opened);
  story.window.open({kFirstCut, std::nullopt, std::nullopt, {}, std::nullopt});
  Q_EMIT story.stage().session().framed(before);
  ASSERT_TRUE(opened.count() > 0 || opened.wait(kPatienceMs));
  QSignalSpy framed(&story.stage(), &Stage::framed);
  EXPECT_TRUE(framed.wait(kPatienceMs)) << "and then it is drawn";
}

TEST(Window, says_that_the_cursor_cannot_stand_after_the_end) {
  Story story;
  QSignalSpy said(&story.stage(), &Stage::said);
  story.window.open({kFirstCut, std::nullopt, Time{99'000'000'000}, {}, std::nullopt});
  ASSERT_TRUE(said.count() > 0 || said.wait(kPatienceMs));
  EXPECT_EQ(said.front().front().toString(),
            "--at: found 99.000 s; the run ends at 40.000 s, and there the cursor stands");
}

TEST(Window, comes_back_after_as_many_events_on_as_back) {
  Story story;
  story.go_to(Time{12'345'678'901});
  story.and_wait([&] { story.stage().step(1); });
  const std::uint64_t digest = story.stage().frame().state_digest;
  const QImage picture = story.window.grab().toImage();
  story.and_wait([&] { story.stage().step(17); });
  EXPECT_NE(story.stage().frame().state_digest, digest);
  story.and_wait([&] { story.stage().step(-17); });
  EXPECT_EQ(story.stage().frame().state_digest, digest);
  EXPECT_EQ(story.window.grab().toImage(), picture);
}

TEST(Window, has_the_digest_of_the_headless_run_whatever_was_done_to_it) {
  const RunResult expected = run(load_file(kFirstCut).configurations.front().scenario);
  Story story;
  Random random{3};
  for (int i = 0; i < 20; ++i) {
    story.state().set_time(random_moment(random, story.state().end()));
    if (i % 5 == 0) story.window.resize(1280 + static_cast<int>(random.below(600)), 900);
    QApplication::processEvents();
  }
  story.settle();
  EXPECT_EQ(story.stage().recording().result.digest, expected.digest);
  story.go_to(expected.simulated);
  EXPECT_EQ(story.stage().frame().world->digest(), expected.digest);
}

}  // namespace
}  // namespace cleave::gui
