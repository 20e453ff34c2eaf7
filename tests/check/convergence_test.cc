#include "sim/check/convergence.h"

#include "tests/check/story.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace cleave::test {
namespace {

constexpr Duration kWithin{1'000'000'000};

Convergence judge_of_two(std::optional<FaultId> after = std::nullopt) {
  return Convergence({kStore, {kEast, kWest}, kWithin, after});
}

OperationId op(std::uint32_t index) {
  return {kAlice, index};
}

TEST(Convergence, holds_when_every_update_arrives_in_time) {
  Convergence judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  for (std::uint32_t n = 1; n <= 5; ++n) {
    story.at(100 * n).applied(kEast, op(n));
    story.at(100 * n + 1000).applied(kWest, op(n));  // exactly in time
  }
  story.at(1600);
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::holds) << verdict.why;
  EXPECT_EQ(verdict.checked, 5u);
  EXPECT_TRUE(verdict.witness.empty());
}

TEST(Convergence, the_smallest_violation_is_one_update_a_nanosecond_late) {
  Convergence judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  story.at(100).applied(kEast, op(1));
  ReplicaUpdate late = story.ledger().applied(kStore, kWest, op(1));
  late.at = at_ms(1100) + Duration{1};
  late.event = {2};
  judge.on(late);
  story.at(2000);
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(verdict.at, at_ms(1100));
  EXPECT_EQ(numbers(verdict.witness), std::vector<std::uint64_t>{1});
  EXPECT_EQ(verdict.why,
            "operation 1 of alice was in dispute from 0.100 s and should have been settled by "
            "1.100 s; the replicas agree at the end");
}

TEST(Convergence, what_is_missing_when_its_time_is_up_at_the_end_is_a_violation) {
  Convergence judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  story.at(100).applied(kWest, op(1));
  story.at(1100);
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(
      verdict.why,
      "operation 1 of alice was in dispute from 0.100 s and should have been settled by "
      "1.100 s; 1 update still in dispute at the end (that one is held by west, not by east)");
}

TEST(Convergence, is_undecided_while_updates_have_time_left) {
  Convergence judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  story.at(100).applied(kEast, op(1));
  story.at(1099);
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::undecided);
  EXPECT_NE(verdict.why.find("1 update in dispute at the end had not yet had 1.000 s"),
            std::string::npos)
      << verdict.why;
}

TEST(Convergence, is_vacuous_without_an_update_or_without_a_second_live_replica) {
  Convergence idle = judge_of_two();
  Story nothing(idle, {kEast, kWest});
  EXPECT_EQ(idle.finish(nothing.at(5000).end()).word, Word::vacuous);

  Convergence alone({kStore, {kEast}, kWithin, {}});
  Story one(alone, {kEast});
  one.applied(kEast, op(1));
  EXPECT_EQ(alone.finish(one.at(5000).end()).word, Word::vacuous);

  Convergence bereft = judge_of_two();
  Story two(bereft, {kEast, kWest});
  two.at(1).goes_down(kWest);
  two.at(2).applied(kEast, op(1));
  EXPECT_EQ(bereft.finish(two.at(5000).end()).word, Word::vacuous);
}

