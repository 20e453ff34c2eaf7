// Small scope, exhaustively: in a short run, each node of a Cassandra store crashes before and
// after each event that it handles, in a copy of the World, and starts again later.
#include "tests/store/cassandra_swarm.h"

#include <gtest/gtest.h>

#include <set>

namespace cleave::models::store::cassandra {
namespace {

struct CrashRow {
  const char* name;
  Verb crash;
  Duration down;  // shorter or longer than it takes to be noticed
  Level level = Level::quorum;
  Timestamps timestamps = Timestamps::coordinator;
};

class CassandraCrashAtEachEvent : public ::testing::TestWithParam<CrashRow> {};

TEST_P(CassandraCrashAtEachEvent, loses_nothing_acknowledged_and_converges) {
  const CrashRow& row = GetParam();
  const bool serial = row.level == Level::serial;  // takes more events
  Plot plot{quick(), {"east", "west", "north"}, Time{} + (serial ? 20_ms : 90_ms), 40_ms};
  plot.options.read = plot.options.write = row.level;
  plot.options.timestamps = row.timestamps;
  const Time end = Time{} + (serial ? 90_ms : 130_ms);
  std::set<std::string> crashed;
  std::size_t branches = 0;
  const auto crash_and_go_on = [&](Watched branch, const std::string& who) {
    ++branches;
    crashed.insert(who);
    const std::string where =
        who + " crashed at event " + std::to_string(branch.lab.world.event().value);
    branch.begin(row.crash, who);
    branch.run_for(row.down);
    branch.begin(Verb::restart, who);
    branch.run_for(5_s);
    ASSERT_EQ(branch.wrong(plot.options), "") << where;
    ASSERT_EQ(apart(branch.lab), "") << where;
  };
  Watched watched{make_lab(plot), {}, {}};
  while (const std::optional<NodeId> handler = next_handler(watched.lab, end)) {
    const std::string who(watched.lab.world.name(*handler));
    const bool of_the_store = who.starts_with("s/");
    if (of_the_store) crash_and_go_on(watched, who);
    watched.lab.world.step(end, &watched.lab.recorder);
    watched.look();
    ASSERT_EQ(watched.violated, "");
    if (of_the_store) crash_and_go_on(watched, who);
    if (HasFatalFailure()) return;
  }
  EXPECT_EQ(crashed.size(), 3u);
  EXPECT_GT(branches, 200u);
}

INSTANTIATE_TEST_SUITE_P(Rows, CassandraCrashAtEachEvent,
                         ::testing::Values(CrashRow{"unsynced_short", Verb::lose_unsynced, 60_ms},
                                           CrashRow{"unsynced_long", Verb::lose_unsynced, 700_ms},
                                           CrashRow{"torn_long", Verb::torn_write, 700_ms},
                                           CrashRow{"prefix_short", Verb::crash, 60_ms},
                                           CrashRow{"transactions", Verb::lose_unsynced, 60_ms,
                                                    Level::serial},
                                           CrashRow{"client_clocks", Verb::lose_unsynced, 60_ms,
                                                    Level::quorum, Timestamps::client},
                                           CrashRow{"hybrid_clocks", Verb::lose_unsynced, 60_ms,
                                                    Level::quorum, Timestamps::hybrid}),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace cleave::models::store::cassandra
