// Lightweight transactions: conditions that hold under a cut and under contention, rounds that
// others finish, and what mixing them with plain writes costs.
#include "tests/store/cassandra_stories.h"

#include <set>

namespace cleave::models::store::cassandra {
namespace {

using Transactions = Cassandra;

Request compare_and_set(const support::Lab& lab, std::uint64_t version, std::string_view value) {
  Request request =
      lab.request("accounts", ObjectType::reg, Action::compare_and_set, "name", value);
  request.version = version;
  return request;
}

TEST_F(Transactions, of_one_version_one_compare_and_set_succeeds) {
  options.write = options.read = Level::quorum;
  build();
  std::vector<OperationId> claims;
  for (const NodeId who : {alice, bob})
    claims.push_back(lab.ask(who, compare_and_set(lab, 0, who == alice ? "Alice" : "Bob")));
  lab.run_for(8_s);
  EXPECT_EQ(count(claims, Outcome::ok), 1u) << "the other one may know it or not";
  const bool hers = lab.outcome(claims[0]) == Outcome::ok;
  const OperationId late = lab.ask(hers ? bob : alice, compare_and_set(lab, 0, "too late"));
  lab.run_for(1_s);
  EXPECT_EQ(lab.outcome(late), Outcome::conflict);
  EXPECT_EQ(value(late), hers ? "Alice" : "Bob") << "who lost is told who won";
}

TEST_F(Transactions, take_four_rounds_between_the_replicas) {
  options.write = Level::quorum;
  options.commitlog_sync = CommitLogSync::periodic;
  build();
  const OperationId claim = lab.ask(alice, compare_and_set(lab, 0, "Alice"));
  lab.run_for(2_s);
  EXPECT_EQ(lab.outcome(claim), Outcome::ok);
  EXPECT_GE(took(claim), 160_ms) << "a round trip is 40 ms";
  EXPECT_LT(took(claim), 170_ms);
}

TEST_F(Transactions, a_minority_decides_nothing) {
  options.write = options.read = Level::serial;
  build();
  cut_off("east");
  const OperationId early = lab.ask(alice, compare_and_set(lab, 0, "Alice"));
  const OperationId other = lab.ask(bob, compare_and_set(lab, 0, "Bob"));
  lab.run_for(10_s);
  EXPECT_EQ(lab.outcome(early), Outcome::unknown) << "it does not know that it is alone";
  EXPECT_EQ(lab.outcome(other), Outcome::ok);
  const OperationId late = lab.ask(alice, compare_and_set(lab, 0, "Alice"));
  const OperationId read = look(alice);
  lab.run_for(1_s);
  EXPECT_EQ(lab.outcome(late), Outcome::unavailable) << "now it does";
  EXPECT_EQ(lab.outcome(read), Outcome::unavailable);
}

TEST_F(Transactions, at_local_serial_a_region_decides_for_itself) {
  options.write = options.read = Level::local_serial;
  build({"east", "east", "east", "west", "west", "west"});
  cut_off("east");
  const OperationId hers = lab.ask(alice, compare_and_set(lab, 0, "Alice"));
  const OperationId his = lab.ask(bob, compare_and_set(lab, 0, "Bob"));
  lab.run_for(5_s);
  EXPECT_EQ(lab.outcome(hers), Outcome::ok);
  EXPECT_EQ(lab.outcome(his), Outcome::ok) << "each side has its own winner";
}

// The proposer is cut off at some moment of its transaction; what it began is looked for by others,
// and by itself when the cut is healed.
struct CutOff {
  int finished = 0;    // by who came next
  int came_later = 0;  // though who came first had not seen it
};

CutOff cut_off_proposers(Cassandra& story) {
  CutOff count;
  support::Lab& lab = story.lab;
  for (int at = 80; at <= 160; at += 5) {
    story.build();
    const OperationId claim = lab.ask(story.alice, compare_and_set(lab, 0, "Alice"));
    lab.run_for(Duration{at * 1'000'000});
    story.cut_off("east");
    lab.run_for(10_s);
    EXPECT_EQ(lab.outcome(claim), Outcome::unknown);
    const OperationId read = story.look(story.bob);
    lab.run_for(2_s);
    EXPECT_EQ(lab.outcome(read), Outcome::ok) << at << " ms";
    lab.heal();
    lab.run_for(10_s);
    const OperationId home = story.look(story.alice);
    lab.run_for(2_s);
    EXPECT_EQ(lab.outcome(home), Outcome::ok) << at << " ms";
    const bool came_true = story.value(read) == "Alice";
    count.finished += came_true ? 1 : 0;
    count.came_later += !came_true && story.value(home) == "Alice" ? 1 : 0;
  }
  return count;
}

TEST_F(Transactions, that_are_left_undecided_are_finished_by_the_next_one_or_never) {
  options.write = options.read = Level::serial;
  const CutOff count = cut_off_proposers(*this);
  EXPECT_GT(count.finished, 0);
  EXPECT_LT(count.finished, 17);
  EXPECT_EQ(count.came_later, 0);
}

TEST_F(Transactions, that_nobody_proposed_against_come_true_later) {
  options.write = options.read = Level::serial;
  options.bugs = {Bug::read_without_proposal};
  EXPECT_GT(cut_off_proposers(*this).came_later, 0) << "it came true later";
}

TEST_F(Transactions, keep_promises_across_crashes) {
  options.write = options.read = Level::serial;
  build();
  std::vector<OperationId> claims;
  for (int i = 0; i < 10; ++i) {
    claims.push_back(lab.ask(alice, compare_and_set(lab, 0, "Alice " + std::to_string(i))));
    claims.push_back(lab.ask(bob, compare_and_set(lab, 0, "Bob " + std::to_string(i))));
    lab.run_for(30_ms);
    lab.begin(Verb::lose_unsynced, {{path("north")}});
    lab.run_for(50_ms);
    lab.restart(path("north"));
    lab.run_for(1_s);
  }
  lab.run_for(10_s);
  EXPECT_LE(count(claims, Outcome::ok), 1u);
  EXPECT_GT(count(claims, Outcome::conflict), 5u);
}

TEST_F(Transactions, take_each_item_of_a_pool_once) {
  options.write = options.read = Level::quorum;
  build();
  for (int i = 0; i < 6; ++i) {
    act(alice, ObjectType::pool, Action::put, "key " + std::to_string(i));
    lab.run_for(500_ms);
  }
  std::vector<OperationId> taken;
  for (int i = 0; i < 4; ++i)
    for (const NodeId who : {alice, bob}) {
      taken.push_back(act(who, ObjectType::pool, Action::take));
      lab.run_for(2_s);
    }
  std::set<std::string> items;
  for (const OperationId id : taken)
    if (lab.outcome(id) == Outcome::ok) {
      EXPECT_TRUE(items.insert(value(id)).second) << value(id);
    }
  EXPECT_EQ(items.size(), 6u);
  EXPECT_EQ(count(taken, Outcome::refused), 2u) << "nothing was left";
}

TEST_F(Transactions, keep_reservations_within_their_bound) {
  options.write = options.read = Level::quorum;
  build();
  std::vector<OperationId> places;
  for (int i = 0; i < 4; ++i)
    for (const NodeId who : {alice, bob}) {
      Request request = lab.request("accounts", ObjectType::counter, Action::reserve, "thing");
      request.number = 1;
      request.bound = 5;
      places.push_back(lab.ask(who, request));
      lab.run_for(2_s);
    }
  EXPECT_EQ(count(places, Outcome::ok), 5u);
  EXPECT_EQ(count(places, Outcome::refused), 3u);
}

TEST_F(Transactions, are_refused_where_they_are_switched_off) {
  options.lwt = false;
  build();
  const OperationId claim = lab.ask(alice, compare_and_set(lab, 0, "Alice"));
  lab.run_for(1_s);
  EXPECT_EQ(lab.outcome(claim), Outcome::refused);
  EXPECT_EQ(lab.answer(claim).reason, Reason::unsupported);
}

// A plain write by a fast clock, then a transaction that reports success and is not seen.
TEST_F(Transactions, lose_against_plain_writes_by_a_fast_clock) {
  options.write = options.read = Level::quorum;
  build();
  Fault fast = lab.make_fault(Verb::skew, {{path("west")}});
  fast.duration = 30_s;
  lab.begin(fast);
  const OperationId plain = say(bob, "plain");
  lab.run_for(1_s);
  const OperationId swap = lab.ask(alice, compare_and_set(lab, lab.answer(plain).version, "swap"));
  lab.run_for(2_s);
  const OperationId read = look(alice);
  lab.run_for(1_s);
  EXPECT_EQ(lab.outcome(swap), Outcome::ok);
  EXPECT_EQ(value(read), "plain");
}

TEST_F(Transactions, count_once_what_is_tried_again) {
  options.write = options.read = Level::serial;
  build();
  const Patience impatient{.deadline = 20_s, .answer_within = 100_ms, .backoff = 0_s};
  const NodeId eve = lab.add_person("Eve", "east", "accounts", Routing::roaming, impatient);
  lab.run_for(1_s);
  act(eve, ObjectType::counter, Action::add, {}, 10);
  lab.run_for(30_s);
  const OperationId read = act(bob, ObjectType::counter, Action::read);
  lab.run_for(2_s);
  EXPECT_EQ(lab.answer(read).number, 10);
}

}  // namespace
}  // namespace cleave::models::store::cassandra
