// What a primary-backup store does with updates: acknowledging, recovering, resynchronising.
#include "tests/store/primary_backup_stories.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cleave::models::store::primary_backup {
namespace {

using support::Lab;

TEST_F(PrimaryBackup, a_write_in_one_region_is_read_in_the_other) {
  build();
  const OperationId written = lab.write(alice, "accounts", "name", "Alice");
  lab.run_for(2_s);
  const OperationId read = lab.read(bob, "accounts", "name");
  lab.run_for(2_s);
  EXPECT_EQ(lab.outcome(written), Outcome::ok);
  ASSERT_EQ(lab.outcome(read), Outcome::ok);
  EXPECT_EQ(lab.answer(read).values.at(0).bytes(), "Alice");
  EXPECT_EQ(primaries(), Names{kEast});
  expect_converged_within(0_s);
}

// Else a backup would have what its primary, after a crash, does not know of.
TEST_F(PrimaryBackup, ships_nothing_that_a_crash_could_take_from_its_own_disk) {
  build();
  write(alice);
  lab.run_for(1_s);
  const OperationId synced = write(alice);  // with the primary after 1 ms, on its disk after 3
  lab.run_for(1_ms);
  const OperationId unsynced = write(alice);  // arrives while that sync is under way
  lab.run_for(3_ms);
  lab.begin(Verb::lose_unsynced, {{kEast}});
  lab.run_for(1_s);
  const UpdateSet& held = lab.world.ledger().held(StoreId{0}, lab.node(kWest));
  EXPECT_TRUE(held.contains(synced));
  EXPECT_FALSE(held.contains(unsynced));
}

// ---- semi-sync ----------------------------------------------------------------------------------

TEST_F(PrimaryBackup, semi_sync_takes_a_round_trip_and_async_does_not) {
  for (const Acknowledge acknowledge : {Acknowledge::async, Acknowledge::semi_sync}) {
    lab = Lab({"east", "west"});
    options.acknowledge = acknowledge;
    build();
    write(alice);
    lab.run_for(2_s);
    const OperationId id = write(alice);
    lab.run_for(2_s);
    const Duration took = lab.recorder.completed.at(id).at - lab.recorder.invoked.at(id).at;
    // 1 ms each way to the primary and 2 ms for its disk; then 40 ms each way and 2 ms for another.
    EXPECT_EQ(took, acknowledge == Acknowledge::async ? 4_ms : 86_ms);
  }
}

TEST_F(PrimaryBackup, acks_says_how_many_backups_must_have_it) {
  options.acknowledge = Acknowledge::semi_sync;
  options.fallback_after.reset();
  options.acks = 2;
  build({"east", "west", "west"});
  const OperationId both = write(alice);
  lab.run_for(1_s);
  EXPECT_EQ(lab.outcome(both), Outcome::ok);
  lab.crash(kWest1);
  const OperationId one = write(alice);
  lab.run_for(4_s);
  EXPECT_EQ(lab.outcome(one), std::nullopt);
  lab.restart(kWest1);
  lab.run_for(1_s);
  EXPECT_EQ(lab.outcome(one), Outcome::ok);
}

TEST_F(PrimaryBackup, semi_sync_falls_back_and_resumes_when_the_backup_has_caught_up) {
  options.acknowledge = Acknowledge::semi_sync;
  options.promote_after = 1000_s;
  build({"east", "west"}, "east");
  lab.cut({{"east"}, {"west"}});
  const Time cut = lab.world.now();
  const std::vector<OperationId> during = write_for(alice, 30_s);
  ASSERT_EQ(times_of(Purpose("semi-sync fell back to async")), std::vector<Time>{cut + 10_s + 3_ms})
      << "ten seconds after it had the first";
  EXPECT_GE(count(during, Outcome::ok), 248u) << "all but those that gave up before";
  lab.heal();
  lab.run_for(10_s);
  ASSERT_EQ(times_of(Purpose("semi-sync resumed")).size(), 1u);
  lab.cut({{"east"}, {"west"}});
  const OperationId again = write(alice);
  lab.run_for(4_s);
  EXPECT_EQ(lab.outcome(again), std::nullopt) << "it waits once more";
  lab.heal();
  expect_converged_within(10_s);
}

TEST_F(PrimaryBackup, a_read_at_the_primary_does_not_show_what_is_not_safe_yet) {
  options.acknowledge = Acknowledge::semi_sync;
  options.fallback_after.reset();
  build({"east", "west"}, "east");
  lab.cut({{"east"}, {"west"}});
  write(alice);
  lab.run_for(500_ms);
  const OperationId read = lab.read(alice, "accounts", "name");
  lab.run_for(1_s);
  ASSERT_EQ(lab.outcome(read), Outcome::ok);
  EXPECT_TRUE(lab.answer(read).values.empty());
}

// ---- reads --------------------------------------------------------------------------------------

TEST_F(PrimaryBackup, a_read_may_ask_for_more_or_less_than_the_store_is_configured_for) {
  build();
  write(alice);
  lab.run_for(1_s);
  const auto took = [this](OperationId id) {
    return lab.recorder.completed.at(id).at - lab.recorder.invoked.at(id).at;
  };
  const OperationId configured = lab.read(bob, "accounts", "name");
  lab.run_for(1_s);
  const OperationId eventual = lab.read(bob, "accounts", "name", Consistency::eventual);
  lab.run_for(1_s);
  const OperationId strong = lab.read(bob, "accounts", "name", Consistency::strong);
  lab.run_for(1_s);
  EXPECT_GE(took(configured), 80_ms);
  EXPECT_LE(took(eventual), 5_ms);
  EXPECT_GE(took(strong), 80_ms);
  EXPECT_EQ(lab.answer(eventual), lab.answer(strong));
}

// ---- disks --------------------------------------------------------------------------------------

TEST_F(PrimaryBackup, without_sync_a_crash_loses_what_was_acknowledged) {
  for (const Sync sync : {Sync::before_acknowledging, Sync::periodic}) {
    lab = Lab({"east", "west"});
    options.sync = sync;
    build({"east"});
    const std::vector<OperationId> written = write_for(alice, 2500_ms);
    lab.begin(Verb::lose_unsynced, {{kEast}});
    lab.run_for(1_s);
    lab.restart(kEast);
    lab.run_for(5_s);
    EXPECT_EQ(count(written, Outcome::ok), written.size());
    const std::size_t lost = lab.lost("accounts").size();
    if (sync == Sync::periodic) {
      EXPECT_GE(lost, 1u);
      EXPECT_LE(lost, 10u) << "those since the last heartbeat";
    } else {
      EXPECT_EQ(lost, 0u);
    }
  }
}

TEST_F(PrimaryBackup, a_torn_entry_is_dropped_and_fetched_again) {
  for (const std::string& who : {kEast, kWest}) {
    lab = Lab({"east", "west"});
    options.sync = Sync::periodic;  // so that there is something to tear
    build();
    write_for(alice, 2500_ms);
    lab.begin(Verb::torn_write, {{who}});
    ASSERT_TRUE(replica(who).disk.log.torn()) << who;
    lab.run_for(1_s);
    lab.restart(who);
    expect_converged_within(10_s);
    EXPECT_TRUE(lab.lost("accounts").empty()) << "the other replica had it";
  }
}

// A disk from the past comes back: as a backup it catches up, as a primary it is not elected.
TEST_F(PrimaryBackup, a_replica_that_was_restored_overwrites_nothing) {
  for (const std::string& who : {kEast, kWest}) {
    lab = Lab({"east", "west"});
    build();
    write_for(alice, 2_s);
    Fault backup = lab.make_fault(Verb::backup, {{who}});
    backup.target = "monday";
    lab.begin(backup);
    const std::vector<OperationId> since = write_for(alice, 2_s);
    lab.run_for(1_s);
    Fault restore = lab.make_fault(Verb::restore_backup, {{who}});
    restore.target = "monday";
    lab.begin(restore);
    ASSERT_LT(replica(who).disk.log.size(), since.size() * 2);
    expect_converged_within(10_s);
    EXPECT_EQ(primaries(), Names{who == kEast ? kWest : kEast});
    EXPECT_TRUE(lab.lost("accounts").empty());
    EXPECT_EQ(count(since, Outcome::ok), since.size());
  }
}

TEST_F(PrimaryBackup, a_primary_with_a_full_disk_refuses_and_a_backup_with_one_waits) {
  options.acknowledge = Acknowledge::semi_sync;
  options.fallback_after.reset();
  build();
  Fault full = lab.make_fault(Verb::disk_full, {{kEast}});
  full.lasts = 3_s;
  lab.begin(full);
  const OperationId refused = write(alice);
  lab.run_for(1_s);
  EXPECT_EQ(lab.outcome(refused), Outcome::refused);
  EXPECT_EQ(lab.answer(refused).reason, Reason::disk_full);
  lab.run_for(3_s);
  const OperationId written = write(alice);
  lab.run_for(1_s);
  EXPECT_EQ(lab.outcome(written), Outcome::ok);

  full = lab.make_fault(Verb::disk_full, {{kWest}});
  full.lasts = 3_s;
  lab.begin(full);
  const OperationId waiting = write(alice);
  lab.run_for(2500_ms);
  EXPECT_EQ(lab.outcome(waiting), std::nullopt);
  lab.run_for(2_s);
  EXPECT_EQ(lab.outcome(waiting), Outcome::ok);
  expect_converged_within(1_s);
}

TEST_F(PrimaryBackup, a_monitor_with_a_full_disk_promotes_nobody_until_there_is_room) {
  build();
  Fault full = lab.make_fault(Verb::disk_full, {{kMonitor}});
  full.lasts = 60_s;
  lab.begin(full);
  lab.crash(kEast);
  lab.run_for(55_s);
  EXPECT_TRUE(primaries().empty());
  lab.run_for(10_s);
  EXPECT_EQ(primaries(), Names{kWest});
}

// ---- resynchronisation --------------------------------------------------------------------------

TEST_F(PrimaryBackup, what_only_a_deposed_primary_has_is_discarded_or_kept_for_merge) {
  for (const Resync resync : {Resync::discard, Resync::keep}) {
    lab = Lab({"east", "west"});
    options.resync = resync;
    build();
    lab.cut({{"east"}, {"west"}});
    const std::vector<OperationId> in_east = write_for(alice, 3_s);
    lab.run_for(25_s);
    const std::vector<OperationId> in_west = write_for(bob, 1_s);
    lab.heal();
    expect_converged_within(5_s);
    EXPECT_EQ(lab.lost("accounts"), in_east);

    const bool keep = resync == Resync::keep;
    std::vector<std::uint64_t> expected;
    for (const OperationId id : in_east)
      expected.push_back(pack(id));
    std::vector<std::uint64_t> stated;
    for (const Fact& fact :
         lab.recorder.facts_named(keep ? facts::kKeptForMerge : Purpose("discarded at resync")))
      stated.push_back(fact.subject);
    EXPECT_EQ(stated, expected);
    EXPECT_EQ(replica(kEast).disk.kept.rows().size(), keep ? in_east.size() : 0u);
    EXPECT_TRUE(replica(kWest).disk.kept.rows().empty());

    std::vector<OperationId> retracted;
    for (const ReplicaUpdate& update : lab.recorder.updates)
      if (update.kind == ReplicaUpdate::Kind::retracted) retracted.push_back(update.update);
    EXPECT_EQ(retracted, in_east);
  }
}

TEST_F(PrimaryBackup, a_backup_that_missed_much_catches_up_in_order) {
  options.promote_after = 1000_s;
  build({"east", "west"}, "east");
  lab.cut({{"east"}, {"west"}});
  for (int i = 0; i < 6000; ++i)
    write(alice);
  lab.run_for(60_s);
  EXPECT_GT(replica(kEast).disk.log.size(), 5990u);
  lab.heal();
  expect_converged_within(10_s);
}

TEST(PrimaryBackupLogs, part_where_their_epochs_say) {
  struct Row {
    std::vector<EpochEnd> a, b;
    std::uint64_t parted;
  };
  const auto end = [](std::uint64_t epoch, std::uint64_t at) { return EpochEnd{Epoch{epoch}, at}; };
  for (const Row& row :
       {Row{{}, {}, 0}, Row{{end(1, 5)}, {}, 0}, Row{{end(1, 5)}, {end(1, 5)}, 5},
        Row{{end(1, 5)}, {end(1, 8)}, 5}, Row{{end(1, 5), end(2, 9)}, {end(1, 8)}, 5},
        Row{{end(1, 5), end(2, 9)}, {end(1, 5), end(2, 7), end(3, 12)}, 7},
        Row{{end(1, 5), end(3, 9)}, {end(1, 5), end(2, 9)}, 5}, Row{{end(2, 4)}, {end(3, 4)}, 0},
        Row{{end(1, 2), end(4, 9)}, {end(1, 3), end(2, 6), end(4, 7)}, 7}}) {
    EXPECT_EQ(common_prefix(row.a, row.b), row.parted);
    EXPECT_EQ(common_prefix(row.b, row.a), row.parted);
  }
}

TEST(PrimaryBackupLogs, know_where_each_epoch_ends) {
  DiskLog<Entry> log;
  EXPECT_TRUE(ends_of(log).empty());
  std::vector<EpochEnd> expected;
  for (const std::uint64_t epoch : {1, 2, 5, 6})
    for (std::uint64_t i = 0; i < epoch * 7; ++i) {
      log.append({Epoch{epoch}, {}});
      if (i == 0) expected.push_back({Epoch{epoch}, 0});
      expected.back().end = log.size();
      ASSERT_EQ(ends_of(log), expected);
    }
}

// ---- clients and versions -----------------------------------------------------------------------

TEST_F(PrimaryBackup, an_operation_that_is_retried_takes_effect_once) {
  options.acknowledge = Acknowledge::semi_sync;
  options.fallback_after.reset();
  build({"east", "west", "west"});
  write_for(alice, 1_s);  // her connection is open before the cut
  const std::size_t before = replica(kEast).disk.log.size();
  Request add = lab.request("accounts", ObjectType::counter, Action::add, "visits");
  add.number = 1;
  lab.begin(Verb::cut_one_way, {{kEast}, {"alice"}});  // she asks, and hears nothing
  const OperationId id = lab.ask(alice, add);
  lab.run_for(2500_ms);
  EXPECT_EQ(lab.outcome(id), std::nullopt);
  lab.heal();
  lab.run_for(2_s);
  EXPECT_EQ(lab.outcome(id), Outcome::ok);
  EXPECT_EQ(lab.answer(id).number, 1);
  EXPECT_EQ(replica(kEast).disk.log.size(), before + 1);
}

TEST_F(PrimaryBackup, goes_on_across_an_upgrade_and_keeps_the_versions_of_values) {
  build();
  write_for(alice, 1_s);
  for (const std::string& who : {kWest, kEast}) {
    Fault upgrade = lab.make_fault(Verb::upgrade, {{who}});
    upgrade.version = 2;
    lab.begin(upgrade);
    lab.run_for(3_s);
  }
  Request newer = lab.request("accounts", ObjectType::reg, Action::write, "new");
  newer.value = Blob(7, 2, "written by version 2");
  const OperationId written = lab.ask(alice, newer);
  lab.run_for(2_s);
  EXPECT_EQ(lab.outcome(written), Outcome::ok);
  const OperationId old_value = lab.read(bob, "accounts", "name");
  const OperationId new_value = lab.read(bob, "accounts", "new");
  lab.run_for(2_s);
  EXPECT_EQ(lab.answer(old_value).values.at(0).version(), 1u);
  EXPECT_EQ(lab.answer(new_value).values.at(0).version(), 2u);
  EXPECT_EQ(lab.answer(new_value).values.at(0).bytes(), "written by version 2");
  expect_converged_within(0_s);
  EXPECT_TRUE(lab.lost("accounts").empty());
}

}  // namespace
}  // namespace cleave::models::store::primary_backup
