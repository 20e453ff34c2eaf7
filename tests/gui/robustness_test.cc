// Whatever a person does, in whatever order, and whatever file is opened: the window goes on.
#include "sim/base/random.h"
#include "sim/explore/branch.h"
#include "tests/gui/story.h"

#include <QTemporaryDir>
#include <array>
#include <fstream>
#include <set>

namespace cleave::gui {
namespace {

constexpr int kActions = 2'000;
constexpr std::size_t kMostFutures = 6;  // each is a run of its own

class Hands {
 public:
  Hands(Story& story, std::uint64_t seed) : story_(story), random_{seed} {}

  void act() {
    const std::uint64_t action = random_.below(12);
    if (action < 4) return press_a_key();
    if (action < 6) return press_a_spot();
    if (action < 8) return drag();
    if (action == 8) return turn_the_wheel();
    if (action == 9) return stage().set_playing(!stage().playing());
    if (action == 10) return story_.window.resize(int_below(900) + 1000, int_below(600) + 640);
    go_somewhere();
  }

 private:
  Stage& stage() { return story_.stage(); }
  int int_below(std::uint64_t n) { return static_cast<int>(random_.below(n)); }
  PictureView& a_picture() {
    const auto& all = story_.window.pictures();
    return *all[random_.below(all.size())];
  }
  QPoint somewhere(const QWidget& widget) {
    const int x = int_below(static_cast<std::uint64_t>(std::max(1, widget.width())));
    const int y = int_below(static_cast<std::uint64_t>(std::max(1, widget.height())));
    return {x, y};
  }
  Time a_moment() {
    return Time{static_cast<std::int64_t>(
        random_.below(static_cast<std::uint64_t>(stage().state().end().ns) + 1))};
  }

  void press_a_key() {
    static constexpr std::array kKeys{Qt::Key_Space,       Qt::Key_Left,      Qt::Key_Right,
                                      Qt::Key_BracketLeft, Qt::Key_Home,      Qt::Key_BracketRight,
                                      Qt::Key_End,         Qt::Key_BraceLeft, Qt::Key_BraceRight,
                                      Qt::Key_Comma,       Qt::Key_Period,    Qt::Key_W,
                                      Qt::Key_S,           Qt::Key_A,         Qt::Key_D,
                                      Qt::Key_T,           Qt::Key_Escape,    Qt::Key_Up,
                                      Qt::Key_Down,        Qt::Key_Return};
    const Qt::KeyboardModifiers modifiers[] = {Qt::NoModifier, Qt::NoModifier, Qt::ShiftModifier,
                                               Qt::AltModifier, Qt::ControlModifier};
    PictureView& view = a_picture();
    const Qt::Key key = kKeys[random_.below(kKeys.size())];
    QTest::keyClick(&view, key, modifiers[random_.below(std::size(modifiers))]);
  }
  void press_a_spot() {
    PictureView& view = a_picture();
    if (!view.isVisible()) return;
    QTest::mouseClick(&view, Qt::LeftButton, {}, somewhere(view));
  }
  // Of a link: a cut. Of a fault's edge: another end of it.
  void drag() {
    PictureView& view = a_picture();
    if (!view.isVisible() || stage().futures().size() >= kMostFutures) return;
    QTest::mousePress(&view, Qt::LeftButton, {}, somewhere(view));
    QTest::mouseMove(&view, somewhere(view));
    QTest::mouseRelease(&view, Qt::LeftButton, {}, somewhere(view));
  }
  void turn_the_wheel() {
    stage().state().zoom(random_.below(2) == 0 ? 0.5 : 2, a_moment());
    stage().state().pan(0.3 - 0.1 * int_below(6));
  }
  void go_somewhere() {
    const std::uint64_t where = random_.below(6);
    if (where == 0) return stage().to_next_drop();
    if (where == 1) return stage().undo();
    if (where == 2) return stage().set_comparing(!stage().state().look().beside);
    if (where == 3) return stage().pin(stage().recording().cast.replicas.front().front());
    if (where == 4) {
      const std::vector<Choice> all = stage().choices();
      return stage().choose(all[random_.below(all.size())]);
    }
    stage().state().set_time(a_moment());
  }

  Story& story_;
  Random random_;
};

TEST(Robustness, two_thousand_deeds_in_any_order_leave_the_first_future_as_it_was) {
  constexpr std::uint64_t kSeed = 12;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  Story story;
  const Hash128 digest = story.stage().recording().result.digest;
  Hands hands(story, kSeed);
  for (int i = 0; i < kActions; ++i) {
    hands.act();
    QApplication::processEvents();
  }
  story.stage().set_playing(false);
  story.stage().show_future(0, std::nullopt);
  story.settle();
  EXPECT_EQ(story.stage().recording().result.digest, digest);
  story.go_to(story.state().end());
  EXPECT_EQ(story.stage().frame().world->digest(), digest);
  EXPECT_GT(story.stage().futures().size(), 1u) << "nothing was done to the run";
}

// Two of them have two replicas, and the others three: whatever is selected, hidden or compared
// when one is turned to may not be there.
TEST(Robustness, a_thousand_deeds_among_configurations_with_other_nodes) {
  constexpr std::uint64_t kSeed = 8;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  Story story("tests/gui/replicas.yaml");
  Hands hands(story, kSeed);
  for (int i = 0; i < kActions / 2; ++i) {
    hands.act();
    QApplication::processEvents();
  }
  story.stage().set_playing(false);
  story.settle();
  std::set<std::size_t> sizes;
  for (const Future& future : story.stage().futures())
    sizes.insert(future.recording->cast.replicas.front().size());
  EXPECT_EQ(sizes, (std::set<std::size_t>{2, 3, 4})) << "some configuration was not turned to";
}

std::string saved_run() {
  Story story;
  return saved_run_text(story.stage().recording());
}

// What the window says of a file; empty: it shows it.
std::string said_of(const std::string& text) {
  QTemporaryDir folder;
  const std::string file = folder.filePath("run.yaml").toStdString();
  std::ofstream(file) << text;
  MainWindow window(draw::Theme::light);
  QSignalSpy failed(&window.stage().session(), &Session::failed);
  QSignalSpy ready(&window, &MainWindow::ready);
  window.open({file, std::nullopt, std::nullopt, {}, std::nullopt});
  window.show();
  EXPECT_TRUE(QTest::qWaitFor([&] { return failed.count() + ready.count() > 0; }, kPatienceMs));
  return failed.count() > 0 ? failed.front().front().toString().toStdString() : "";
}

TEST(Robustness, a_saved_run_that_is_cut_short_or_spoiled_is_shown_or_refused_in_words) {
  const std::string whole = saved_run();
  EXPECT_EQ(said_of(whole), "");
  Random random{5};
  int refused = 0;
  for (int i = 0; i < 20; ++i) {
    std::string text = whole;
    if (i % 2 == 0)
      text.resize(random.below(text.size()));
    else
      text[random.below(text.size())] = static_cast<char>(random.below(256));
    if (!said_of(text).empty()) ++refused;
  }
  EXPECT_GT(refused, 10);
  EXPECT_NE(said_of(""), "");
  EXPECT_NE(said_of(std::string(4096, '\0')), "");
}

}  // namespace
}  // namespace cleave::gui
