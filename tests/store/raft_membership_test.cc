// Who belongs to a Raft group, and who leads it, changed on purpose: story by story.
#include "models/store/raft/administrator.h"
#include "sim/trace/facts.h"
#include "tests/store/raft_stories.h"

namespace cleave::models::store::raft {
namespace {

// Two replicas in the first region, of which the second may be a spare.
struct Membership : Raft {
  Administration administration;

  static Names places() { return {"east", "west", "north", "east"}; }
  static std::string spare() { return "accounts/east/1"; }
  void build_with_administrator(std::uint64_t seed = 1) {
    lab = support::Lab(regions(), 20_ms, seed);
    administration.region = "north";
    const Build build = [this](World& world, const StorePlan& plan) {
      return install(world, plan, {options, administration});
    };
    lab.add_store("accounts", places(), build);
    for (const std::string& region : regions())
      person("person in " + region, region);
    alice = lab.node("person in east");
    bob = lab.node("person in west");
  }
  using Build = support::Build;
  void order(Time at, Order::Task task, std::uint32_t replica) {
    administration.chores.push_back({at, task, replica});
  }
  std::size_t done() const {
    return lab.recorder.facts_named(Purpose("administration done")).size();
  }
  const Replica& at(const std::string& name) { return lab.world.node<Replica>(lab.node(name)); }
  const Replica& leader() { return at(leaders().front()); }
  NodeId leader_node() { return lab.node(leaders().front()); }
  std::uint32_t index_of(const std::string& name) {
    const auto& all = lab.replicas("accounts");
    return static_cast<std::uint32_t>(std::find(all.begin(), all.end(), lab.node(name)) -
                                      all.begin());
  }
  void tell(const std::string& name, const Order& order) {
    const NodeId self = lab.node(name);
    Replica& replica = lab.world.node_setup<Replica>(self);
    lab.world.act(self, [&](Context& ctx) { replica.on(order, alice, ctx); });
  }
};

TEST_F(Membership, a_spare_joins_as_a_learner_and_votes_when_it_has_caught_up) {
  administration.spares = {3};
  order(Time{} + 15_s, Order::Task::add, 3);
  build_with_administrator();
  lab.run_for(10_s);
  EXPECT_EQ(leader().members().voters.size(), 3u);
  write_for(alice, 5_s);
  EXPECT_EQ(at(spare()).last_index(), 0u);
  EXPECT_FALSE(lab.recorder.facts_named(facts::kLeftStore).empty());
  bool learned = false;
  for (int i = 0; i < 100 && done() == 0; ++i) {
    lab.run_for(20_ms);
    learned |= leader().members().learners.contains(lab.node(spare()));
  }
  EXPECT_TRUE(learned);
  write_for(alice, 1_s);
  lab.run_for(1_s);
  EXPECT_EQ(done(), 1u);
  EXPECT_EQ(leader().members().voters.size(), 4u);
  EXPECT_EQ(at(spare()).members(), leader().members());
  EXPECT_EQ(lab.recorder.facts_named(facts::kJoinedStore).size(), 1u);
  expect_converged_within(1_s);
}

// It is not caught up while it is out of reach: the group goes on as it was.
TEST_F(Membership, a_learner_that_cannot_catch_up_does_not_vote) {
  administration.spares = {3};
  order(Time{} + 12_s, Order::Task::add, 3);
  build_with_administrator();
  lab.run_for(10_s);
  lab.begin(Verb::isolate, {{spare()}});
  write_for(alice, 10_s);
  EXPECT_EQ(done(), 0u);
  EXPECT_EQ(leader().members().voters.size(), 3u);
  EXPECT_TRUE(leader().members().learners.contains(lab.node(spare())));
  lab.heal();
  lab.run_for(8_s);
  EXPECT_EQ(done(), 1u);
  expect_converged_within(1_s);
}

TEST_F(Membership, a_spare_can_be_brought_up_with_a_snapshot) {
  options.snapshot_every = 30;
  options.keep_entries = 5;
  administration.spares = {3};
  order(Time{} + 20_s, Order::Task::add, 3);
  build_with_administrator();
  lab.run_for(10_s);
  write_for(alice, 10_s);
  lab.run_for(5_s);
  EXPECT_EQ(lab.recorder.facts_named(Purpose("snapshot installed")).size(), 1u);
  EXPECT_EQ(done(), 1u);
  EXPECT_EQ(at(spare()).members(), leader().members()) << "which the snapshot is older than";
  expect_converged_within(1_s);
}

TEST_F(Membership, a_leader_that_is_removed_steps_down_when_that_is_committed) {
  build_with_administrator();
  lab.run_for(10_s);
  const std::string old = leaders().front();
  tell(old, {0, Order::Task::remove, lab.node(old)});
  EXPECT_FALSE(at(old).members().has(lab.node(old))) << "in force at once";
  EXPECT_EQ(leaders().front(), old) << "and yet it leads, until that is committed";
  lab.run_for(100_ms);
  EXPECT_TRUE(leaders().empty());
  lab.run_for(5_s);
  ASSERT_EQ(leaders().size(), 1u);
  EXPECT_NE(leaders().front(), old);
  EXPECT_EQ(leader().members().voters.size(), 3u);
  const std::vector<OperationId> written = write_for(alice, 10_s);
  EXPECT_GE(count(written, Outcome::ok), 95u);
  EXPECT_FALSE(at(old).memory.seeking) << "it does not seek to lead: it is out";
}

TEST_F(Membership, one_change_at_a_time_and_none_before_an_entry_of_the_leaders_own_term) {
  for (const auto& [bug, both] : {std::pair{Bug::two_changes_at_once, true}, {{}, false}}) {
    options.bugs = both ? std::set{bug} : std::set<Bug>{};
    build_with_administrator();
    lab.run_for(10_s);
    const std::string name = leaders().front();
    std::vector<NodeId> others = lab.replicas("accounts");
    std::erase(others, lab.node(name));
    tell(name, {0, Order::Task::remove, others[0]});
    tell(name, {1, Order::Task::remove, others[1]});
    EXPECT_EQ(leader().members().voters.size(), both ? 2u : 3u);
  }
  options.bugs = {};
  build_with_administrator();
  lab.run_for(10_s);
  const std::string name = leaders().front();
  Replica& fresh = lab.world.node_setup<Replica>(lab.node(name));
  fresh.memory.leading->first = fresh.last_index() + 1;  // as if it had begun to lead just now
  tell(name, {0, Order::Task::remove, lab.replicas("accounts")[0]});
  EXPECT_EQ(leader().members().voters.size(), 4u);
}

// A change that another leader replaces is undone with its entry.
TEST_F(Membership, a_change_that_was_never_committed_is_taken_back) {
  options.check_quorum = false;
  build_with_administrator();
  lab.run_for(10_s);
  const std::string old = leaders().front();
  lab.begin(Verb::isolate, {{old}});
  std::vector<NodeId> others = lab.replicas("accounts");
  std::erase(others, lab.node(old));
  tell(old, {0, Order::Task::remove, others[0]});
  EXPECT_EQ(at(old).members().voters.size(), 3u);
  lab.run_for(5_s);
  write_for(alice, 1_s);
  lab.heal();
  lab.run_for(10_s);
  EXPECT_EQ(at(old).members().voters.size(), 4u);
  EXPECT_EQ(leaders().size(), 1u);
  expect_converged_within(1_s);
}

// It hears nothing of the group any more, and seeks to lead for ever (4.2.3).
TEST_F(Membership, one_that_never_heard_that_it_was_removed_deposes_nobody_if_votes_stick) {
  options.pre_vote = false;
  for (const bool sticky : {true, false}) {
    options.vote_stickiness = sticky;
    lab.recorder = {};
    build_with_administrator();
    lab.run_for(10_s);
    const std::string name = leaders().front();
    std::vector<NodeId> others = lab.replicas("accounts");
    std::erase(others, lab.node(name));
    lab.begin(Verb::isolate, {{std::string(lab.world.name(others[0]))}});
    tell(name, {0, Order::Task::remove, others[0]});
    lab.run_for(2_s);
    lab.heal();
    const std::size_t before = lab.recorder.facts_named(facts::kBeganToLead).size();
    lab.run_for(30_s);
    EXPECT_EQ(lab.recorder.facts_named(facts::kBeganToLead).size() > before, !sticky);
  }
}

TEST_F(Membership, an_order_that_arrives_late_undoes_nothing) {
  build_with_administrator();
  lab.run_for(5_s);
  const std::string first = leaders().front();
  const NodeId member =
      lab.node(first == "accounts/west/0" ? "accounts/north/0" : "accounts/west/0");
  tell(first, {1, Order::Task::remove, member});
  lab.run_for(2_s);
  ASSERT_FALSE(leader().members().has(member));
  for (int i = 0; i < 20; ++i) {
    tell(first, {2, Order::Task::add, member});
    lab.run_for(200_ms);
  }
  ASSERT_TRUE(leader().members().voters.contains(member));
  tell(first, {1, Order::Task::remove, member});  // sent again before anybody had answered
  lab.run_for(2_s);
  EXPECT_TRUE(leader().members().voters.contains(member));
}

TEST_F(Membership, the_last_replica_is_not_removed) {
  lab.add_store("accounts", {"east"}, with(options));
  alice = person("person in east", "east");
  lab.run_for(5_s);
  tell("accounts/east/0", {0, Order::Task::remove, lab.node("accounts/east/0")});
  EXPECT_EQ(leader().members().voters.size(), 1u);
}

// ---- handing over the lead ----------------------------------------------------------------------

TEST_F(Membership, the_lead_is_handed_over_without_waiting_for_an_election_timeout) {
  build_with_administrator();
  lab.run_for(10_s);
  const std::string old = leaders().front();
  std::vector<NodeId> others = lab.replicas("accounts");
  std::erase(others, lab.node(old));
  write_for(alice, 1_s);
  tell(old, {0, Order::Task::transfer, others[2]});
  EXPECT_TRUE(at(old).memory.leading->made_way);
  lab.run_for(200_ms);
  ASSERT_EQ(leaders().size(), 1u) << "within a few round trips";
  EXPECT_EQ(leader_node(), others[2]);
  expect_converged_within(2_s);
}

TEST_F(Membership, a_leader_goes_on_if_the_one_it_made_way_for_does_not_come) {
  build_with_administrator();
  lab.run_for(10_s);
  const std::string old = leaders().front();
  std::vector<NodeId> others = lab.replicas("accounts");
  std::erase(others, lab.node(old));
  lab.crash(std::string(lab.world.name(others[0])));
  tell(old, {0, Order::Task::transfer, others[0]});
  const OperationId refused = write(alice);
  lab.run_for(100_ms);
  EXPECT_EQ(lab.outcome(refused), std::nullopt) << "no entry is taken meanwhile";
  lab.run_for(5_s);
  EXPECT_EQ(lab.outcome(refused), Outcome::ok);
  EXPECT_EQ(leaders().front(), old);
}

// Votes go past stickiness then, so that a lease has nothing to stand on.
TEST_F(Membership, a_leader_that_made_way_answers_no_reads_by_its_lease) {
  options.reads = Reads::lease;
  for (const bool made_way : {false, true}) {
    build_with_administrator();
    lab.run_for(10_s);
    const std::string old = leaders().front();
    std::vector<NodeId> others = lab.replicas("accounts");
    std::erase(others, lab.node(old));
    if (made_way) tell(old, {0, Order::Task::transfer, others[0]});
    Request read = lab.request("accounts", ObjectType::reg, Action::read, "name");
    read.id = {alice, 77};
    const NodeId self = lab.node(old);
    Replica& replica = lab.world.node_setup<Replica>(self);
    lab.world.act(self, [&](Context& ctx) { replica.on(read, alice, ctx); });
    EXPECT_EQ(at(old).memory.leading->reads.size(), made_way ? 1u : 0u);
  }
}

// ---- the administrator --------------------------------------------------------------------------

TEST_F(Membership, an_administrator_works_through_its_list_whatever_goes_wrong) {
  administration.spares = {3};
  order(Time{} + 10_s, Order::Task::add, 3);
  order(Time{} + 12_s, Order::Task::transfer, 3);
  order(Time{} + 14_s, Order::Task::remove, 0);
  order(Time{} + 14_s, Order::Task::remove, 1);
  order(Time{} + 16_s, Order::Task::add, 0);
  build_with_administrator();
  lab.run_for(11_s);
  lab.crash("accounts/administrator");
  lab.run_for(2_s);
  lab.crash("accounts/west/0");
  lab.restart("accounts/administrator");
  lab.run_for(10_s);
  lab.restart("accounts/west/0");
  const std::vector<OperationId> written = write_for(alice, 10_s);
  lab.run_for(5_s);
  EXPECT_EQ(lab.world.node<Administrator>(lab.node("accounts/administrator")).disk.done.get(), 5u);
  EXPECT_EQ(leaders().size(), 1u);
  const Configuration expected{
      {lab.node("accounts/east/0"), lab.node("accounts/north/0"), lab.node(spare())}, {}, 0};
  EXPECT_EQ(leader().members().voters, expected.voters);
  EXPECT_TRUE(leader().members().learners.empty());
  EXPECT_GE(count(written, Outcome::ok), 95u);
  for (const NodeId member : expected.voters)
    EXPECT_EQ(lab.world.replicated_state(member), lab.world.replicated_state(leader_node()));
}

}  // namespace
}  // namespace cleave::models::store::raft
