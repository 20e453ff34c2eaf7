// PreVote, CheckQuorum and votes that stick, each way: what a part of the group that is cut off
// does to the rest.
#include "tests/store/raft_stories.h"

namespace cleave::models::store::raft {
namespace {

struct Elections : Raft {
  std::size_t elections() const { return lab.recorder.facts_named(facts::kBeganToLead).size(); }
  // Who hears nothing and is heard, as by a network card that drops what comes in.
  void deafen(const std::string& region) {
    Names others = regions();
    std::erase(others, region);
    lab.begin(Verb::cut_one_way, {{path(others[0]), path(others[1])}, {path(region)}});
  }
};

// A replica that was alone comes back with a term as high as it tried often, or with none of it.
TEST_F(Elections, with_pre_vote_a_replica_that_was_alone_leaves_the_term_alone) {
  for (const bool pre_vote : {false, true}) {
    options.pre_vote = pre_vote;
    build();
    const Term before = replica(home).term();
    const std::size_t elections_before = elections();
    lab.cut({{third}, {home, away}});
    lab.run_for(30_s);
    EXPECT_EQ(replica(third).term() > before, !pre_vote);
    lab.heal();
    lab.run_for(10_s);
    EXPECT_EQ(elections() > elections_before, !pre_vote);
    EXPECT_EQ(leaders().size(), 1u);
    lab.recorder = {};
  }
}

// One that hears nobody asks for votes again and again. Sticky votes keep the leader in its office.
TEST_F(Elections, with_sticky_votes_a_deaf_replica_does_not_depose_the_leader) {
  options.transport = Transport::datagram;
  options.pre_vote = false;
  for (const bool sticky : {false, true}) {
    options.vote_stickiness = sticky;
    lab.recorder = {};
    build();
    const std::size_t before = elections();
    deafen(third);
    lab.run_for(30_s);
    EXPECT_GT(replica(third).term().value, 10u) << "it tries and tries";
    if (sticky)
      EXPECT_EQ(elections(), before);
    else
      EXPECT_GE(elections(), before + 5);
    lab.heal();
    lab.run_for(10_s);
    EXPECT_EQ(leaders().size(), 1u);
  }
}

// A leader that sends and does not hear keeps the others from electing one that works.
TEST_F(Elections, with_check_quorum_a_deaf_leader_steps_down) {
  options.transport = Transport::datagram;
  for (const bool check : {false, true}) {
    options.check_quorum = check;
    lab.recorder = {};
    build();
    deafen(home);
    lab.run_for(10_s);
    EXPECT_EQ(leaders() == Names{path(home)}, !check);
    const std::vector<OperationId> written = write_for(bob, 5_s);
    lab.run_for(1_s);
    EXPECT_EQ(count(written, Outcome::ok) >= 45, check);
    lab.heal();
    expect_converged_within(10_s);
  }
}

TEST_F(Elections, a_leader_that_is_cut_off_notices_only_with_check_quorum) {
  for (const bool check : {false, true}) {
    options.check_quorum = check;
    build();
    lab.cut({{home}, {away, third}});
    lab.run_for(5_s);
    EXPECT_EQ(replica(home).role() == "leader", !check);
    lab.heal();
    expect_converged_within(10_s);
  }
}

// How long nobody leads after a crash: what the presets differ in most.
TEST_F(Elections, of_the_presets_take_as_long_as_their_timeouts) {
  struct Row {
    Options options;
    Duration least, most;
  };
  for (const Row& row : {Row{etcd(), 900_ms, 4100_ms}, Row{waraft(), 4880_ms, 15_s}}) {
    options = row.options;
    build();
    lab.run_for(20_s);
    const Time crash = lab.world.now();
    lab.crash(leaders().front());
    lab.run_for(30_s);
    const Time elected = lab.recorder.facts_named(facts::kBeganToLead).back().at;
    EXPECT_GE(elected - crash, row.least);
    EXPECT_LE(elected - crash, row.most);
    lab.recorder = {};
  }
}

// After a connection that a cut stalled, a new one, rather than the next retransmission.
TEST_F(Elections, a_silent_peer_is_connected_to_anew) {
  for (const Duration after : {1_s, 1000_s}) {
    options.reconnect_after = after;
    build();
    lab.cut({{third}, {home, away}});
    lab.run_for(60_s);
    lab.heal();
    write_for(alice, 2_s);
    EXPECT_EQ(replica(third).memory.commit >= 15, after == 1_s);
  }
}

}  // namespace
}  // namespace cleave::models::store::raft
