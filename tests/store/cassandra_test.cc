// Stories of one Cassandra store: levels, hints, read repair, failure detectors, commit logs.
#include "tests/store/cassandra_stories.h"

namespace cleave::models::store::cassandra {
namespace {

TEST_F(Cassandra, serves_both_sides_of_a_cut_at_one_and_converges_by_hints) {
  build();
  cut_off("east");
  const OperationId in_east = say(alice, "from the east");
  const OperationId in_west = say(bob, "from the west");
  lab.run_for(1_s);
  EXPECT_EQ(lab.outcome(in_east), Outcome::ok);
  EXPECT_EQ(lab.outcome(in_west), Outcome::ok);
  EXPECT_LT(took(in_east), 20_ms) << "nobody far away is waited for";
  lab.run_for(9_s);
  EXPECT_FALSE(lab.converged("accounts"));
  lab.heal();
  expect_converged_within(10_s);
  const OperationId read = look(alice);
  lab.run_for(1_s);
  EXPECT_EQ(value(read), "from the west") << "of equal timestamps the larger value wins";
}

TEST_F(Cassandra, refuses_before_it_sends_anything_when_too_few_are_up) {
  options.write = options.read = Level::quorum;
  build();
  cut_off("east");
  lab.run_for(10_s);
  EXPECT_FALSE(sees_up("east", "west"));
  const OperationId write = say(alice, "no");
  const OperationId read = look(alice);
  const OperationId other = say(bob, "yes");
  lab.run_for(5_s);
  EXPECT_EQ(lab.outcome(write), Outcome::unavailable);
  EXPECT_EQ(lab.answer(write).reason, Reason::no_leader);
  EXPECT_LT(took(write), 10_ms);
  EXPECT_EQ(lab.outcome(read), Outcome::unavailable);
  EXPECT_EQ(lab.outcome(other), Outcome::ok);
  EXPECT_EQ(lab.world.ledger().holders({}, write), 0u) << "not even here";
}

TEST_F(Cassandra, does_not_know_what_became_of_a_write_that_times_out) {
  options.write = Level::quorum;
  build();
  cut_off("east");
  const OperationId write = say(alice, "perhaps");  // nobody is taken to be down yet
  lab.run_for(4_s);
  EXPECT_EQ(lab.outcome(write), Outcome::unknown);
  EXPECT_GE(took(write), options.write_request_timeout);
  EXPECT_EQ(lab.world.ledger().holders({}, write), 1u);
  lab.heal();
  lab.run_for(10_s);
  EXPECT_EQ(lab.world.ledger().holders({}, write), 3u) << "hints bring it to the others";
}

TEST_F(Cassandra, takes_the_later_timestamp_whatever_the_order_of_arrival) {
  build();
  lab.begin([&] {
    Fault fault = lab.make_fault(Verb::skew, {{path("west")}});
    fault.duration = Duration{} - 5_s;
    return fault;
  }());
  const OperationId first = say(alice, "first");
  lab.run_for(1_s);
  const OperationId second = say(bob, "second");  // by a clock that is late
  lab.run_for(1_s);
  const OperationId read = look(bob);
  lab.run_for(1_s);
  EXPECT_EQ(lab.outcome(first), Outcome::ok);
  EXPECT_EQ(lab.outcome(second), Outcome::ok);
  EXPECT_EQ(value(read), "first") << "what was acknowledged later has the earlier timestamp";
  expect_converged_within(1_s);
  EXPECT_TRUE(lab.lost("accounts").empty()) << "an update that is overwritten is held";
}

TEST_F(Cassandra, has_its_own_opinion_of_who_is_up) {
  build();
  lab.cut({{"east"}, {"west"}});  // north sees both
  lab.run_for(30_s);
  EXPECT_TRUE(sees_up("east", "west")) << "heartbeats go around by way of the north";
  lab.cut({{"east"}, {"north"}});
  lab.run_for(30_s);
  EXPECT_FALSE(sees_up("east", "west"));
  EXPECT_FALSE(sees_up("west", "east"));
  EXPECT_TRUE(sees_up("north", "west"));
  lab.heal();
  lab.run_for(10_s);
  for (const std::string& a : regions())
    for (const std::string& b : others(a))
      EXPECT_TRUE(sees_up(a, b)) << a << " of " << b;
}

TEST_F(Cassandra, convicts_after_a_silence_of_so_many_mean_intervals) {
  build();
  lab.run_for(60_s);
  cut_off("east");
  const Time cut = lab.world.now();
  Duration took;
  while (sees_up("west", "east") && took < 60_s) {
    lab.run_for(100_ms);
    took = lab.world.now() - cut;
  }
  // Three nodes: each hears of each about once an interval of 200 ms; phi 8 is 18.4 of them.
  EXPECT_GT(took, 2_s);
  EXPECT_LT(took, 8_s);
}

TEST_F(Cassandra, keeps_hints_for_as_long_as_the_window_lasts) {
  options.max_hint_window = 20_s;
  build();
  lab.crash(path("north"));
  lab.run_for(10_s);  // taken to be down
  const OperationId early = say(alice, "early");
  lab.run_for(30_s);
  const OperationId late = say(alice, "late");
  lab.run_for(1_s);
  lab.restart(path("north"));
  lab.run_for(20_s);
  EXPECT_EQ(lab.world.ledger().holders({}, early), 3u);
  EXPECT_EQ(lab.world.ledger().holders({}, late), 2u) << "nothing brings it there";
  EXPECT_FALSE(lab.converged("accounts"));
}

// With the defaults of Cassandra: a node is down for so long, a write comes every minute, and what
// it lacks in the end is what was written after the window of three hours.
TEST_F(Cassandra, lacks_just_what_was_written_after_the_hint_window) {
  for (const int hours : {2, 4}) {
    options = {};
    options.write = Level::quorum;
    options.gossip_every = 5_s;
    build();
    lab.crash(path("north"));
    std::vector<OperationId> written;
    for (int minute = 0; minute < hours * 60; ++minute) {
      written.push_back(lab.write(alice, "accounts", "row " + std::to_string(minute), "value"));
      lab.run_for(60_s);
    }
    EXPECT_EQ(count(written, Outcome::ok), written.size());
    lab.restart(path("north"));
    lab.run_for(600_s);
    const UpdateSet& held = lab.world.ledger().held({}, lab.node(path("north")));
    std::size_t lacks = 0;
    for (const OperationId id : written)
      lacks += held.contains(id) ? 0u : 1u;
    // It is taken to be down a minute or two after it went down, and the window begins then.
    EXPECT_GE(lacks, hours == 2 ? 0u : 57u);
    EXPECT_LE(lacks, hours == 2 ? 0u : 60u);
  }
}

// A coordinator that restarts has forgotten since when a node is down, and not when its oldest hint
// was written.
TEST_F(Cassandra, measures_the_window_from_the_oldest_hint_if_it_is_persistent) {
  for (const bool persistent : {true, false}) {
    options.max_hint_window = 20_s;
    options.persistent_hint_window = persistent;
    build();
    lab.crash(path("north"));
    lab.run_for(10_s);
    say(alice, "early");
    lab.run_for(15_s);
    lab.crash(path("east"));
    lab.restart(path("east"));
    lab.run_for(10_s);
    look(alice);  // finds her connection broken
    lab.run_for(1_s);
    const OperationId late = say(alice, "late");
    lab.run_for(1_s);
    EXPECT_EQ(lab.outcome(late), Outcome::ok);
    EXPECT_EQ(replica("east").disk.hints.rows().size(), persistent ? 1u : 2u);
  }
}

TEST_F(Cassandra, delivers_hints_no_faster_than_the_throttle_says) {
  options.hint_throttle = Bytes{400};  // a second, for two others
  build();
  lab.crash(path("north"));
  lab.run_for(10_s);
  for (int i = 0; i < 30; ++i)
    lab.write(alice, "accounts", "row " + std::to_string(i), "12");  // 50 bytes
  lab.run_for(1_s);
  const auto waiting = [this] { return replica("east").disk.hints.rows().size(); };
  EXPECT_EQ(waiting(), 30u);
  lab.restart(path("north"));
  while (!sees_up("east", "north"))
    lab.run_for(50_ms);
  lab.run_for(2_s);
  EXPECT_GE(waiting(), 18u) << "two a turn of half a second";
  EXPECT_LE(waiting(), 28u);
  lab.run_for(20_s);
  EXPECT_EQ(waiting(), 0u);
}

TEST_F(Cassandra, loses_hints_with_the_disk_of_their_coordinator) {
  options.commitlog_sync = CommitLogSync::periodic;
  build();
  lab.crash(path("north"));
  lab.run_for(10_s);
  const OperationId write = say(alice, "only there");
  lab.run_for(200_ms);
  EXPECT_EQ(replica("east").disk.hints.rows().size(), 1u);
  lab.begin(Verb::lose_unsynced, {{path("east")}});  // before hints were flushed
  lab.restart(path("east"));
  EXPECT_EQ(replica("east").disk.hints.rows().size(), 0u);
  lab.restart(path("north"));
  lab.run_for(20_s);
  EXPECT_EQ(lab.world.ledger().holders({}, write), 1u);
}

TEST_F(Cassandra, delivers_no_hints_while_their_coordinator_is_down) {
  build();
  lab.crash(path("north"));
  lab.run_for(10_s);
  const OperationId write = say(alice, "later");
  lab.run_for(2_s);
  lab.crash(path("east"));
  lab.restart(path("north"));
  lab.run_for(20_s);
  EXPECT_EQ(lab.world.ledger().holders({}, write), 2u);
  lab.restart(path("east"));
  lab.run_for(20_s);
  EXPECT_EQ(lab.world.ledger().holders({}, write), 3u);
}

TEST_F(Cassandra, repairs_what_it_reads) {
  options.hinted_handoff = false;
  options.write = Level::one;
  options.read = Level::all;
  build();
  cut_off("east");
  lab.run_for(10_s);  // the others are taken to be down
  const OperationId write = say(alice, "alone");
  lab.run_for(3_s);
  lab.heal();
  lab.run_for(20_s);
  EXPECT_EQ(lab.world.ledger().holders({}, write), 1u);
  const OperationId read = look(bob);
  lab.run_for(2_s);
  EXPECT_EQ(value(read), "alone");
  EXPECT_EQ(lab.world.ledger().holders({}, write), 3u);
  EXPECT_GT(took(read), 110_ms) << "the read waits for the repair: three round trips";
}

TEST_F(Cassandra, leaves_replicas_apart_without_read_repair) {
  options.hinted_handoff = false;
  options.read = Level::all;
  options.read_repair = ReadRepair::none;
  build();
  cut_off("east");
  lab.run_for(10_s);  // the others are taken to be down
  const OperationId write = say(alice, "alone");
  lab.run_for(3_s);
  lab.heal();
  lab.run_for(20_s);
  const OperationId read = look(bob);
  lab.run_for(2_s);
  EXPECT_EQ(value(read), "alone");
  EXPECT_EQ(lab.world.ledger().holders({}, write), 1u);
}

TEST_F(Cassandra, shows_a_failed_write_and_then_not_without_read_repair) {
  for (const ReadRepair repair : {ReadRepair::none, ReadRepair::blocking}) {
    options.hinted_handoff = false;
    options.write = options.read = Level::quorum;
    options.read_repair = repair;
    options.speculative_retry = Speculation::none;
    build();
    cut_off("east");
    const OperationId write = say(alice, "unsure");
    lab.run_for(4_s);
    EXPECT_EQ(lab.outcome(write), Outcome::unknown);
    lab.heal();
    lab.run_for(20_s);
    const OperationId seen = look(alice);  // east and one other
    lab.run_for(2_s);
    lab.crash(path("east"));
    const OperationId again = look(bob);  // the others
    lab.run_for(8_s);
    EXPECT_EQ(value(seen), "unsure");
    EXPECT_EQ(value(again), repair == ReadRepair::blocking ? "unsure" : "")
        << "monotonic quorum reads are what blocking read repair is for";
  }
}

TEST_F(Cassandra, loses_what_its_commit_log_had_not_synced) {
  for (const CommitLogSync sync : {CommitLogSync::periodic, CommitLogSync::batch}) {
    options.commitlog_sync = sync;
    options.write = Level::all;
    build();
    const OperationId write = say(alice, "safe?");
    lab.run_for(1_s);
    EXPECT_EQ(lab.outcome(write), Outcome::ok);
    for (const std::string& region : regions()) {
      lab.begin(Verb::lose_unsynced, {{path(region)}});
      lab.restart(path(region));
    }
    lab.run_for(10_s);
    EXPECT_EQ(lab.lost("accounts").size(), sync == CommitLogSync::periodic ? 1u : 0u);
  }
}

TEST_F(Cassandra, waits_at_each_level_for_whom_it_says) {
  struct Row {
    Level level;
    Duration at_least;
    Duration below;
  };
  const Names nine{"east", "east", "east", "west", "west", "west", "north", "north", "north"};
  for (const Row& row : {Row{Level::one, 0_ms, 10_ms}, Row{Level::local_quorum, 0_ms, 20_ms},
                         Row{Level::quorum, 40_ms, 60_ms}, Row{Level::each_quorum, 40_ms, 60_ms},
                         Row{Level::all, 40_ms, 60_ms}}) {
    options.write = row.level;
    build(nine);
    const OperationId write = say(alice, "there and back");
    lab.run_for(1_s);
    EXPECT_EQ(lab.outcome(write), Outcome::ok);
    EXPECT_GE(took(write), row.at_least) << to_string(row.level);
    EXPECT_LT(took(write), row.below) << to_string(row.level);
    EXPECT_EQ(lab.world.ledger().holders({}, write), 9u) << "it goes to all at any level";
  }
}

TEST_F(Cassandra, reads_as_its_client_asks) {
  options.write = Level::one;
  build();
  cut_off("east");
  say(bob, "news");
  lab.run_for(5_s);
  const OperationId eventual = look(alice, Consistency::eventual);
  const OperationId strong = look(alice, Consistency::strong);
  lab.run_for(8_s);
  EXPECT_EQ(lab.outcome(eventual), Outcome::ok);
  EXPECT_EQ(value(eventual), "");
  EXPECT_EQ(lab.outcome(strong), Outcome::unavailable);
}

TEST_F(Cassandra, asks_one_more_replica_when_a_read_is_late) {
  options.read = Level::two;
  options.speculative_retry = Speculation::fixed;
  options.speculative_after = 60_ms;
  build({"east", "west", "north"});
  for (int i = 0; i < 3; ++i) {
    lab.cut({{"east"}, {i == 0 ? "west" : "north"}});
    const OperationId read = look(alice);
    lab.run_for(3_s);
    EXPECT_EQ(lab.outcome(read), Outcome::ok) << "the other one answers";
    lab.heal();
    lab.run_for(5_s);
  }
}

TEST_F(Cassandra, stores_a_key_where_the_ring_says) {
  replication = {{"east", 2}, {"west", 1}};
  build({"east", "east", "east", "west", "west"});
  std::set<NodeId> holders;
  for (int i = 0; i < 40; ++i) {
    const OperationId write = lab.write(alice, "accounts", "key " + std::to_string(i), "value");
    lab.run_for(500_ms);
    EXPECT_EQ(lab.outcome(write), Outcome::ok);
    EXPECT_EQ(lab.world.ledger().holders({}, write), 3u);
    for (const NodeId node : lab.replicas("accounts"))
      if (lab.world.ledger().held({}, node).contains(write)) holders.insert(node);
  }
  EXPECT_EQ(holders.size(), 5u) << "every node has its share";
}

}  // namespace
}  // namespace cleave::models::store::cassandra