TEST(Convergence, the_clock_stands_still_until_the_named_fault_has_ended) {
  Convergence judge = judge_of_two(kSplit);
  Story story(judge, {kEast, kWest});
  story.at(10).applied(kEast, op(1));
  story.at(20'000).fault_begins();
  story.at(30'000).applied(kWest, op(2));
  story.at(63'000).fault_ends();
  story.at(63'900).applied(kWest, op(1));
  story.at(64'000).applied(kEast, op(2));  // exactly in time
  story.at(64'500).applied(kEast, op(3));
  story.at(65'500).applied(kWest, op(3));  // has its own second
  const Verdict verdict = judge.finish(story.at(70'000).end());
  EXPECT_EQ(verdict.word, Word::holds) << verdict.why;
  EXPECT_EQ(verdict.why, "3 updates; at most 2 apart, at 30.000 s; together again at 64.000 s");
  EXPECT_EQ(judge.measure().peak_distance, 2u);
  EXPECT_EQ(judge.measure().peaked, at_ms(30'000));
  EXPECT_EQ(judge.measure().diverged, at_ms(10));
  EXPECT_EQ(judge.measure().converged, at_ms(64'000));
}

TEST(Convergence, a_replica_that_never_heals_is_shown_with_the_end_of_the_fault) {
  Convergence judge = judge_of_two(kSplit);
  Story story(judge, {kEast, kWest});
  story.at(20'000).fault_begins();
  story.at(30'000).applied(kEast, op(1));  // event 2
  story.at(63'000).fault_ends();           // event 3
  const Verdict verdict = judge.finish(story.at(90'000).end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(verdict.at, at_ms(64'000));
  EXPECT_EQ(numbers(verdict.witness), (std::vector<std::uint64_t>{2, 3}));
  EXPECT_FALSE(judge.measure().converged.has_value());
}

TEST(Convergence, a_dispute_after_the_fault_is_not_blamed_on_it) {
  Convergence judge = judge_of_two(kSplit);
  Story story(judge, {kEast, kWest});
  story.at(10).fault_begins();
  story.at(20).fault_ends();
  story.at(3000).applied(kEast, op(1));  // event 3
  const Verdict verdict = judge.finish(story.at(9000).end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(verdict.at, at_ms(4000));
  EXPECT_EQ(numbers(verdict.witness), std::vector<std::uint64_t>{3});
}

TEST(Convergence, is_undecided_when_the_fault_does_not_end) {
  for (const bool begins : {false, true}) {
    Convergence judge = judge_of_two(kSplit);
    Story story(judge, {kEast, kWest});
    story.at(10).applied(kEast, op(1));
    story.at(11).applied(kWest, op(1));
    if (begins) story.at(12).fault_begins();
    story.at(13).fault_ends(kOtherFault);
    const Verdict verdict = judge.finish(story.at(90'000).end());
    EXPECT_EQ(verdict.word, Word::undecided);
    EXPECT_EQ(verdict.why, "the fault did not end within the run");
  }
}

TEST(Convergence, a_fault_that_comes_back_stops_the_clock_again) {
  Convergence judge = judge_of_two(kSplit);
  Story story(judge, {kEast, kWest});
  story.at(1000).fault_begins();
  story.at(1500).applied(kEast, op(1));
  story.at(2000).fault_ends();
  story.at(2900).fault_begins();
  story.at(9000).fault_ends();
  story.at(9999).applied(kWest, op(1));
  const Verdict verdict = judge.finish(story.at(20'000).end());
  EXPECT_EQ(verdict.word, Word::holds) << verdict.why;
  EXPECT_EQ(judge.measure().converged, at_ms(9999));
}

TEST(Convergence, a_bound_that_passed_before_the_fault_came_back_counts) {
  Convergence judge = judge_of_two(kSplit);
  Story story(judge, {kEast, kWest});
  story.at(1000).fault_begins();
  story.at(1500).applied(kEast, op(1));
  story.at(2000).fault_ends();
  story.at(3001).fault_begins();
  story.at(9000).fault_ends();
  story.at(9001).applied(kWest, op(1));
  const Verdict verdict = judge.finish(story.at(20'000).end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(verdict.at, at_ms(3000));
}

TEST(Convergence, an_update_that_all_give_up_is_no_dispute) {
  Convergence judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  story.at(100).applied(kEast, op(1));
  story.at(900).retracted(kEast, op(1));
  EXPECT_EQ(judge.finish(story.at(9000).end()).word, Word::holds);
}

TEST(Convergence, a_retraction_by_one_opens_the_dispute_again) {
  Convergence judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  story.at(100).applied(kEast, op(1));
  story.at(200).applied(kWest, op(1));
  story.at(5000).retracted(kEast, op(1));  // event 3
  const Verdict verdict = judge.finish(story.at(9000).end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(verdict.at, at_ms(6000));
  EXPECT_EQ(numbers(verdict.witness), std::vector<std::uint64_t>{3});
}

TEST(Convergence, a_dispute_lasts_until_the_last_replica_has_settled_it) {
  Convergence judge({kStore, {kEast, kWest, kEurope}, kWithin, {}});
  Story story(judge);
  story.at(100).applied(kEast, op(1));
  story.at(900).applied(kWest, op(1));
  story.at(1200).applied(kEurope, op(1));
  const Verdict verdict = judge.finish(story.at(9000).end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(verdict.at, at_ms(1100));
}

TEST(Convergence, replicas_that_are_down_owe_nothing_until_they_come_up) {
  Convergence judge({kStore, {kEast, kWest, kEurope}, kWithin, {}});
  Story story(judge);
  story.at(50).applied(kEast, op(1));
  story.at(60).applied(kWest, op(1));
  story.at(100).goes_down(kEurope);
  story.at(200).applied(kEast, op(2));
  story.at(201).applied(kWest, op(2));
  story.at(8000).comes_up(kEurope);
  story.at(8900).installed(kEurope, {op(1), op(2)});
  const Verdict verdict = judge.finish(story.at(20'000).end());
  EXPECT_EQ(verdict.word, Word::holds) << verdict.why;
}

TEST(Convergence, a_replica_that_came_up_and_does_not_catch_up_is_found) {
  Convergence judge({kStore, {kEast, kWest, kEurope}, kWithin, {}});
  Story story(judge);
  story.at(100).goes_down(kEurope);
  story.at(200).applied(kEast, op(1));
  story.at(201).applied(kWest, op(1));
  story.at(8000).comes_up(kEurope);  // event 4
  const Verdict verdict = judge.finish(story.at(20'000).end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(verdict.at, at_ms(9000));
  EXPECT_EQ(numbers(verdict.witness), std::vector<std::uint64_t>{4});
}

TEST(Convergence, the_only_holder_going_down_ends_the_dispute_and_coming_up_opens_it) {
  Convergence judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  story.at(100).applied(kEast, op(1));
  story.at(500).goes_down(kEast);
  story.at(5000).comes_up(kEast);
  story.at(5999).applied(kWest, op(1));
  const Verdict verdict = judge.finish(story.at(20'000).end());
  EXPECT_EQ(verdict.word, Word::holds) << verdict.why;
}

TEST(Convergence, an_installation_settles_all_that_it_changes) {
  Convergence judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  for (const std::uint32_t n : {1u, 2u, 3u})
    story.at(100).applied(kEast, op(n));
  story.at(100).applied(kWest, op(9));
  story.at(1000).installed(kWest, {op(1), op(2), op(3)});
  const Verdict verdict = judge.finish(story.at(20'000).end());
  EXPECT_EQ(verdict.word, Word::holds) << verdict.why;
  EXPECT_EQ(judge.measure().peak_distance, 4u);
}

TEST(Convergence, equal_updates_and_different_states_are_a_violation) {
  Convergence judge({kStore, {kEast, kWest, kEurope}, kWithin, {}});
  Story story(judge);
  for (const NodeId replica : {kEast, kWest, kEurope})
    story.at(100).applied(replica, op(1));
  story.at(5000);
  struct Case {
    const char* what;
    std::vector<ReplicaState> states;
    Word word;
  };
  const std::vector<Case> cases{
      {"all equal", {{kStore, kEast, 7}, {kStore, kWest, 7}, {kStore, kEurope, 7}}, Word::holds},
      {"one differs",
       {{kStore, kEast, 7}, {kStore, kWest, 8}, {kStore, kEurope, 7}},
       Word::violated},
      {"of another store",
       {{kOtherStore, kEast, 7}, {kOtherStore, kWest, 8}, {kStore, kEurope, 7}},
       Word::holds},
      {"not told", {}, Word::holds},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    const Verdict verdict = judge.finish(story.end(c.states));
    EXPECT_EQ(verdict.word, c.word) << verdict.why;
    if (c.word != Word::violated) continue;
    EXPECT_EQ(verdict.at, at_ms(5000));
    EXPECT_EQ(verdict.why,
              "east and west hold the same 1 update at the end, and their states differ");
    EXPECT_EQ(numbers(verdict.witness), std::vector<std::uint64_t>{3});
  }
}

TEST(Convergence, states_may_differ_where_updates_do_or_a_replica_is_down) {
  Convergence judge({kStore, {kEast, kWest, kEurope}, kWithin, {}});
  Story story(judge);
  story.at(100).applied(kEast, op(1));
  story.at(110).applied(kEurope, op(1));
  const std::vector<ReplicaState> states{
      {kStore, kEast, 7, true}, {kStore, kWest, 8, true}, {kStore, kEurope, 9, false}};
  EXPECT_EQ(judge.finish(story.at(200).end(states)).word, Word::undecided);
}

TEST(Convergence, says_so_when_it_was_not_told_everything) {
  Convergence judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  story.applied(kEast, op(1));
  story.ledger().applied(kStore, kWest, op(2));  // behind its back
  EXPECT_EQ(judge.finish(story.at(5000).end()).word, Word::undecided);

  Convergence narrow = judge_of_two();
  Story wide(narrow);
  wide.applied(kEurope, op(1));  // not among its replicas
  EXPECT_EQ(narrow.finish(wide.at(5000).end()).word, Word::undecided);
}

TEST(Convergence, looks_at_its_own_store_only) {
  Convergence judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  story.at(100).applied(kEast, op(1));
  story.at(110).applied(kWest, op(1));
  story.at(200).applied(kEast, op(2), kOtherStore);
  EXPECT_EQ(judge.finish(story.at(9000).end()).word, Word::holds);
}

TEST(Convergence, remembers_no_more_than_what_is_in_dispute) {
  Convergence judge = judge_of_two(kSplit);  // never ends: nothing ever expires
  Story story(judge, {kEast, kWest});
  story.at(1).applied(kEast, {kBob, 1});  // stays the oldest for ever
  for (std::uint32_t n = 1; n <= 20'000; ++n) {
    story.at(n).applied(kEast, op(n));
    story.at(n).applied(kWest, op(n));
    ASSERT_LE(judge.remembered(), 100u);
  }
  EXPECT_EQ(judge.measure().peak_distance, 2u);
}

TEST(Convergence, one_update_that_comes_and_goes_is_remembered_once) {
  Convergence judge = judge_of_two(kSplit);
  Story story(judge, {kEast, kWest});
  for (std::int64_t ms = 1; ms <= 20'000; ++ms) {
    story.at(ms).applied(kEast, op(1));
    story.at(ms).applied(kEast, op(1));  // again
    ASSERT_LE(judge.remembered(), 100u);
    if (ms < 20'000) story.at(ms).retracted(kEast, op(1));
  }
  story.fault_ends();
  story.at(20'500).applied(kWest, op(1));
  EXPECT_EQ(judge.finish(story.at(30'000).end()).checked, 20'000u);  // times it appeared
}

TEST(Convergence, measures_the_first_time_at_the_peak) {
  Convergence judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  story.at(100).applied(kEast, op(1));
  story.at(150).applied(kWest, op(1));
  EXPECT_EQ(judge.measure().converged, at_ms(150));
  story.at(200).applied(kEast, op(2));
  story.at(250).applied(kWest, op(2));
  EXPECT_EQ(judge.measure().peak_distance, 1u);
  EXPECT_EQ(judge.measure().peaked, at_ms(100));
  EXPECT_EQ(judge.measure().converged, at_ms(150));
  story.at(300).applied(kEast, op(3));
  story.at(310).applied(kEast, op(4));
  EXPECT_EQ(judge.measure().peak_distance, 2u);
  EXPECT_EQ(judge.measure().peaked, at_ms(310));
  EXPECT_EQ(judge.measure().diverged, at_ms(300));
  EXPECT_FALSE(judge.measure().converged.has_value());
}

TEST(Convergence, has_converged_when_the_backlog_is_settled_though_clients_write_on) {
  Convergence judge = judge_of_two(kSplit);
  Story story(judge, {kEast, kWest});
  story.at(10).fault_begins();
  story.at(20).applied(kEast, op(1));
  story.at(30).fault_ends();
  story.at(40).applied(kEast, op(2));
  EXPECT_FALSE(judge.measure().converged.has_value());
  story.at(50).applied(kWest, op(1));
  EXPECT_EQ(judge.measure().converged, at_ms(50));
  story.at(60).applied(kWest, op(2));
  EXPECT_EQ(judge.measure().converged, at_ms(50));
}

}  // namespace
}  // namespace cleave::test
