// Who is primary, from when on, and what an old one may still do.
#include "tests/store/primary_backup_stories.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cleave::models::store::primary_backup {
namespace {

using support::Lab;

using PrimaryBackupFailover = PrimaryBackup;

TEST_F(PrimaryBackupFailover, a_silent_primary_is_replaced_after_promote_after) {
  build();
  const Time cut = lab.world.now();
  lab.cut({{"east"}, {"west"}});
  lab.run_for(40_s);
  const std::vector<Time> promoted = times_of(Purpose("promoted"));
  ASSERT_EQ(promoted.size(), 1u);
  EXPECT_GE(promoted[0], cut + 19_s) << "it was last heard up to a heartbeat before the cut";
  EXPECT_LE(promoted[0], cut + 21_s + 100_ms);
}

TEST_F(PrimaryBackupFailover, nobody_is_promoted_where_the_monitor_hears_the_primary) {
  build({"east", "west"}, "east");
  lab.cut({{"east"}, {"west"}});
  lab.run_for(100_s);
  EXPECT_EQ(primaries(), Names{kEast});
  EXPECT_TRUE(times_of(Purpose("promoted")).empty());
}

TEST_F(PrimaryBackupFailover, without_fencing_both_sides_of_a_cut_have_a_primary) {
  build();
  lab.cut({{"east"}, {"west"}});
  lab.run_for(25_s);
  EXPECT_EQ(primaries(), (Names{kEast, kWest}));
  const OperationId in_east = write(alice);
  const OperationId in_west = write(bob);
  lab.run_for(5_s);
  EXPECT_EQ(lab.outcome(in_east), Outcome::ok);
  EXPECT_EQ(lab.outcome(in_west), Outcome::ok);
  lab.heal();
  lab.run_for(1500_ms);
  EXPECT_EQ(primaries(), Names{kWest}) << "the monitor reached the east with its next heartbeat";
  expect_converged_within(5_s);
  EXPECT_EQ(lab.lost("accounts"), std::vector<OperationId>{in_east});
}

TEST_F(PrimaryBackupFailover, with_fencing_the_old_primary_has_stopped_before_the_new_one_begins) {
  options.fencing = Fencing::epoch;
  build();
  const NodeId carol = lab.add_person("carol", "east", "accounts", Routing::pinned,
                                      {.deadline = 5_s, .answer_within = 1_s});
  write_for(alice, 1_s);
  lab.cut({{"east"}, {"west"}});
  lab.run_for(15_s);
  EXPECT_EQ(lab.with_role("accounts", "fenced"), Names{kEast});
  EXPECT_TRUE(primaries().empty());
  const OperationId late = write(carol);
  lab.run_for(10_s);
  EXPECT_EQ(lab.outcome(late), Outcome::unavailable) << "refused before it was recorded";
  EXPECT_EQ(primaries(), Names{kWest});
  lab.heal();
  expect_converged_within(5_s);
  EXPECT_TRUE(lab.lost("accounts").empty());
}

TEST_F(PrimaryBackupFailover, a_lease_lasts_by_what_the_monitor_heard_and_not_by_what_it_said) {
  options.fencing = Fencing::epoch;
  build();
  lab.begin(Verb::cut_one_way, {{"east"}, {"west"}});  // pings arrive in the east, pongs do not
  const Time cut = lab.world.now();
  write_for(alice, 30_s);
  ASSERT_EQ(primaries(), Names{kWest});
  const Time took_office = times_of(Purpose("took office")).back();
  std::size_t in_east = 0;
  for (const OperationId id : lab.recorder.acknowledged({}, cut)) {
    EXPECT_LT(lab.recorder.completed.at(id).at, took_office);
    ++in_east;
  }
  EXPECT_GT(in_east, 70u) << "until the lease ran out";
}

TEST_F(PrimaryBackupFailover, a_lease_that_ran_out_is_taken_up_again_if_nobody_was_promoted) {
  options.fencing = Fencing::epoch;
  build();
  lab.cut({{"east"}, {"west"}});
  lab.run_for(12_s);
  EXPECT_EQ(lab.with_role("accounts", "fenced"), Names{kEast});
  lab.heal();
  lab.run_for(3_s);  // a ping, its pong, and the ping that says when that was sent
  EXPECT_EQ(primaries(), Names{kEast});
  const OperationId written = write(alice);
  lab.run_for(1_s);
  EXPECT_EQ(lab.outcome(written), Outcome::ok);
}

// Only the monitor is cut off: the primary still reaches the backup that replaces it.
TEST_F(PrimaryBackupFailover, with_fencing_a_backup_tells_the_old_primary_that_its_epoch_is_over) {
  for (const Fencing fencing : {Fencing::epoch, Fencing::off}) {
    lab = Lab({"east", "west"});
    options.fencing = fencing;
    options.lease = 1000_s;  // so that it plays no part
    build();
    lab.cut({{kEast}, {kMonitor}});
    write_for(alice, 30_s);
    const bool fenced = fencing == Fencing::epoch;
    EXPECT_EQ(primaries(), fenced ? Names{kWest} : (Names{kEast, kWest}));
    lab.heal();
    expect_converged_within(5_s);
    if (fenced)
      EXPECT_LE(lab.lost("accounts").size(), 2u) << "those on their way when the epoch began";
    else
      EXPECT_GE(lab.lost("accounts").size(), 80u);
  }
}

TEST_F(PrimaryBackupFailover, a_primary_that_was_paused_does_not_acknowledge_when_it_wakes) {
  for (const Fencing fencing : {Fencing::epoch, Fencing::off}) {
    lab = Lab({"east", "west"});
    options.fencing = fencing;
    build();
    lab.begin(Verb::pause, {{kEast}});
    const OperationId asked = write(alice);
    lab.run_for(4_s);
    EXPECT_EQ(lab.outcome(asked), std::nullopt);
    lab.run_for(30_s);
    ASSERT_TRUE(lab.world.role(lab.node(kWest)) == "primary");
    EXPECT_EQ(lab.outcome(asked), Outcome::unknown);
    const OperationId again = write(alice);  // waits in the paused host, or goes west
    lab.begin(Verb::resume, {{kEast}});
    expect_converged_within(10_s);
    EXPECT_EQ(lab.outcome(again), Outcome::ok);
    EXPECT_TRUE(lab.lost("accounts").empty()) << "acknowledged by a primary that was no more";
  }
}

TEST_F(PrimaryBackupFailover, the_backup_that_has_most_is_promoted) {
  build({"east", "west", "west"});
  lab.cut({{kEast}, {kWest}});
  write_for(alice, 5_s);
  ASSERT_LT(replica(kWest).disk.log.size(), replica(kWest1).disk.log.size());
  lab.crash(kEast);
  lab.run_for(30_s);
  EXPECT_EQ(primaries(), Names{kWest1});
  EXPECT_TRUE(lab.lost("accounts").empty());
  EXPECT_EQ(replica(kWest).disk.log.size(), replica(kWest1).disk.log.size());
}

TEST_F(PrimaryBackupFailover, an_election_waits_for_nobody_who_is_out_of_reach) {
  build({"east", "west", "west"});
  lab.cut({{"east", kWest1}, {kWest, kMonitor}});
  lab.run_for(25_s);
  EXPECT_TRUE(lab.world.role(lab.node(kWest)) == "primary");
  const std::vector<Time> began = times_of(Purpose("election began"));
  const std::vector<Time> promoted = times_of(Purpose("promoted"));
  ASSERT_EQ(promoted.size(), 1u);
  EXPECT_LE(promoted[0] - began[0], 100_ms) << "a sync and a round trip in the region";
}

TEST_F(PrimaryBackupFailover, a_primary_that_restarts_is_elected_again_in_a_new_epoch) {
  build();
  const std::vector<OperationId> written = write_for(alice, 2_s);
  lab.crash(kEast);
  lab.run_for(100_ms);
  lab.restart(kEast);
  lab.run_for(3_s);
  EXPECT_EQ(primaries(), Names{kEast});
  EXPECT_EQ(replica(kEast).memory.epoch, Epoch{2});
  EXPECT_EQ(count(written, Outcome::ok), written.size());
  EXPECT_TRUE(lab.lost("accounts").empty());
  expect_converged_within(5_s);
}

TEST_F(PrimaryBackupFailover, waits_for_its_monitor_when_both_restart) {
  build();
  write_for(alice, 2_s);
  lab.crash(kMonitor);
  lab.crash(kEast);
  lab.run_for(1_s);
  lab.restart(kEast);
  lab.run_for(60_s);
  EXPECT_TRUE(primaries().empty()) << "only the monitor begins epochs";
  lab.restart(kMonitor);
  lab.run_for(5_s);
  EXPECT_EQ(primaries(), Names{kEast});
  expect_converged_within(5_s);
  EXPECT_TRUE(lab.lost("accounts").empty());
}

// A backup that received an update whose acknowledgement never came back is promoted: it answers
// the client's retry when the update is safe again, and not before.
TEST_F(PrimaryBackupFailover, a_new_primary_does_not_vouch_for_what_only_it_has) {
  options.acknowledge = Acknowledge::semi_sync;
  options.fallback_after.reset();
  lab = Lab({"east", "west", "north"});
  build();
  const NodeId carol = lab.add_person("carol", "north", "accounts", Routing::nearest,
                                      {.deadline = 90_s, .answer_within = 1_s});
  lab.begin(Verb::cut_one_way, {{"west"}, {"east"}});
  const OperationId written = write(carol);
  lab.run_for(60_s);
  ASSERT_EQ(replica(kWest).disk.log.size(), 1u);
  ASSERT_EQ(lab.world.role(lab.node(kWest)), "primary");
  EXPECT_EQ(lab.outcome(written), std::nullopt);
  lab.heal();
  lab.run_for(10_s);
  EXPECT_EQ(lab.outcome(written), Outcome::ok);
  EXPECT_EQ(replica(kWest).disk.log.size(), 1u) << "it was not recorded again";
  expect_converged_within(0_s);
}

}  // namespace
}  // namespace cleave::models::store::primary_backup
