// Small scope, exhaustively: in a short run, each node crashes before and after each event that it
// handles, in a copy of the World, and starts again later. Then at random: small stores under
// whatever may go wrong at once.
#include "models/store/primary_backup/install.h"
#include "models/store/primary_backup/monitor.h"
#include "models/store/primary_backup/replica.h"
#include "models/store/workload_client.h"
#include "tests/store/chaos.h"
#include "tests/support/lab.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace cleave::models::store::primary_backup {
namespace {

using support::Lab;

// Times so short that a failover fits into a second.
Options quick() {
  Options options;
  options.heartbeat_every = 40_ms;
  options.promote_after = 250_ms;
  options.lease = 120_ms;
  options.reconnect_after = 160_ms;
  return options;
}

struct Plot {
  Options options;
  Names regions;
  Time writes_until;
  Duration every = 25_ms;
  std::uint64_t seed = 1;
};

// Clients in two regions append to one log.
Lab make_lab(const Plot& plot) {
  Lab lab({"east", "west"}, 10_ms, plot.seed);
  const StoreId store = lab.add_store("s", plot.regions, [&](World& world, const StorePlan& plan) {
    return install(world, plan, {plot.options, "west"});
  });
  for (const std::string region : {"east", "west"})
    lab.add(region + " client", region,
            client_in(lab, region, plot.seed, {appends(store, plot.writes_until, plot.every)}));
  return lab;
}

// What must be true once everything is up, healed and quiet, whatever happened before. Returns what
// is not.
std::string wrong_in(const Lab& lab) {
  if (lab.world.failure()) return "model bug: " + lab.world.failure()->what;
  if (!lab.converged("s")) return "the replicas have not converged";
  if (lab.with_role("s", "primary").size() != 1) return "there is not one primary";
  std::map<std::uint64_t, std::uint64_t> reigns;
  for (const Fact& fact : lab.recorder.facts_named(Purpose("took office")))
    if (++reigns[fact.value] > 1) return "epoch " + std::to_string(fact.value) + " began twice";

  const NodeId replica = lab.replicas("s").front();
  const auto& objects = lab.world.node<Replica>(replica).memory.machine.objects;
  const auto object = objects.find(key_of("log"));
  std::set<std::uint64_t> values;
  if (object != objects.end()) {
    const auto& entries = std::get<Sequence>(object->second).entries;
    for (std::uint64_t i = 0; i < entries.size(); ++i)
      if (!values.insert(entries[i].digest()).second) return "an entry was appended twice";
  }
  if (values.size() != lab.world.ledger().held({}, replica).size())
    return "the ledger holds other updates than the replica";
  return {};
}

// ---- every event --------------------------------------------------------------------------------

struct CrashRow {
  const char* name;
  Acknowledge acknowledge;
  Names regions;
  Verb crash;
  Duration down;  // shorter or longer than it takes to promote
};

class CrashAtEachEvent : public ::testing::TestWithParam<CrashRow> {};

TEST_P(CrashAtEachEvent, loses_nothing_acknowledged_and_converges) {
  const CrashRow& row = GetParam();
  Plot plot{quick(), row.regions, Time{} + 200_ms};
  plot.options.acknowledge = row.acknowledge;
  plot.options.fallback_after.reset();
  plot.options.fencing = Fencing::epoch;
  const Time end = Time{} + 350_ms;

  std::set<std::string> crashed;
  std::size_t branches = 0;
  const auto crash_and_go_on = [&](Lab branch, const std::string& who) {
    ++branches;
    crashed.insert(who);
    const Time at = branch.world.now();
    branch.begin(row.crash, {{who}});
    branch.run_for(row.down);
    branch.restart(who);
    branch.run_for(2500_ms);
    const std::string wrong = wrong_in(branch);
    ASSERT_EQ(wrong, "") << who << " crashed at " << at.ns << " ns, event "
                         << branch.world.event().value;
    ASSERT_TRUE(branch.lost("s").empty()) << who << " crashed at " << at.ns << " ns";
  };

  Lab lab = make_lab(plot);
  while (const std::optional<NodeId> handler = next_handler(lab, end)) {
    const std::string who(lab.world.name(*handler));
    const bool of_the_store = who.starts_with("s/");
    if (of_the_store) crash_and_go_on(lab, who);
    lab.world.step(end, &lab.recorder);
    if (of_the_store) crash_and_go_on(lab, who);
    if (HasFatalFailure()) return;
  }
  EXPECT_EQ(crashed.size(), row.regions.size() + 1) << "all replicas and the monitor";
  EXPECT_GT(branches, 300u);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, CrashAtEachEvent,
    ::testing::Values(
        // Back before anybody is promoted: async loses nothing either, for its disk has it.
        CrashRow{"async_short", Acknowledge::async, {"east", "west"}, Verb::crash, 100_ms},
        CrashRow{
            "async_unsynced", Acknowledge::async, {"east", "west"}, Verb::lose_unsynced, 100_ms},
        CrashRow{"async_torn", Acknowledge::async, {"east", "west"}, Verb::torn_write, 100_ms},
        CrashRow{"semi_sync_short", Acknowledge::semi_sync, {"east", "west"}, Verb::crash, 100_ms},
        CrashRow{"semi_sync_long", Acknowledge::semi_sync, {"east", "west"}, Verb::crash, 600_ms},
        CrashRow{
            "semi_sync_torn", Acknowledge::semi_sync, {"east", "west"}, Verb::torn_write, 600_ms},
        CrashRow{"semi_sync_unsynced",
                 Acknowledge::semi_sync,
                 {"east", "west"},
                 Verb::lose_unsynced,
                 600_ms},
        CrashRow{"three_replicas",
                 Acknowledge::semi_sync,
                 {"east", "west", "west"},
                 Verb::crash,
                 600_ms}),
    [](const auto& test) { return test.param.name; });

// ---- at random ----------------------------------------------------------------------------------

constexpr std::array kVerbs{
    Verb::cut,   Verb::cut,      Verb::cut_one_way,   Verb::isolate,    Verb::hold,
    Verb::delay, Verb::loss,     Verb::duplicate,     Verb::reorder,    Verb::crash,
    Verb::crash, Verb::pause,    Verb::lose_unsynced, Verb::torn_write, Verb::disk_full,
    Verb::drift, Verb::disk_slow};

Options random_options(Random& random) {
  Options options = quick();
  options.acknowledge = random.chance(1, 2) ? Acknowledge::semi_sync : Acknowledge::async;
  if (random.chance(1, 2)) options.fallback_after.reset();
  options.fencing = random.chance(1, 2) ? Fencing::epoch : Fencing::off;
  options.resync = random.chance(1, 2) ? Resync::keep : Resync::discard;
  options.sync = random.chance(1, 4) ? Sync::periodic : Sync::before_acknowledging;
  options.reads = random.chance(1, 2) ? Reads::any : Reads::primary;
  return options;
}

void run_chaos(std::uint64_t seed) {
  Random random = Random::at(seed, Purpose("chaos").hash, 0, 0);
  const Options options = random_options(random);
  const Names regions = random.chance(1, 2) ? Names{"east", "west"} : Names{"east", "west", "west"};
  Lab lab = make_lab({options, regions, Time{} + 5_s, 20_ms, seed});
  Chaos chaos{random, kVerbs, {"s/monitor", "s/east/0", "s/west/0"}};
  if (regions.size() == 3) chaos.nodes.emplace_back("s/west/1");
  while (lab.world.now() < Time{} + 5_s && !lab.world.failure()) {
    lab.run_for(chaos.up_to(300_ms));
    lab.begin(chaos.fault(lab));
  }
  lab.run_for(1_s);
  chaos.mend_all(lab);
  lab.run_for(30_s);
  ASSERT_EQ(wrong_in(lab), "") << "CLEAVE_TEST_SEED=" << seed;
  // With two replicas every candidate has what both had to have.
  const bool lossless = options.acknowledge == Acknowledge::semi_sync && !options.fallback_after &&
                        options.sync == Sync::before_acknowledging && regions.size() == 2;
  if (lossless) {
    ASSERT_TRUE(lab.lost("s").empty()) << "CLEAVE_TEST_SEED=" << seed;
  }
}

TEST(PrimaryBackupChaos, converges_and_loses_nothing_where_that_is_promised) {
  if (const char* given = std::getenv("CLEAVE_TEST_SEED"))
    return run_chaos(std::strtoull(given, nullptr, 10));
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    run_chaos(seed);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace cleave::models::store::primary_backup
