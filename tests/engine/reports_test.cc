// What the World tells its observers about replicas and nodes: judges rely on all of it.
#include "sim/engine/world.h"
#include "tests/support/toy_nodes.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace cleave {
namespace {

using namespace literals;
using Kind = ReplicaUpdate::Kind;
using toys::Ask;

constexpr OperationId kFirst{{9}, 1};
constexpr OperationId kSecond{{9}, 2};

// Reports as it is asked to: a = 0 applied, 1 retracted, 2 installed the second update alone.
struct Reporter {
  static constexpr std::string_view kind = "reporter";
  using Receives = std::variant<Ask>;
  StoreId store;
  CLEAVE_DESCRIBE(store)
  void on(const Ask& m, NodeId, Context& ctx) {
    const OperationId update{{9}, static_cast<std::uint32_t>(m.b)};
    const std::vector<OperationId> second{kSecond};
    if (m.a == 0) ctx.applied(store, update);
    if (m.a == 1) ctx.retracted(store, update);
    if (m.a == 2) ctx.installed(store, second);
  }
};

struct Watcher : Observer {
  using Observer::on;
  void on(const ReplicaUpdate& update) override { updates.push_back(update); }
  void on(const NodeMark& mark) override { marks.push_back(mark); }
  std::vector<ReplicaUpdate> updates;
  std::vector<NodeMark> marks;
};

struct Lab {
  World world{1, toys::two_regions()};
  StoreId store = world.add_store("accounts");
  NodeId first = add("first");
  NodeId second = add("second");
  Watcher watcher;

  NodeId add(std::string_view name) {
    const NodeId id = world.add(name, world.add_host(name, PlaceId{0}), Reporter{store});
    world.declare_replica(store, id);
    return id;
  }
  void ask(NodeId id, std::uint64_t what, std::uint64_t update) {
    world.act(id, [&](Context& ctx) { ctx.start_timer(Duration{0}, Ask{what, update, 0}); });
    world.run_until(world.now() + 1_ms, &watcher);
  }
};

TEST(Reports, of_replicas_say_when_where_and_how_the_store_stands) {
  Lab lab;
  lab.ask(lab.first, 0, 1);
  lab.ask(lab.second, 0, 1);
  lab.ask(lab.second, 0, 1);  // again
  lab.ask(lab.first, 1, 1);
  ASSERT_EQ(lab.watcher.updates.size(), 4u);
  struct Expected {
    Kind kind;
    NodeId replica;
    bool changed;
    std::uint32_t holders;
    std::uint64_t distance;
  };
  const std::vector<Expected> expected{{Kind::applied, lab.first, true, 1, 1},
                                       {Kind::applied, lab.second, true, 2, 0},
                                       {Kind::applied, lab.second, false, 2, 0},
                                       {Kind::retracted, lab.first, true, 1, 1}};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    SCOPED_TRACE(i);
    const ReplicaUpdate& update = lab.watcher.updates[i];
    EXPECT_EQ(update.kind, expected[i].kind);
    EXPECT_EQ(update.replica, expected[i].replica);
    EXPECT_EQ(update.update, kFirst);
    EXPECT_EQ(update.changed, expected[i].changed);
    EXPECT_EQ(update.holders, expected[i].holders);
    EXPECT_EQ(update.distance, expected[i].distance);
    EXPECT_EQ(update.at, Time{} + 1_ms * static_cast<std::int64_t>(i));
    EXPECT_EQ(update.event, EventId{i + 1});
  }
}

TEST(Reports, of_an_installation_name_what_it_changed_in_the_same_event) {
  Lab lab;
  lab.ask(lab.first, 0, 1);
  lab.watcher.updates.clear();
  lab.ask(lab.first, 2, 0);
  ASSERT_EQ(lab.watcher.updates.size(), 3u);
  const std::vector<std::pair<Kind, OperationId>> expected{
      {Kind::retracted, kFirst}, {Kind::applied, kSecond}, {Kind::installed, {}}};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    SCOPED_TRACE(i);
    EXPECT_EQ(lab.watcher.updates[i].kind, expected[i].first);
    EXPECT_EQ(lab.watcher.updates[i].update, expected[i].second);
    EXPECT_EQ(lab.watcher.updates[i].store, lab.store);
    EXPECT_EQ(lab.watcher.updates[i].event, EventId{2});
    EXPECT_EQ(lab.watcher.updates[i].at, Time{} + 1_ms);
  }
}

TEST(Reports, tell_which_nodes_are_up) {
  Lab lab;
  Fault crash;
  crash.name = "crash";
  crash.verb = Verb::crash;
  crash.at = Time{} + 5_ms;
  crash.groups = {{{.text = "first"}}};
  lab.world.schedule(crash);
  Fault restart = crash;
  restart.name = "restart";
  restart.verb = Verb::restart;
  restart.at = Time{} + 9_ms;
  lab.world.schedule(restart);
  lab.world.run_until(Time{} + 20_ms, &lab.watcher);
  ASSERT_EQ(lab.watcher.marks.size(), 2u);
  EXPECT_EQ(lab.watcher.marks[0].node, lab.first);
  EXPECT_EQ(lab.watcher.marks[0].phase, NodeMark::Phase::down);
  EXPECT_EQ(lab.watcher.marks[0].at, Time{} + 5_ms);
  EXPECT_EQ(lab.watcher.marks[0].event, EventId{1});
  EXPECT_EQ(lab.watcher.marks[1].node, lab.first);
  EXPECT_EQ(lab.watcher.marks[1].phase, NodeMark::Phase::up);
  EXPECT_EQ(lab.watcher.marks[1].at, Time{} + 9_ms);
  EXPECT_EQ(lab.watcher.marks[1].event, EventId{2});
}

}  // namespace
}  // namespace cleave
