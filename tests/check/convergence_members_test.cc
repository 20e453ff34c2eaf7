// Convergence where replicas join and leave.
#include "sim/check/convergence.h"
#include "tests/check/story.h"

#include <gtest/gtest.h>

#include <vector>

namespace cleave::test {
namespace {

constexpr Duration kWithin{1'000'000'000};

OperationId op(std::uint32_t index) {
  return {kAlice, index};
}

Convergence judge_of_three() {
  return Convergence({kStore, {kEast, kWest, kEurope}, kWithin, {}});
}

TEST(ConvergenceOfMembers, expects_nothing_of_a_replica_that_does_not_belong_to_its_store) {
  for (const bool joins : {false, true}) {
    Convergence judge = judge_of_three();
    Story story(judge);
    story.leaves(kEurope);
    story.at(100).applied(kEast, op(1));
    story.at(200).applied(kWest, op(1));
    if (joins) story.at(3000).joins(kEurope);
    story.at(4000 + 1);
    const Verdict verdict = judge.finish(story.end());
    EXPECT_EQ(verdict.word, joins ? Word::violated : Word::holds) << verdict.why;
    if (joins) {
      EXPECT_EQ(verdict.at, at_ms(4000)) << "a second after it joined";
    }
  }
}

TEST(ConvergenceOfMembers, hears_of_its_own_store_alone) {
  Convergence judge = judge_of_three();
  Story story(judge);
  story.leaves(kEurope, kOtherStore);
  story.at(100).applied(kEast, op(1));
  story.at(200).applied(kWest, op(1));
  EXPECT_EQ(judge.finish(story.at(4000).end()).word, Word::violated);
}

TEST(ConvergenceOfMembers, counts_an_update_once_whoever_else_holds_it) {
  Convergence judge = judge_of_three();
  Story story(judge);
  story.leaves(kEurope);
  story.at(100).applied(kEast, op(1));
  story.applied(kEurope, op(1));
  story.applied(kWest, op(1));
  const Verdict verdict = judge.finish(story.at(4000).end());
  EXPECT_EQ(verdict.word, Word::holds) << verdict.why;
  EXPECT_EQ(verdict.checked, 1u);
}

// Of the two that are not the same one belongs to the store no more, or both still do.
TEST(ConvergenceOfMembers, compares_states_of_those_that_belong) {
  for (const bool leaves : {false, true}) {
    Convergence judge = judge_of_three();
    Story story(judge);
    for (const NodeId replica : {kEast, kWest, kEurope})
      story.at(100).applied(replica, op(1));
    if (leaves) story.leaves(kEurope);
    const std::vector<ReplicaState> states{
        {kStore, kEast, 7}, {kStore, kWest, 7}, {kStore, kEurope, 8}};
    const Verdict verdict = judge.finish(story.at(4000).end(states));
    EXPECT_EQ(verdict.word, leaves ? Word::holds : Word::violated) << verdict.why;
  }
}

}  // namespace
}  // namespace cleave::test
