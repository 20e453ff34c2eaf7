// Who stamps a write, and whose clock then decides which of two writes wins.
#include "models/store/cassandra/hybrid_clock.h"
#include "tests/store/cassandra_stories.h"

#include <string>

namespace cleave::models::store::cassandra {
namespace {

constexpr Duration kWrite = 300_ms;  // longer than one takes

struct Stamped : Cassandra {
  Stamped() { options.write = options.read = Level::quorum; }
  void set_ahead(const std::string& who, Duration by, Duration lasts = 1000_s) {
    Fault fault = lab.make_fault(Verb::skew, {{who}});
    fault.duration = by;
    fault.lasts = lasts;
    lab.begin(std::move(fault));
  }
  std::string shown() {
    const OperationId read = look(bob);
    lab.run_for(kWrite);
    EXPECT_EQ(lab.outcome(read), Outcome::ok);
    return value(read);
  }
  bool is_held_everywhere(OperationId update) const {
    return lab.world.ledger().holders({}, update) == 3;
  }
};

// Alice writes by a clock that is ahead, or asks a node that has one; Bob sees it, and writes.
struct Row {
  const char* name;
  Timestamps timestamps;
  Level level;
  const char* whose;  // clock is ahead
  Duration by;
  Duration most;     // max_clock_offset
  const char* last;  // what all see in the end
  Outcome first = Outcome::ok;
};
constexpr const char* kEast = "accounts/east/0";

class ClockThatIsAhead : public Stamped, public ::testing::WithParamInterface<Row> {};

TEST_P(ClockThatIsAhead, decides_where_it_stamps) {
  const Row& row = GetParam();
  options.timestamps = row.timestamps;
  options.write = options.read = row.level;
  options.max_clock_offset = row.most;
  build();
  set_ahead(row.whose, row.by);
  const OperationId x = say(alice, "X");
  lab.run_for(kWrite);
  EXPECT_EQ(lab.outcome(x), row.first);
  EXPECT_EQ(shown(), row.first == Outcome::ok ? "X" : "");
  const OperationId y = say(bob, "Y");
  lab.run_for(kWrite);
  EXPECT_EQ(lab.outcome(y), Outcome::ok);
  EXPECT_EQ(shown(), row.last);
  expect_converged_within(1_s);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ClockThatIsAhead,
    ::testing::Values(
        Row{"coordinator_by_its_node", Timestamps::coordinator, Level::quorum, kEast, 20_s, 1_s,
            "X"},
        Row{"coordinator_not_by_the_client", Timestamps::coordinator, Level::quorum, "Alice", 20_s,
            1_s, "Y"},
        Row{"client_by_its_own", Timestamps::client, Level::quorum, "Alice", 20_s, 1_s, "X"},
        Row{"client_not_by_the_node", Timestamps::client, Level::quorum, kEast, 20_s, 1_s, "Y"},
        Row{"hybrid_knows_what_was_before", Timestamps::hybrid, Level::quorum, kEast, 900_ms, 1_s,
            "Y"},
        Row{"hybrid_and_is_dragged_along", Timestamps::hybrid, Level::quorum, kEast, 20_s, 60_s,
            "Y"},
        Row{"hybrid_refuses_what_is_too_far", Timestamps::hybrid, Level::quorum, kEast, 20_s, 1_s,
            "Y", Outcome::unavailable},
        Row{"hybrid_not_by_the_client", Timestamps::hybrid, Level::quorum, "Alice", 20_s, 1_s, "Y"},
        Row{"serial_by_ballots", Timestamps::coordinator, Level::serial, kEast, 20_s, 1_s, "Y"},
        Row{"serial_by_ballots_of_clients_too", Timestamps::client, Level::serial, "Alice", 20_s,
            1_s, "Y"},
        Row{"serial_by_hybrid_ballots", Timestamps::hybrid, Level::serial, kEast, 900_ms, 1_s, "Y"},
        Row{"serial_refuses_ballots_too", Timestamps::hybrid, Level::serial, kEast, 20_s, 1_s, "Y",
            Outcome::unavailable}),
    [](const auto& test) { return test.param.name; });

// ---- the client's clock -------------------------------------------------------------------------

// What Alice wrote is everywhere, but no answer reaches her; she tries again after Bob has written.
struct Retry {
  const char* name;
  Timestamps timestamps;
  const char* last;
};
class RetriedWrite : public Stamped, public ::testing::WithParamInterface<Retry> {};

TEST_P(RetriedWrite, is_the_same_write_if_its_client_stamped_it) {
  options.timestamps = GetParam().timestamps;
  build();
  const Patience patience{.deadline = 20_s, .answer_within = 2_s};
  alice = lab.add_person("patient", "east", "accounts", Routing::nearest, patience);
  look(alice);
  lab.run_for(1_s);
  const OperationId x = say(alice, "X");
  lab.run_for(10_ms);
  lab.cut({{"patient"}, {path("east"), path("west"), path("north")}});
  lab.run_for(1_s);
  ASSERT_TRUE(is_held_everywhere(x));
  ASSERT_FALSE(lab.recorder.completed.contains(x));
  say(bob, "Y");
  lab.run_for(kWrite);
  lab.crash(path("east"));  // and its answer with it
  lab.heal();
  lab.run_for(15_s);
  EXPECT_EQ(lab.outcome(x), Outcome::ok);
  EXPECT_EQ(shown(), GetParam().last);
}

INSTANTIATE_TEST_SUITE_P(Rows, RetriedWrite,
                         ::testing::Values(Retry{"coordinator", Timestamps::coordinator, "X"},
                                           Retry{"client", Timestamps::client, "Y"},
                                           Retry{"hybrid", Timestamps::hybrid, "X"}),
                         [](const auto& test) { return test.param.name; });

TEST_F(Stamped, a_deletion_by_a_late_client_deletes_nothing) {
  options.timestamps = Timestamps::client;
  build();
  set_ahead("Bob", Duration{} - 20_s);
  act(alice, ObjectType::set, Action::add, "milk");
  lab.run_for(kWrite);
  const OperationId removal = act(bob, ObjectType::set, Action::remove, "milk");
  lab.run_for(kWrite);
  const OperationId read = act(alice, ObjectType::set, Action::read);
  lab.run_for(kWrite);
  EXPECT_EQ(lab.outcome(removal), Outcome::ok);
  EXPECT_EQ(value(read), "milk");
}

// ---- hybrid clocks ------------------------------------------------------------------------------

TEST(HybridClock, is_one_number_after_all_that_it_saw) {
  struct Given {
    Timestamp last, wall, next;
  };
  for (const Given& given : {
           Given{0, 5000, 4096},         // the physical part alone
           Given{4096, 5000, 4097},      // the logical part, within one of them
           Given{4096, 5119, 4097},      //
           Given{4096, 5120, 5120},      // and anew
           Given{90'000, 5000, 90'001},  // what was seen is ahead
           Given{5119, 5000, 5120},      // a full logical part
       })
    EXPECT_EQ(hybrid_timestamp(given.last, given.wall), given.next)
        << given.last << ", " << given.wall;
}

// Nobody has compared clocks yet, so the node in the east does not know that its own is off.
TEST_F(Stamped, replicas_refuse_what_is_too_far_ahead) {
  options.timestamps = Timestamps::hybrid;
  options.gossip_every = 100_s;
  build();
  set_ahead(kEast, 20_s);
  const OperationId x = say(alice, "X");
  lab.run_for(kWrite);
  EXPECT_EQ(lab.outcome(x), Outcome::unknown) << "the node itself has it";
  EXPECT_EQ(lab.answer(x).reason, Reason::clock);
  EXPECT_LT(took(x), 100_ms) << "they say so, and are not waited for";
  EXPECT_EQ(lab.recorder.facts_named(Purpose("timestamp refused")).size(), 2u);
  EXPECT_EQ(shown(), "");
  lab.run_for(40_s);
  EXPECT_EQ(lab.world.ledger().holders({}, x), 1u) << "no hint brings it when its time has come";
}

TEST_F(Stamped, acceptors_refuse_ballots_that_are_too_far_ahead) {
  options.timestamps = Timestamps::hybrid;
  options.write = Level::serial;
  options.gossip_every = 100_s;
  build();
  set_ahead(kEast, 20_s);
  const OperationId x = say(alice, "X");
  lab.run_for(5_s);
  EXPECT_EQ(lab.outcome(x), Outcome::unknown);
  EXPECT_EQ(lab.world.ledger().holders({}, x), 0u);
}

// A quorum of the east and one other has an acknowledged write that is too late for the third.
TEST_F(Stamped, a_read_fails_rather_than_misses_what_it_does_not_believe) {
  options.timestamps = Timestamps::hybrid;
  options.gossip_every = 100_s;
  options.max_clock_offset = 1_s;
  options.read_repair = ReadRepair::none;  // which would wait for a node that refuses
  build();
  set_ahead(path("west"), Duration{} - 20_s);
  const OperationId x = say(alice, "X");
  lab.run_for(kWrite);
  ASSERT_EQ(lab.outcome(x), Outcome::ok);
  ASSERT_EQ(lab.world.ledger().holders({}, x), 2u);
  const OperationId read = look(bob);
  lab.run_for(8_s);
  EXPECT_EQ(lab.outcome(read), Outcome::unavailable);
}

TEST_F(Stamped, a_hint_waits_until_it_is_believed) {
  options.timestamps = Timestamps::hybrid;
  options.gossip_every = 100_s;
  build();
  set_ahead(path("west"), Duration{} - 20_s, 15_s);
  const OperationId x = say(alice, "X");
  lab.run_for(10_s);
  ASSERT_EQ(lab.outcome(x), Outcome::ok);
  EXPECT_EQ(lab.world.ledger().holders({}, x), 2u) << "hints are delivered, and refused";
  lab.run_for(10_s);
  EXPECT_TRUE(is_held_everywhere(x));
}

TEST_F(Stamped, a_client_carries_to_another_node_what_it_saw) {
  options.timestamps = Timestamps::hybrid;
  options.write = Level::one;
  options.read = Level::all;
  options.max_clock_offset = 60_s;
  build();
  const Patience patience{.deadline = 20_s, .answer_within = 1_s};
  alice = lab.add_person("patient", "east", "accounts", Routing::nearest, patience);
  set_ahead(kEast, 30_s);
  lab.cut({{kEast}, {path("west"), path("north")}});
  const OperationId x = say(alice, "X");
  lab.run_for(kWrite);
  ASSERT_EQ(lab.outcome(x), Outcome::ok);
  ASSERT_EQ(lab.world.ledger().holders({}, x), 1u);
  lab.crash(kEast);
  const OperationId y = say(alice, "Y");
  lab.run_for(5_s);
  ASSERT_EQ(lab.outcome(y), Outcome::ok);
  lab.heal();
  lab.restart(kEast);
  lab.run_for(20_s);
  EXPECT_EQ(shown(), "Y");
  EXPECT_EQ(lab.world.ledger().holders({}, x), 1u) << "which is still there, and overwritten";
}

// Its ballot has the timestamp of what it writes, and may be before that of what it read.
TEST_F(Stamped, a_transaction_comes_after_the_plain_write_that_it_saw) {
  for (const auto& [timestamps, last] :
       {std::pair{Timestamps::coordinator, "X"}, std::pair{Timestamps::hybrid, "Y"}}) {
    options.timestamps = timestamps;
    options.max_clock_offset = 1_s;
    build();
    set_ahead(kEast, 900_ms);
    say(alice, "X");
    lab.run_for(100_ms);
    const OperationId seen = look(bob);
    lab.run_for(100_ms);
    Request request =
        lab.request("accounts", ObjectType::reg, Action::compare_and_set, "name", "Y");
    request.version = lab.answer(seen).version;
    const OperationId swapped = lab.ask(bob, std::move(request));
    lab.run_for(kWrite);
    EXPECT_EQ(lab.outcome(swapped), Outcome::ok);
    EXPECT_EQ(shown(), last);
  }
}

TEST_F(Stamped, a_watermark_is_no_time) {
  options.timestamps = Timestamps::hybrid;
  build();
  const std::int64_t far = kEpoch * 1000;
  const OperationId raised = act(alice, ObjectType::max_register, Action::raise, {}, far);
  lab.run_for(kWrite);
  EXPECT_EQ(lab.outcome(raised), Outcome::ok);
  EXPECT_LT(replica("east").memory.last_timestamp, kEpoch * 2);
  const OperationId written = say(alice, "X");
  lab.run_for(kWrite);
  EXPECT_EQ(lab.outcome(written), Outcome::ok);
}

// A clock that was set back waits until it is where it was: else it would stamp what nobody
// believes.
TEST_F(Stamped, a_node_that_was_dragged_along_and_then_set_back_stamps_nothing) {
  options.timestamps = Timestamps::hybrid;
  options.max_clock_offset = 1_s;
  build({"east"});
  lab.run_for(10_s);
  say(alice, "X");
  lab.run_for(kWrite);
  set_ahead(kEast, Duration{} - 5_s);
  const OperationId early = say(bob, "Y");  // who carries nothing that the node told
  lab.run_for(5_s);
  const OperationId later = say(alice, "Z");
  lab.run_for(kWrite);
  EXPECT_EQ(lab.outcome(early), Outcome::unavailable);
  EXPECT_EQ(lab.answer(early).reason, Reason::clock);
  EXPECT_EQ(lab.outcome(later), Outcome::ok);
}

// What it acknowledged before the crash must not hide what it is told after it.
TEST_F(Stamped, a_node_that_restarts_with_its_clock_set_back_stamps_nothing_below_its_disk) {
  options.timestamps = Timestamps::hybrid;
  options.commitlog_sync = CommitLogSync::batch;
  build({"east"});
  lab.run_for(10_s);
  const OperationId x = say(alice, "X");
  lab.run_for(kWrite);
  ASSERT_EQ(lab.outcome(x), Outcome::ok);
  lab.crash(kEast);
  set_ahead(kEast, Duration{} - 5_s);
  lab.restart(kEast);
  lab.run_for(1_s);
  const OperationId early = say(bob, "Y");
  lab.run_for(1_s);
  EXPECT_EQ(lab.outcome(early), Outcome::unavailable);
  lab.run_for(5_s);
  const OperationId later = say(bob, "Z");
  lab.run_for(1_s);
  EXPECT_EQ(lab.outcome(later), Outcome::ok);
  EXPECT_EQ(shown(), "Z");
}

// It remembers how its clock was to those whom it cannot ask now.
TEST_F(Stamped, a_node_that_is_cut_off_notices_that_its_clock_jumps) {
  options.timestamps = Timestamps::hybrid;
  options.write = Level::one;
  build();
  lab.run_for(10_s);
  lab.cut({{kEast}, {path("west"), path("north")}});
  lab.run_for(60_s);
  set_ahead(kEast, 3600_s);
  const OperationId x = say(alice, "X");
  lab.run_for(kWrite);
  EXPECT_EQ(lab.outcome(x), Outcome::unavailable);
  EXPECT_EQ(lab.answer(x).reason, Reason::clock);
}

// A transaction that begins again asks again whether its node may stamp: a ballot that is far ahead
// would be one that others have to outbid.
TEST_F(Stamped, a_clock_that_jumps_during_a_transaction_is_in_nobodys_way_afterwards) {
  options.timestamps = Timestamps::hybrid;
  options.write = options.read = Level::serial;
  build();
  lab.run_for(10_s);
  for (int i = 0; i < 20; ++i) {  // which contend, and begin again
    say(alice, "X");
    say(bob, "Y");
    if (i == 5) set_ahead(kEast, 200_s, 5_s);
    lab.run_for(100_ms);
  }
  lab.run_for(10_s);
  const OperationId last = say(alice, "Z");
  lab.run_for(2_s);
  EXPECT_EQ(lab.outcome(last), Outcome::ok);
  EXPECT_EQ(shown(), "Z");
}

}  // namespace
}  // namespace cleave::models::store::cassandra
