// The window against the headless run: the same bits wherever the cursor stands, whatever was done
// on the way.
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
