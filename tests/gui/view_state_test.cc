// One cursor, one window, one selection, and the way back.
#include "gui/view_state.h"

#include <gtest/gtest.h>

namespace cleave::gui {
namespace {

using namespace literals;

Look at_the_start() {
  Look look;
  look.view.from = Time{};
  look.view.to = Time{} + 2_s;
  look.end = Time{} + 10_s;
  return look;
}

struct Looking {
  ViewState state;
  Looking() { state.begin(at_the_start()); }
};

TEST(ViewState, keeps_the_cursor_and_the_window_within_the_run) {
  Looking l;
  l.state.set_time(Time{} + 99_s);
  EXPECT_EQ(l.state.view().at, Time{} + 10_s);
  EXPECT_EQ(l.state.view().to, Time{} + 10_s);
  l.state.set_time(Time{} - 5_s);
  EXPECT_EQ(l.state.view().at, Time{});
  l.state.set_window(Time{} - 5_s, Time{} + 50_s);
  EXPECT_EQ(l.state.view().from, Time{});
  EXPECT_EQ(l.state.view().to, Time{} + 10_s);
  l.state.zoom(1e-12, Time{} + 3_s);
  EXPECT_GT(l.state.view().to, l.state.view().from);
}

TEST(ViewState, moves_the_window_along_only_if_the_cursor_leaves_it) {
  Looking l;
  l.state.set_time(Time{} + 1_s);
  EXPECT_EQ(l.state.view().from, Time{});
  l.state.set_time(Time{} + 7_s);
  EXPECT_EQ(l.state.view().from, Time{} + 6_s);
  EXPECT_EQ(l.state.view().to, Time{} + 8_s);
}

TEST(ViewState, zooms_around_a_moment_that_stays_where_it_is) {
  Looking l;
  l.state.set_window(Time{} + 2_s, Time{} + 6_s);
  l.state.zoom(0.5, Time{} + 3_s);
  EXPECT_EQ(l.state.view().from, Time{} + 2500_ms);
  EXPECT_EQ(l.state.view().to, Time{} + 4500_ms);
}

TEST(ViewState, goes_back_and_forward) {
  Looking l;
  EXPECT_FALSE(l.state.can_go_back());
  l.state.set_time(Time{} + 1_s);
  l.state.remember();
  l.state.select({draw::Target::Kind::node, 1, 0});
  l.state.remember();
  l.state.back();
  EXPECT_EQ(l.state.view().selected, draw::Target{});
  l.state.back();
  EXPECT_EQ(l.state.view().at, Time{});
  EXPECT_FALSE(l.state.can_go_back());
  l.state.forward();
  EXPECT_EQ(l.state.view().at, Time{} + 1_s);
  l.state.set_time(Time{} + 9_s);  // another way from here
  l.state.remember();
  EXPECT_FALSE(l.state.can_go_forward());
  l.state.back();
  EXPECT_EQ(l.state.view().at, Time{} + 1_s);
}

TEST(ViewState, tells_of_changes_and_only_of_changes) {
  Looking l;
  int changed = 0;
  int moved = 0;
  QObject::connect(&l.state, &ViewState::changed, [&] { ++changed; });
  QObject::connect(&l.state, &ViewState::time_changed, [&] { ++moved; });
  l.state.set_time(Time{} + 1_s);
  l.state.set_time(Time{} + 1_s);
  l.state.select({draw::Target::Kind::node, 1, 0});
  l.state.select({draw::Target::Kind::node, 1, 0});
  EXPECT_EQ(changed, 2);
  EXPECT_EQ(moved, 1);
  l.state.set_event(EventId{3}, Time{} + 1_s);
  EXPECT_EQ(moved, 2) << "an event is more exact than its time";
}

}  // namespace
}  // namespace cleave::gui
