// Durability where replicas join and leave.
#include "sim/check/durability.h"
#include "tests/check/story.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace cleave::test {
namespace {

Durability judge_of_two() {
  return Durability({kStore, {kEast, kWest}});
}

TEST(DurabilityOfMembers, what_only_a_removed_replica_holds_is_lost) {
  Durability judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  const OperationId a = story.invoke(kAlice);  // event 1
  story.applied(kWest, a);
  story.at(100).complete(a, Outcome::ok);  // event 3
  EXPECT_EQ(judge.finish(story.end()).word, Word::holds);
  story.at(700).leaves(kWest);  // event 4
  const Verdict verdict = judge.finish(story.at(900).end());
  EXPECT_EQ(verdict.word, Word::violated) << verdict.why;
  EXPECT_EQ(verdict.at, at_ms(700));
  EXPECT_EQ(numbers(verdict.witness), (std::vector<std::uint64_t>{3, 4}));
  EXPECT_EQ(verdict.why,
            "1 of 1 acknowledged update is held by no replica of the store at the end, 1 of them "
            "by replicas that do not belong to it; first operation 1 of alice at 0.700 s");
  EXPECT_EQ(judge.measure().lost, 1u);
  EXPECT_EQ(judge.measure().held_outside, 1u);
}

TEST(DurabilityOfMembers, what_a_removed_replica_brings_back_is_not_lost) {
  Durability judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  const OperationId a = story.invoke(kAlice);
  story.applied(kWest, a);
  story.complete(a, Outcome::ok);
  story.at(700).leaves(kWest);
  story.at(800).joins(kWest);
  EXPECT_EQ(judge.finish(story.end()).word, Word::holds);
  story.at(900).told(kAlice, Outcome::ok);
  EXPECT_EQ(judge.finish(story.end()).at, at_ms(900)) << "not 0.7 s: that was mended";
}

TEST(DurabilityOfMembers, takes_no_promise_from_a_replica_outside) {
  Durability judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  story.leaves(kWest);
  story.leaves(kEast, kOtherStore);
  const OperationId a = story.at(100).invoke(kAlice);
  story.applied(kWest, a);
  story.at(200).complete(a, Outcome::ok);
  EXPECT_EQ(judge.finish(story.end()).at, at_ms(200)) << "nobody of the store held it";
  story.at(300).applied(kEast, a);
  EXPECT_EQ(judge.finish(story.end()).word, Word::holds);
  EXPECT_EQ(judge.remembered(), 0u) << "all that belong hold it";
  story.at(400).retracted(kEast, a);
  story.at(500).retracted(kWest, a);
  EXPECT_EQ(judge.finish(story.end()).at, at_ms(400)) << "it was lost already";
}

TEST(DurabilityOfMembers, a_removed_replica_that_is_down_leaves_nothing_undecided) {
  Durability judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  const OperationId a = story.invoke(kAlice);
  story.applied(kEast, a);
  story.applied(kWest, a);
  story.complete(a, Outcome::ok);
  story.goes_down(kWest);
  story.leaves(kWest);
  EXPECT_EQ(judge.finish(story.end()).word, Word::holds);
}

}  // namespace
}  // namespace cleave::test
