// The four ways to read, each way: what it costs, and what a leader answers that is none any more.
#include "tests/store/raft_stories.h"

namespace cleave::models::store::raft {
namespace {

struct ReadsOf : Raft {
  // The leader is cut off from the others, and so is Alice; Bob writes on the other side. What do
  // Alice's reads say, from `after` the cut on?
  struct Told {
    std::size_t old = 0;
    std::size_t refused = 0;
  };
  Told read_behind_a_cut(Duration after) {
    build();
    write_for(alice, 1_s);
    lab.cut({{home}, {away, third}});
    lab.run_for(after);
    write_for(bob, 2_s);
    std::vector<OperationId> reads;
    for (int i = 0; i < 10; ++i) {
      reads.push_back(lab.read(alice, "accounts", "name"));
      lab.run_for(100_ms);
    }
    lab.run_for(6_s);
    const Told told{count(reads, Outcome::ok), reads.size() - count(reads, Outcome::ok)};
    lab.heal();
    expect_converged_within(10_s);
    return told;
  }
  Duration time_of_a_read(Consistency consistency = Consistency::configured) {
    const OperationId id = lab.read(alice, "accounts", "name", consistency);
    lab.run_for(1_s);
    EXPECT_EQ(lab.outcome(id), Outcome::ok);
    return took(id);
  }
};

// Alice is beside the leader, the others are 20 ms away, a sync takes 2 ms.
TEST_F(ReadsOf, cost_a_round_or_nothing) {
  struct Row {
    Reads reads;
    Duration least, most;
  };
  for (const Row& row : {Row{Reads::log, 42_ms, 46_ms}, Row{Reads::read_index, 40_ms, 42_ms},
                         Row{Reads::lease, 0_ms, 2_ms}, Row{Reads::local, 0_ms, 2_ms}}) {
    options.reads = row.reads;
    build();
    write_for(alice, 1_s);
    const Duration took = time_of_a_read();
    EXPECT_GE(took, row.least) << static_cast<int>(row.reads);
    EXPECT_LE(took, row.most) << static_cast<int>(row.reads);
    EXPECT_LE(time_of_a_read(Consistency::eventual), 2_ms);
    const Duration strong = time_of_a_read(Consistency::strong);
    EXPECT_EQ(strong >= 40_ms, row.reads != Reads::lease) << "the best that the options give";
  }
}

TEST_F(ReadsOf, of_a_leader_that_is_cut_off_are_old_only_if_they_are_local) {
  for (const bool check_quorum : {false, true})
    for (const Reads reads : {Reads::log, Reads::read_index, Reads::lease, Reads::local}) {
      options.reads = reads;
      options.check_quorum = check_quorum;
      const Told told = read_behind_a_cut(3_s);
      EXPECT_EQ(told.old, reads == Reads::local ? 10u : 0u) << static_cast<int>(reads);
    }
}

// While the lease lasts the others elect nobody, and so what it answers is not old.
TEST_F(ReadsOf, by_lease_are_served_alone_until_it_runs_out) {
  options.reads = Reads::lease;
  build();
  const OperationId written = write(alice);
  lab.run_for(1_s);
  lab.cut({{home}, {away, third}});
  const Time cut = lab.world.now();
  Time last = cut;
  for (int i = 0; i < 100; ++i) {
    const OperationId id = lab.read(alice, "accounts", "name");
    lab.run_for(10_ms);
    if (lab.outcome(id) == Outcome::ok) last = lab.world.now();
  }
  EXPECT_EQ(lab.outcome(written), Outcome::ok);
  EXPECT_GE(last - cut, 350_ms) << "500 ms from the sending of the last heartbeat answered";
  EXPECT_LE(last - cut, 520_ms);
  lab.run_for(6_s);
}

// A clock that is slow by half makes the lease last longer than the others' patience.
TEST_F(ReadsOf, by_lease_are_old_if_clocks_drift_by_more_than_the_lease_is_shorter) {
  for (const bool drifts : {false, true}) {
    options.reads = Reads::lease;
    options.lease = 900_ms;
    options.check_quorum = false;
    build();
    write_for(alice, 1_s);
    if (drifts) {
      Fault drift = lab.make_fault(Verb::drift, {{path(home)}});
      drift.parts_per_billion = -800'000'000;
      lab.begin(drift);
      lab.run_for(5_s);
    }
    lab.cut({{home}, {away, third}});
    lab.run_for(2500_ms);
    const OperationId newer = write(bob);
    lab.run_for(1_s);
    const OperationId read = lab.read(alice, "accounts", "name");
    lab.run_for(500_ms);
    EXPECT_EQ(lab.outcome(newer), Outcome::ok);
    EXPECT_EQ(lab.outcome(read) == Outcome::ok, drifts);
    lab.heal();
    lab.run_for(10_s);
  }
}

// A leader that was paused looks at its clock before it answers.
TEST_F(ReadsOf, by_lease_are_not_old_after_a_pause) {
  options.reads = Reads::lease;
  build();
  write_for(alice, 1_s);
  lab.begin(Verb::pause, {{path(home)}});
  lab.run_for(4_s);
  const OperationId newer = write(bob);
  lab.run_for(500_ms);
  const OperationId read = lab.read(alice, "accounts", "name");
  lab.run_for(100_ms);
  lab.begin(Verb::resume, {{path(home)}});
  lab.run_for(2_s);
  ASSERT_EQ(lab.outcome(newer), Outcome::ok);
  ASSERT_EQ(lab.outcome(read), Outcome::ok);
  EXPECT_EQ(lab.answer(read).version, lab.answer(newer).version);
}

// A new leader does not know what is committed before an entry of its own term is.
TEST_F(ReadsOf, wait_until_an_entry_of_the_leaders_own_term_is_committed) {
  for (const Reads reads : {Reads::read_index, Reads::lease}) {
    options.reads = reads;
    build();
    write_for(alice, 1_s);
    lab.run_for(1_s);
    Replica& leader = lab.world.node_setup<Replica>(lab.node(path(home)));
    const Request request = lab.request("accounts", ObjectType::reg, Action::read, "name");
    lab.world.act(lab.node(path(home)), [&](Context& ctx) {
      leader.memory.leading->first = leader.last_index() + 1;  // as if it had just been elected
      leader.on(request, alice, ctx);
      for (const std::string& region : {away, third})
        leader.on(Appended{leader.term(), 0, leader.memory.leading->round, ctx.monotonic()},
                  lab.node(path(region)), ctx);
    });
    EXPECT_EQ(leader.memory.leading->reads.size(), 1u);
  }
}

}  // namespace
}  // namespace cleave::models::store::raft
