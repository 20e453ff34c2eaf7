// Small scope, exhaustively: in a short run, each replica of a Raft group crashes before and after
// each event that it handles, in a copy of the World, and starts again later. With snapshots so
// often that some are under way, and a replica that joins meanwhile.
#include "tests/store/raft_swarm.h"

#include <gtest/gtest.h>

namespace cleave::models::store::raft {
namespace {

struct CrashRow {
  const char* name;
  Verb crash;
  Duration down;  // shorter or longer than it takes to elect
  bool pre_vote = true;
};

class RaftCrashAtEachEvent : public ::testing::TestWithParam<CrashRow> {};

TEST_P(RaftCrashAtEachEvent, loses_nothing_acknowledged_and_converges) {
  const CrashRow& row = GetParam();
  const Administration joins{{3}, {{Time{} + 200_ms, Order::Task::add, 3}}, "west", {}};
  Plot plot{quick(), joins, {"east", "west", "north", "north"}, Time{} + 420_ms, 40_ms};
  plot.options.pre_vote = row.pre_vote;
  plot.options.snapshot_every = 6;
  plot.options.keep_entries = 2;
  const Time end = Time{} + 460_ms;
  std::set<std::string> crashed;
  std::size_t branches = 0;
  const auto crash_and_go_on = [&](Watched branch, const std::string& who) {
    ++branches;
    crashed.insert(who);
    const std::string where =
        who + " crashed at event " + std::to_string(branch.lab.world.event().value);
    branch.lab.begin(row.crash, {{who}});
    branch.run_for(row.down);
    branch.lab.restart(who);
    branch.run_for(3_s);
    ASSERT_EQ(branch.wrong(plot.options), "") << where;
  };
  Watched watched{make_lab(plot), {}, {}};
  while (const std::optional<NodeId> handler = next_handler(watched.lab, end)) {
    const std::string who(watched.lab.world.name(*handler));
    const bool of_the_store = who.starts_with("s/");
    if (of_the_store) crash_and_go_on(watched, who);
    watched.lab.world.step(end, &watched.lab.recorder);
    ASSERT_EQ(watched.invariants.after_event(watched.lab.world, watched.lab.replicas("s")),
              std::nullopt);
    if (of_the_store) crash_and_go_on(watched, who);
    if (HasFatalFailure()) return;
  }
  EXPECT_EQ(crashed.size(), 5u) << "with the administrator";
  EXPECT_GT(branches, 200u);
}

INSTANTIATE_TEST_SUITE_P(Rows, RaftCrashAtEachEvent,
                         ::testing::Values(CrashRow{"unsynced_short", Verb::lose_unsynced, 60_ms},
                                           CrashRow{"unsynced_long", Verb::lose_unsynced, 500_ms},
                                           CrashRow{"torn_long", Verb::torn_write, 500_ms},
                                           CrashRow{"prefix_short", Verb::crash, 60_ms, false}),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace cleave::models::store::raft
