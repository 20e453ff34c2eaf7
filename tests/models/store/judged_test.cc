// What the judges say of primary-backup when two coasts are cut apart for 43 seconds and the far
// one is promoted after 20: the story of GitHub, October 2018.
#include "models/store/primary_backup/install.h"
#include "sim/check/availability.h"
#include "sim/check/convergence.h"
#include "sim/check/durability.h"
#include "sim/check/fifo.h"
#include "tests/support/lab.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cleave {
namespace {

using namespace literals;
using models::store::StorePlan;
using models::store::primary_backup::Acknowledge;
using models::store::primary_backup::Fencing;
using models::store::primary_backup::install;
using models::store::primary_backup::Options;
using models::store::primary_backup::Resync;

class FanOut : public Observer {
 public:
  explicit FanOut(std::vector<Observer*> all) : all_(std::move(all)) {}
  using Observer::on;
  void on(const Fact& fact) override { tell(fact); }
  void on(const FaultMark& mark) override { tell(mark); }
  void on(const NodeMark& mark) override { tell(mark); }
  void on(const Invoked& operation) override { tell(operation); }
  void on(const Completed& operation) override { tell(operation); }
  void on(const ReplicaUpdate& update) override { tell(update); }

 private:
  template <class What>
  void tell(const What& what) {
    for (Observer* observer : all_)
      observer->on(what);
  }
  std::vector<Observer*> all_;
};

struct Judged {
  Verdict converges, lost, east_served, west_served, fifo;
  DurabilityMeasure durability;
  ConvergenceMeasure convergence;
};

Judged run_two_coasts(const Options& options) {
  support::Lab lab({"east", "west", "europe"});
  const StoreId store =
      lab.add_store("accounts", {"east", "west"}, [&](World& world, const StorePlan& plan) {
        return install(world, plan, {options, "europe"});
      });
  const NodeId alice = lab.add_person("alice", "east", "accounts");
  const NodeId bob = lab.add_person("bob", "west", "accounts");
  Fault cut = lab.make_fault(Verb::cut, {{"east"}, {"west", "europe"}});
  cut.at = Time{} + 20_s;
  cut.lasts = 43_s;
  const FaultId split = lab.world.schedule(cut);

  const std::vector<NodeId> replicas = lab.replicas("accounts");
  Convergence convergence({store, replicas, 30_s, split});
  Durability durability({store, replicas});
  Availability east({store, {alice}, split, Probability::certain()});
  Availability west({store, {bob}, split, Probability::certain()});
  Fifo fifo(Fifo::Options{store});
  FanOut judges({&convergence, &durability, &east, &west, &fifo});
  for (int i = 0; i < 300; ++i) {
    for (const NodeId person : {alice, bob}) {
      const std::string text = std::to_string(person.value) + "/" + std::to_string(i);
      if (i % 10 == 9)
        lab.ask(person, lab.request("accounts", ObjectType::log, Action::read_from, "chat"));
      else
        lab.ask(person, lab.request("accounts", ObjectType::log, Action::append, "chat", text));
    }
    lab.world.run_until(lab.world.now() + 400_ms, &judges);
  }
  lab.world.run_until(Time{} + 180_s, &judges);

  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < lab.world.node_count(); ++i)
    names.emplace_back(lab.world.name({i}));
  std::vector<ReplicaState> states;
  for (const NodeId replica : replicas)
    states.push_back({store, replica, lab.world.replicated_state(replica), true});
  const RunEnd end{lab.world.now(), lab.world.event(), lab.world.ledger(), states, names};
  Judged judged{convergence.finish(end),
                durability.finish(end),
                east.finish(end),
                west.finish(end),
                fifo.finish(end),
                {},
                {}};
  judged.durability = durability.measure();
  judged.convergence = convergence.measure();
  return judged;
}

Options async() {
  Options options;
  options.promote_after = 20_s;
  return options;
}

TEST(Judged, an_asynchronous_primary_loses_what_its_side_wrote_and_converges) {
  const Judged judged = run_two_coasts(async());
  EXPECT_EQ(judged.lost.word, Word::violated);
  EXPECT_EQ(judged.lost.witness.size(), 2u);
  EXPECT_GT(judged.durability.lost, 50u);  // 43 s of an append each 400 ms
  EXPECT_EQ(judged.durability.kept_for_merge, 0u);
  EXPECT_EQ(judged.converges.word, Word::holds) << judged.converges.why;
  EXPECT_GT(judged.convergence.peak_distance, 100u);
  ASSERT_TRUE(judged.convergence.diverged && judged.convergence.converged);
  EXPECT_LT(*judged.convergence.diverged, Time{} + 21_s);
  EXPECT_GE(*judged.convergence.converged, Time{} + 63_s);
  EXPECT_LT(*judged.convergence.converged, Time{} + 73_s);
  EXPECT_EQ(judged.east_served.word, Word::holds) << judged.east_served.why;
  EXPECT_EQ(judged.west_served.word, Word::violated);  // until it is promoted
  EXPECT_EQ(judged.fifo.word, Word::holds) << judged.fifo.why;
}

TEST(Judged, what_is_kept_for_merge_is_still_lost_from_the_store) {
  Options options = async();
  options.resync = Resync::keep;
  const Judged judged = run_two_coasts(options);
  EXPECT_EQ(judged.lost.word, Word::violated);
  EXPECT_GT(judged.durability.lost, 50u);
  EXPECT_EQ(judged.durability.kept_for_merge, judged.durability.lost);
}

TEST(Judged, a_fenced_primary_loses_less_and_stops_serving) {
  const Judged without = run_two_coasts(async());
  Options options = async();
  options.fencing = Fencing::epoch;
  const Judged judged = run_two_coasts(options);
  EXPECT_EQ(judged.lost.word, Word::violated);
  EXPECT_LT(judged.durability.lost, without.durability.lost);
  EXPECT_EQ(judged.east_served.word, Word::violated);
}

TEST(Judged, a_primary_that_waits_for_its_backup_loses_nothing_and_stops_serving) {
  Options options = async();
  options.acknowledge = Acknowledge::semi_sync;
  options.fallback_after.reset();
  options.fencing = Fencing::epoch;
  const Judged judged = run_two_coasts(options);
  EXPECT_EQ(judged.lost.word, Word::holds) << judged.lost.why;
  EXPECT_EQ(judged.durability.lost, 0u);
  EXPECT_EQ(judged.converges.word, Word::holds) << judged.converges.why;
  EXPECT_EQ(judged.east_served.word, Word::violated);
}

}  // namespace
}  // namespace cleave
