// Small scope, exhaustively: in a short run, each replica crashes before and after each event that
// it handles, in a copy of the World, and starts again later. Then at random.
#include "models/catalogue.h"
#include "models/store/chain/replica.h"
#include "tests/store/chaos.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <set>

namespace cleave::models::store::chain {

models::Entry entry();

namespace {

using support::Lab;

// A chain of three across two coasts, and clients on both that append to one log.
Lab make_lab(Time writes_until, std::uint64_t seed) {
  Lab lab({"east", "west"}, 10_ms, seed);
  const StoreId store = lab.add_store("s", {"east", "west", "west"}, entry().engine->build);
  for (const std::string region : {"east", "west"})
    lab.add(region + " client", region,
            client_in(lab, region, seed, {appends(store, writes_until, 25_ms)}));
  return lab;
}

// What must be true once everything is up, healed and quiet, whatever happened before. Returns what
// is not.
std::string wrong_in(const Lab& lab) {
  if (lab.world.failure()) return "model bug: " + lab.world.failure()->what;
  if (!lab.converged("s")) return "the replicas have not converged";
  if (!lab.lost("s").empty()) return "an acknowledged update is lost";
  const NodeId tail = lab.replicas("s").back();
  const auto& objects = lab.world.node<Replica>(tail).memory.machine.objects;
  std::set<std::uint64_t> values;
  if (const auto object = objects.find(key_of("log")); object != objects.end())
    for (std::uint64_t i = 0; i < std::get<Sequence>(object->second).entries.size(); ++i)
      if (!values.insert(std::get<Sequence>(object->second).entries[i].digest()).second)
        return "an entry was appended twice";
  if (values.size() != lab.world.ledger().held({}, tail).size())
    return "the ledger holds other updates than the tail";
  return {};
}

class CrashAtEachEvent : public ::testing::TestWithParam<Verb> {};

TEST_P(CrashAtEachEvent, loses_nothing_acknowledged_and_converges) {
  const Time end = Time{} + 300_ms;
  std::set<std::string> crashed;
  std::size_t branches = 0;
  const auto crash_and_go_on = [&](Lab branch, const std::string& who) {
    ++branches;
    crashed.insert(who);
    const EventId at = branch.world.event();
    branch.begin(GetParam(), {{who}});
    branch.run_for(100_ms);
    branch.restart(who);
    branch.run_for(3_s);
    ASSERT_EQ(wrong_in(branch), "") << who << " crashed at event " << at.value;
  };
  Lab lab = make_lab(Time{} + 200_ms, 1);
  while (const std::optional<NodeId> handler = next_handler(lab, end)) {
    const std::string who(lab.world.name(*handler));
    const bool of_the_store = who.starts_with("s/");
    if (of_the_store) crash_and_go_on(lab, who);
    lab.world.step(end, &lab.recorder);
    if (of_the_store) crash_and_go_on(lab, who);
    if (HasFatalFailure()) return;
  }
  EXPECT_EQ(crashed.size(), 3u);
  EXPECT_GT(branches, 200u);
}

INSTANTIATE_TEST_SUITE_P(Ways, CrashAtEachEvent,
                         ::testing::Values(Verb::crash, Verb::lose_unsynced, Verb::torn_write));

constexpr std::array kVerbs{Verb::cut,   Verb::cut_one_way,   Verb::isolate,    Verb::hold,
                            Verb::delay, Verb::loss,          Verb::duplicate,  Verb::reorder,
                            Verb::crash, Verb::lose_unsynced, Verb::torn_write, Verb::pause,
                            Verb::drift, Verb::disk_full,     Verb::disk_slow};

void run_chaos(std::uint64_t seed) {
  Chaos chaos{
      Random::at(seed, Purpose("chaos").hash, 0, 0), kVerbs, {"s/east/0", "s/west/0", "s/west/1"}};
  Lab lab = make_lab(Time{} + 5_s, seed);
  while (lab.world.now() < Time{} + 5_s && !lab.world.failure()) {
    lab.run_for(chaos.up_to(300_ms));
    lab.begin(chaos.fault(lab));
  }
  lab.run_for(1_s);
  chaos.mend_all(lab);
  lab.run_for(30_s);
  ASSERT_EQ(wrong_in(lab), "") << "CLEAVE_TEST_SEED=" << seed;
}

TEST(ChainChaos, loses_nothing_acknowledged_and_converges) {
  if (const char* given = std::getenv("CLEAVE_TEST_SEED"))
    return run_chaos(std::strtoull(given, nullptr, 10));
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    run_chaos(seed);
    if (HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace cleave::models::store::chain
