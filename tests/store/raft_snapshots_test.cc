// Raft's snapshots, story by story: logs are shortened, followers that lag get the state itself,
// and a crash at any point finds either what was before or what is after.
#include "tests/store/raft_stories.h"

namespace cleave::models::store::raft {
namespace {

struct Snapshots : Raft {
  Snapshots() {
    options.snapshot_every = 50;
    options.keep_entries = 10;
  }
  std::uint64_t installed() const {
    return lab.recorder.facts_named(Purpose("snapshot installed")).size();
  }
  void expect_same_state_everywhere() {
    for (const std::string& region : regions())
      EXPECT_EQ(replica(region).memory.state, replica(home).memory.state) << region;
  }
};

TEST_F(Snapshots, shorten_every_log_and_keep_some_entries) {
  build();
  const std::vector<OperationId> written = write_for(alice, 12_s);
  expect_converged_within(1_s);
  EXPECT_GE(count(written, Outcome::ok), 118u);
  for (const std::string& region : regions()) {
    const Replica& each = replica(region);
    EXPECT_GE(each.memory.snapshot.index, 100u) << region;
    EXPECT_EQ(each.disk.log.first(), each.memory.snapshot.index - 10) << region;
    EXPECT_EQ(each.disk.snapshot.get().last, each.memory.snapshot);
  }
  EXPECT_EQ(installed(), 0u);
  expect_same_state_everywhere();
}

TEST_F(Snapshots, never_are_taken_if_so_configured) {
  options.snapshot_every = 0;
  build();
  write_for(alice, 12_s);
  EXPECT_EQ(replica(home).memory.snapshot.index, 0u);
  EXPECT_EQ(replica(home).disk.log.first(), 0u);
}

TEST_F(Snapshots, bring_a_follower_up_that_needs_entries_which_are_gone) {
  for (const Transport transport : {Transport::connection, Transport::datagram}) {
    options.transport = transport;
    build();
    write_for(alice, 1_s);
    cut_off(third);
    write_for(alice, 15_s);
    EXPECT_GT(replica(home).disk.log.first(), replica(third).last_index());
    lab.heal();
    expect_converged_within(8_s);
    EXPECT_EQ(installed(), 1u);
    expect_same_state_everywhere();
    lab.recorder = {};
  }
}

// One that lags by no more than what was kept needs none.
TEST_F(Snapshots, are_not_sent_to_who_lags_by_less_than_what_was_kept) {
  options.keep_entries = 1000;
  build();
  cut_off(third);
  write_for(alice, 15_s);
  EXPECT_GE(replica(home).memory.snapshot.index, 100u);
  lab.heal();
  expect_converged_within(8_s);
  EXPECT_EQ(installed(), 0u);
}

// With the state goes what makes each operation take effect once.
TEST_F(Snapshots, carry_what_was_answered_to_whom) {
  for (const bool planted : {false, true}) {
    options.bugs = planted ? std::set{Bug::snapshot_without_sessions} : std::set<Bug>{};
    build();
    cut_off(third);
    Request add = lab.request("accounts", ObjectType::counter, Action::add, "visits");
    add.number = 1;
    const OperationId id = lab.ask(bob, add);
    write_for(alice, 15_s);
    EXPECT_EQ(lab.outcome(id), Outcome::ok);
    lab.heal();
    lab.run_for(8_s);
    EXPECT_EQ(replica(third).memory.state.machine.recorded(id).has_value(), !planted);
  }
}

TEST_F(Snapshots, are_what_a_replica_that_restarts_begins_with) {
  build();
  write_for(alice, 12_s);
  for (const std::string& region : regions())
    lab.crash(path(region));
  lab.restart(path(third));
  lab.run_for(1_ms);
  EXPECT_GE(replica(third).memory.applied, 100u);
  EXPECT_EQ(lab.world.ledger().held({}, lab.node(path(third))).size(),
            replica(third).memory.state.updates.size());
  lab.restart(path(home));
  lab.restart(path(away));
  expect_converged_within(8_s);
  expect_same_state_everywhere();
}

// Messages of a leader that lags behind what the follower has are answered, and change nothing.
TEST_F(Snapshots, that_are_older_than_what_a_follower_has_are_not_installed) {
  build();
  write_for(alice, 8_s);
  lab.run_for(1_s);
  const InstallSnapshot old{replica(home).term(), 0, {}, replica(home).disk.snapshot.get()};
  const Index before = replica(third).last_index();
  EXPECT_GT(before, old.snapshot.last.index + 20);
  const NodeId self = lab.node(path(third));
  Replica& follower = lab.world.node_setup<Replica>(self);
  lab.world.act(self, [&](Context& ctx) { follower.on(old, lab.node(path(home)), ctx); });
  lab.run_for(1_s);
  EXPECT_EQ(replica(third).last_index(), before);
  EXPECT_EQ(replica(third).memory.applied, before);
  EXPECT_EQ(installed(), 0u);
}

// Between the arrival of a snapshot and the moment when the disk has it the follower is what it
// was; a crash then leaves it so, or with the snapshot, and it catches up from either.
TEST_F(Snapshots, survive_a_crash_at_every_point_of_their_installation) {
  build();
  cut_off(third);
  write_for(alice, 15_s);
  lab.heal();
  std::size_t branches = 0;
  std::uint64_t seen = installed();
  for (int after = 0; after < 100 && installed() < seen + 1;
       lab.world.step(kForever, &lab.recorder)) {
    if (replica(third).memory.snapshotting) ++after;
    if (!replica(third).memory.snapshotting && after == 0) continue;
    for (const Verb verb : {Verb::lose_unsynced, Verb::torn_write, Verb::crash}) {
      const support::Lab here = lab;
      lab.begin(verb, {{path(third)}});
      lab.run_for(100_ms);
      lab.restart(path(third));
      expect_converged_within(8_s);
      expect_same_state_everywhere();
      ++branches;
      lab = here;
    }
  }
  EXPECT_GE(branches, 3u);
}

}  // namespace
}  // namespace cleave::models::store::raft
