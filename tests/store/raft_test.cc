// Raft, story by story: elections, the log, and what a cut or a crash leaves of both.
#include "sim/trace/history.h"
#include "tests/store/raft_stories.h"

namespace cleave::models::store::raft {
namespace {

// ---- elections ----------------------------------------------------------------------------------

TEST_F(Raft, elects_one_leader_and_serves) {
  build();
  const std::vector<OperationId> written = write_for(alice, 2_s);
  const std::vector<OperationId> elsewhere = write_for(bob, 2_s);
  expect_converged_within(1_s);
  EXPECT_EQ(count(written, Outcome::ok), written.size());
  EXPECT_EQ(count(elsewhere, Outcome::ok), elsewhere.size()) << "redirected";
  EXPECT_EQ(leaders().size(), 1u);
  EXPECT_EQ(lab.recorder.facts_named(facts::kBeganToLead).size(), 1u);
}

TEST_F(Raft, works_alone) {
  lab.add_store("accounts", {"east"}, with(options));
  alice = person("person in east", "east");
  lab.run_for(5_s);
  const OperationId written = write(alice);
  const OperationId read = lab.read(alice, "accounts", "name");
  expect_converged_within(1_s);
  EXPECT_EQ(lab.outcome(written), Outcome::ok);
  EXPECT_EQ(lab.outcome(read), Outcome::ok);
}

TEST_F(Raft, elects_another_leader_when_one_crashes_and_loses_nothing) {
  build();
  const std::vector<OperationId> before = write_for(alice, 1_s);
  lab.crash(path(home));
  lab.run_for(5_s);
  ASSERT_EQ(leaders().size(), 1u);
  const std::vector<OperationId> after = write_for(bob, 1_s);
  lab.restart(path(home));
  expect_converged_within(3_s);
  EXPECT_EQ(count(before, Outcome::ok), before.size());
  EXPECT_EQ(count(after, Outcome::ok), after.size());
  EXPECT_EQ(leaders().size(), 1u);
}

TEST_F(Raft, without_a_majority_elects_nobody) {
  build();
  lab.crash(path(home));
  lab.crash(path(away));
  lab.run_for(60_s);
  EXPECT_TRUE(leaders().empty());
  const OperationId refused = write(lab.node("person in " + third));
  lab.run_for(6_s);
  EXPECT_EQ(lab.outcome(refused), Outcome::unknown) << "two did not answer";
  lab.restart(path(home));
  lab.run_for(5_s);
  EXPECT_EQ(leaders().size(), 1u);
}

TEST_F(Raft, a_replica_votes_once_a_term_even_across_a_crash) {
  options.pre_vote = false;
  options.vote_stickiness = false;
  build();
  Replica& voter = lab.world.node_setup<Replica>(lab.node(path(third)));
  const NodeId first = lab.node(path(home));
  const NodeId second = lab.node(path(away));
  const Term later{voter.term().value + 5};
  const RequestVote request{Poll::vote, later, {later, 1000}};
  const NodeId self = lab.node(path(third));
  lab.world.act(self, [&](Context& ctx) { voter.on(request, first, ctx); });
  lab.run_for(10_ms);
  EXPECT_EQ(replica(third).memory.recorded, (Ballot{later, first}));
  lab.crash(path(third));
  lab.restart(path(third));
  lab.run_for(1_ms);
  Replica& restarted = lab.world.node_setup<Replica>(self);
  lab.world.act(self, [&](Context& ctx) { restarted.on(request, second, ctx); });
  EXPECT_EQ(replica(third).memory.ballot, (Ballot{later, first}));
}

// The more up to date log is the one whose last entry has the later term, then the longer one.
TEST_F(Raft, a_vote_goes_only_to_a_log_that_is_as_up_to_date) {
  options.vote_stickiness = false;
  build();
  write_for(alice, 500_ms);
  lab.run_for(500_ms);
  const LogEnd own = replica(third).log_end();
  struct Row {
    LogEnd last;
    bool granted;
  };
  const NodeId self = lab.node(path(third));
  std::uint64_t later = replica(third).term().value;
  for (const Row& row :
       {Row{own, true}, Row{{own.term, own.index + 1}, true}, Row{{own.term, own.index - 1}, false},
        Row{{{own.term.value + 1}, 1}, true},
        Row{{{own.term.value - 1}, own.index + 100}, false}}) {
    Replica& voter = lab.world.node_setup<Replica>(self);
    const RequestVote request{Poll::vote, {++later}, row.last};
    lab.world.act(self, [&](Context& ctx) { voter.on(request, lab.node(path(away)), ctx); });
    EXPECT_EQ(replica(third).memory.ballot.vote.has_value(), row.granted)
        << row.last.term.value << ' ' << row.last.index;
  }
}

// ---- the log ------------------------------------------------------------------------------------

TEST_F(Raft, a_leader_that_is_cut_off_commits_nothing_and_gives_way) {
  build();
  write_for(alice, 1_s);
  lab.cut({{home}, {away, third}});
  const std::vector<OperationId> there = write_for(alice, 5_s);
  const std::vector<OperationId> here = write_for(bob, 5_s);
  EXPECT_GE(count(here, Outcome::ok), 45u);
  EXPECT_EQ(count(there, Outcome::ok), 0u);
  lab.heal();
  expect_converged_within(8_s);
}

TEST_F(Raft, what_a_cut_off_leader_alone_had_is_replaced_and_never_applied) {
  options.check_quorum = false;  // so that it goes on taking updates
  build();
  write_for(alice, 1_s);
  lab.cut({{home}, {away, third}});
  write_for(alice, 3_s);
  lab.run_for(2_s);
  EXPECT_EQ(leaders().size(), 2u) << "of two terms";
  EXPECT_GT(replica(home).last_index(), replica(home).memory.commit + 20);
  write_for(bob, 1_s);
  lab.heal();
  expect_converged_within(8_s);
  EXPECT_EQ(leaders().size(), 1u);
  for (const ReplicaUpdate& update : lab.recorder.updates)
    EXPECT_NE(update.kind, ReplicaUpdate::Kind::retracted);
  // They were retried for 5 s: they took effect once or not at all.
  EXPECT_EQ(replica(home).disk.log, replica(away).disk.log);
}

// The paper's figure 8: an entry of an older term on a majority may yet be overwritten, and so is
// not committed until one of the leader's own term follows it.
TEST_F(Raft, commits_an_entry_of_an_older_term_only_with_one_of_its_own) {
  for (const bool planted : {false, true}) {
    options.bugs = planted ? std::set{Bug::commit_older_terms} : std::set<Bug>{};
    build();
    Replica& leader = lab.world.node_setup<Replica>(lab.node(path(home)));
    const Index commit = leader.memory.commit;
    Request request = lab.request("accounts", ObjectType::reg, Action::write, "old");
    request.id = {alice, 1};
    lab.world.act(lab.node(path(home)), [&](Context& ctx) {
      // As if it had led term 1, lost the lead, and got it back with a new term.
      leader.disk.log.append({leader.term(), request});
      leader.memory.durable = leader.last_index();
      leader.memory.ballot.term.value += 1;
      leader.memory.leading->first = leader.last_index() + 1;
      for (const std::string& region : {away, third})
        leader.on(Appended{leader.term(), leader.last_index(), 0, {}}, lab.node(path(region)), ctx);
      EXPECT_EQ(leader.memory.commit == commit, !planted) << "every disk has it";
      leader.disk.log.append({leader.term(), {}});
      leader.memory.durable = leader.last_index();
      leader.on(Appended{leader.term(), leader.last_index(), 0, {}}, lab.node(path(away)), ctx);
      EXPECT_EQ(leader.memory.commit, leader.last_index());
    });
  }
}

TEST_F(Raft, a_follower_that_missed_much_catches_up) {
  build();
  cut_off(third);
  for (int i = 0; i < 6000; ++i)
    write(alice);
  lab.run_for(30_s);
  EXPECT_GE(replica(home).memory.commit, 6000u);
  lab.heal();
  expect_converged_within(10_s);
}

// Logs as in the paper's figure 7: what the leader has, and what a follower may have instead.
TEST_F(Raft, brings_every_log_to_agree_with_the_leaders) {
  using Terms = std::vector<std::uint64_t>;
  const Terms leaders_log{1, 1, 1, 4, 4, 5, 5, 6, 6, 6};
  for (const Terms& terms :
       {Terms{1, 1, 1, 4, 4, 5, 5, 6, 6}, Terms{1, 1, 1, 4}, Terms{1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6},
        Terms{1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7}, Terms{1, 1, 1, 4, 4, 4, 4},
        Terms{1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3}}) {
    lab = support::Lab(regions(), 20_ms);
    lab.add_store("accounts", regions(), with(options));
    const auto give = [&](const std::string& region, const Terms& log) {
      Replica& replica = lab.world.node_setup<Replica>(lab.node(path(region)));
      for (const std::uint64_t term : log)
        replica.disk.log.append({{term}, {}});
      replica.disk.ballot.set({{7}, {}});
    };
    give("east", leaders_log);
    give("west", leaders_log);
    give("north", terms);
    lab.cut({{"north"}, {"east", "west"}});  // so that one of those is elected
    lab.run_for(4_s);
    lab.heal();
    lab.run_for(8_s);
    EXPECT_FALSE(lab.world.failure()) << lab.world.failure()->what;
    EXPECT_EQ(replica("north").disk.log, replica("east").disk.log);
    EXPECT_EQ(replica("north").memory.commit, replica("east").last_index());
    for (std::size_t i = 0; i < leaders_log.size(); ++i)
      EXPECT_EQ(replica("north").term_at(i + 1).value, leaders_log[i]);
  }
}

TEST_F(Raft, over_datagrams_that_are_lost_doubled_and_overtaken_it_is_only_slower) {
  options.transport = Transport::datagram;
  build();
  const Names paths{path("east"), path("west"), path("north")};
  for (const Verb verb : {Verb::loss, Verb::duplicate, Verb::reorder})
    for (std::size_t i = 0; i < 3; ++i) {
      Fault fault = lab.make_fault(verb, {{paths[i]}, {paths[(i + 1) % 3]}});
      fault.probability = threshold(20, 100);
      fault.duration = 60_ms;
      lab.begin(fault);
    }
  const std::vector<OperationId> written = write_for(alice, 20_s);
  lab.heal();
  expect_converged_within(5_s);
  EXPECT_GE(count(written, Outcome::ok), 190u);
}

// ---- disks --------------------------------------------------------------------------------------

TEST_F(Raft, survives_that_every_replica_loses_what_it_had_not_synced) {
  for (const Verb verb : {Verb::crash, Verb::lose_unsynced, Verb::torn_write}) {
    build();
    for (int i = 0; i < 20; ++i)
      write(alice);
    lab.run_for(30_ms);
    for (const std::string& region : regions())
      lab.begin(verb, {{path(region)}});
    lab.run_for(1_s);
    for (const std::string& region : regions())
      lab.restart(path(region));
    expect_converged_within(10_s);
    EXPECT_EQ(leaders().size(), 1u);
  }
}

TEST_F(Raft, a_restarted_replica_knows_without_a_leader_most_of_what_was_committed) {
  build();
  write_for(alice, 2_s);
  for (const std::string& region : regions())
    lab.crash(path(region));
  lab.restart(path(third));
  lab.run_for(1_ms);
  EXPECT_GE(replica(third).memory.applied, 18u);
  EXPECT_EQ(lab.world.ledger().held({}, lab.node(path(third))).size(),
            replica(third).memory.applied - 1)
      << "all but the leader's first";
}

TEST_F(Raft, a_leader_with_a_full_disk_refuses_and_a_follower_with_one_catches_up_later) {
  build();
  Fault full = lab.make_fault(Verb::disk_full, {{path(home)}});
  full.lasts = 3_s;
  lab.begin(full);
  const OperationId refused = write(alice);
  lab.run_for(1_s);
  EXPECT_EQ(lab.outcome(refused), Outcome::refused);
  EXPECT_EQ(lab.answer(refused).reason, Reason::disk_full);
  lab.run_for(3_s);

  full = lab.make_fault(Verb::disk_full, {{path(away)}});
  full.lasts = 3_s;
  lab.begin(full);
  const std::vector<OperationId> written = write_for(alice, 2_s);
  EXPECT_LT(replica(away).last_index(), replica(third).last_index()) << "the other two have it";
  expect_converged_within(3_s);
  EXPECT_EQ(count(written, Outcome::ok), written.size());
}

TEST_F(Raft, a_replica_with_a_full_disk_votes_for_nobody_and_does_not_seek_to_lead) {
  build();
  Fault full = lab.make_fault(Verb::disk_full, {{path(away)}});
  full.lasts = 30_s;
  lab.begin(full);
  lab.crash(path(home));
  lab.run_for(20_s);
  EXPECT_TRUE(leaders().empty());
  lab.run_for(15_s);
  EXPECT_EQ(leaders().size(), 1u);
}

// ---- clients ------------------------------------------------------------------------------------

TEST_F(Raft, an_operation_that_is_retried_takes_effect_once) {
  build();
  write_for(alice, 1_s);  // her connection is open before the cut
  const Index before = replica(home).last_index();
  Request add = lab.request("accounts", ObjectType::counter, Action::add, "visits");
  add.number = 1;
  lab.begin(Verb::cut_one_way, {{path(home)}, {"person in " + home}});  // she hears nothing
  const OperationId id = lab.ask(alice, add);
  lab.run_for(2500_ms);
  EXPECT_EQ(lab.outcome(id), std::nullopt);
  lab.heal();
  lab.run_for(2_s);
  EXPECT_EQ(lab.outcome(id), Outcome::ok);
  EXPECT_EQ(lab.answer(id).number, 1);
  EXPECT_EQ(replica(home).last_index(), before + 1);
}

// What an operation did under one leader, its retry under the next one is told.
TEST_F(Raft, an_operation_that_is_retried_at_another_leader_takes_effect_once) {
  build();
  write_for(alice, 1_s);
  Request add = lab.request("accounts", ObjectType::counter, Action::add, "visits");
  add.number = 1;
  lab.begin(Verb::cut_one_way, {{path(home)}, {"person in " + home}});
  const OperationId id = lab.ask(alice, add);
  lab.run_for(100_ms);
  lab.crash(path(home));
  lab.heal();
  lab.run_for(4500_ms);
  EXPECT_EQ(lab.outcome(id), Outcome::ok);
  EXPECT_EQ(lab.answer(id).number, 1);
  lab.restart(path(home));
  expect_converged_within(3_s);
}

TEST_F(Raft, a_leader_that_is_deposed_tells_those_who_wait_that_it_does_not_know) {
  options.check_quorum = false;
  build();
  lab.cut({{path(home)}, {path(away), path(third)}});  // Alice reaches all of them
  Request request = lab.request("accounts", ObjectType::reg, Action::write, "name", "x");
  request.id = {alice, 1};
  Replica& leader = lab.world.node_setup<Replica>(lab.node(path(home)));
  lab.world.act(lab.node(path(home)), [&](Context& ctx) { leader.on(request, alice, ctx); });
  EXPECT_EQ(replica(home).memory.leading->waiting.size(), 1u);
  lab.run_for(3_s);
  lab.heal();
  lab.run_for(8_s);
  EXPECT_FALSE(lab.recorder.facts_named(facts::kCeasedToLead).empty());
  EXPECT_EQ(replica(home).memory.state.machine.recorded(request.id), std::nullopt);
  expect_converged_within(1_s);
}

TEST_F(Raft, an_action_that_the_type_has_not_is_not_put_into_the_log) {
  build();
  Request request = lab.request("accounts", ObjectType::reg, Action::write, "name", "x");
  request.id = {alice, 1};
  request.type = ObjectType::log;
  Replica& leader = lab.world.node_setup<Replica>(lab.node(path(home)));
  const Index before = leader.last_index();
  lab.world.act(lab.node(path(home)), [&](Context& ctx) { leader.on(request, alice, ctx); });
  EXPECT_EQ(leader.last_index(), before);
}

TEST_F(Raft, goes_on_across_an_upgrade_of_one_replica_after_the_other) {
  build();
  std::vector<OperationId> written;
  for (const std::string& region : regions()) {
    Fault upgrade = lab.make_fault(Verb::upgrade, {{path(region)}});
    upgrade.version = 2;
    lab.begin(upgrade);
    const std::vector<OperationId> more = write_for(bob, 4_s);
    written.insert(written.end(), more.begin(), more.end());
  }
  expect_converged_within(6_s);
  EXPECT_GE(count(written, Outcome::ok), written.size() * 9 / 10);
}

}  // namespace
}  // namespace cleave::models::store::raft
