#include "sim/check/recovery.h"

#include "tests/check/story.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cleave::test {
namespace {

// East and west are the core, healed at 1 s; Europe may stay broken. A second to catch up.
Recovery judge_of() {
  return Recovery({kStore, {kEast, kWest}, {kEurope}, at_ms(1000), Duration{1'000'000'000}, 1000});
}

OperationId acknowledged(Story& story, const std::vector<NodeId>& holders) {
  const OperationId update = story.invoke(kAlice);
  for (const NodeId holder : holders)
    story.applied(holder, update);
  story.complete(update, Outcome::ok);
  return update;
}

TEST(Recovery, holds_when_the_core_has_everything_in_time) {
  Recovery judge = judge_of();
  Story story(judge);
  const OperationId update = acknowledged(story.at(100), {kEast});
  story.at(1900).applied(kWest, update);
  const Verdict verdict = judge.finish(story.at(3000).end());
  EXPECT_EQ(verdict.word, Word::holds) << verdict.why;
  EXPECT_EQ(verdict.why.find("excused"), std::string::npos);
  EXPECT_EQ(verdict.checked, 1u);
}

TEST(Recovery, says_who_has_what_did_not_come) {
  Recovery judge = judge_of();
  Story story(judge);
  acknowledged(story.at(100), {kEast, kEurope});
  const Verdict verdict = judge.finish(story.at(3000).end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(verdict.at, at_ms(2000));
  EXPECT_NE(verdict.why.find("; 1 update missing: there at east and did not come to west (first "
                             "operation 1 of alice)"),
            std::string::npos)
      << verdict.why;
}

TEST(Recovery, is_violated_by_what_came_too_late) {
  Recovery judge = judge_of();
  Story story(judge);
  const OperationId update = acknowledged(story.at(100), {kEast});
  story.at(2500).applied(kWest, update);
  const Verdict verdict = judge.finish(story.at(3000).end());
  EXPECT_EQ(verdict.word, Word::violated) << verdict.why;
  EXPECT_EQ(verdict.why.find("missing"), std::string::npos) << "it is there now";
}

TEST(Recovery, excuses_what_was_lost_with_its_last_holder_before) {
  Recovery judge = judge_of();
  Story story(judge);
  acknowledged(story.at(50), {kEast, kWest});
  const OperationId update = acknowledged(story.at(100), {kWest});
  story.at(300).retracted(kWest, update);
  const Verdict verdict = judge.finish(story.at(3000).end());
  EXPECT_EQ(verdict.word, Word::holds) << verdict.why;
  EXPECT_NE(
      verdict.why.find("; 1 update excused: lost with the last holder, west, which gave it up "
                       "at 0.300 s (first operation 2 of alice)"),
      std::string::npos)
      << verdict.why;
}

// Nobody knows what a disk has kept until it starts: the loss is the crash's.
TEST(Recovery, excuses_what_a_crash_took_though_it_shows_after_the_heal) {
  Recovery judge = judge_of();
  Story story(judge);
  const OperationId kept = acknowledged(story.at(50), {kEast, kWest});
  acknowledged(story.at(100), {kWest});
  story.at(200).goes_down(kWest);
  story.at(1000).comes_up(kWest);
  story.installed(kWest, {kept});
  const Verdict verdict = judge.finish(story.at(3000).end());
  EXPECT_EQ(verdict.word, Word::holds) << verdict.why;
  EXPECT_NE(verdict.why.find("excused: lost with the last holder, west, which crashed at 0.200 s"),
            std::string::npos)
      << verdict.why;
}

TEST(Recovery, has_no_excuse_for_what_was_there_and_given_up_after_the_heal) {
  Recovery judge = judge_of();
  Story story(judge);
  acknowledged(story.at(50), {kEast, kWest});
  const OperationId update = acknowledged(story.at(100), {kWest});
  story.at(1200).retracted(kWest, update);
  const std::uint64_t event = story.event();
  const Verdict verdict = judge.finish(story.at(3000).end());
  EXPECT_EQ(verdict.word, Word::violated) << verdict.why;
  EXPECT_EQ(verdict.at, at_ms(1200));
  EXPECT_EQ(verdict.event, EventId{event});
  EXPECT_NE(verdict.why.find("missing: there when the core was healed, and given up by the last "
                             "holder, west, at 1.200 s"),
            std::string::npos)
      << verdict.why;
}

TEST(Recovery, excuses_what_only_the_broken_hold) {
  Recovery judge = judge_of();
  Story story(judge);
  acknowledged(story.at(50), {kEast, kWest});
  acknowledged(story.at(100), {kEurope});
  const Verdict verdict = judge.finish(story.at(3000).end());
  EXPECT_EQ(verdict.word, Word::holds) << verdict.why;
  EXPECT_NE(verdict.why.find("1 update excused: held only by europe, broken for ever"),
            std::string::npos)
      << verdict.why;
}

// ---- who belongs to the store -------------------------------------------------------------------

// A core of three, of which one never joins, or leaves before the heal.
Recovery judge_of_three() {
  return Recovery({kStore, {kEast, kWest, kEurope}, {}, at_ms(1000), Duration{1'000'000'000}});
}

TEST(Recovery, expects_nothing_of_a_replica_that_does_not_belong_to_its_store) {
  for (const bool joins : {false, true}) {
    Recovery judge = judge_of_three();
    Story story(judge);
    story.leaves(kEurope);
    acknowledged(story.at(100), {kEast, kWest});
    if (joins) story.at(500).joins(kEurope);
    const Verdict verdict = judge.finish(story.at(3000).end());
    EXPECT_EQ(verdict.word, joins ? Word::violated : Word::holds) << verdict.why;
    EXPECT_EQ(verdict.why.find("did not come to europe") != std::string::npos, joins)
        << verdict.why;
  }
}

TEST(Recovery, excuses_what_went_with_a_replica_that_left_before_the_heal) {
  for (const bool before : {true, false}) {
    Recovery judge = judge_of_three();
    Story story(judge);
    acknowledged(story.at(50), {kEast, kWest, kEurope});
    acknowledged(story.at(100), {kEurope});
    story.at(before ? 700 : 1700).leaves(kEurope);
    const std::uint64_t left = story.event();
    const Verdict verdict = judge.finish(story.at(3000).end());
    EXPECT_EQ(verdict.word, before ? Word::holds : Word::violated) << verdict.why;
    if (!before) {
      EXPECT_EQ(verdict.event, EventId{left});
    }
    EXPECT_NE(
        verdict.why.find(before ? "excused: lost with the last holder, europe, which left the "
                                  "store at 0.700 s"
                                : "missing: there when the core was healed, and lost with the last "
                                  "holder, europe, which left the store at 1.700 s"),
        std::string::npos)
        << verdict.why;
  }
}

// It remembers one loss: the first is none any more.
TEST(Recovery, forgets_the_loss_when_the_holder_comes_back) {
  Recovery judge({kStore, {kEast, kWest, kEurope}, {}, at_ms(1000), Duration{1'000'000'000}, 1});
  Story story(judge);
  acknowledged(story.at(100), {kEurope});
  story.at(200).leaves(kEurope);
  story.at(300).joins(kEurope);
  const OperationId update = acknowledged(story.at(400), {kWest});
  story.at(500).retracted(kWest, update);
  const Verdict verdict = judge.finish(story.at(3000).end());
  EXPECT_NE(verdict.why.find("west, which gave it up at 0.500 s"), std::string::npos)
      << verdict.why;
}

// What one outside holds or gives up is no business of the store's.
TEST(Recovery, looks_for_what_is_lost_in_the_store_alone) {
  Recovery judge = judge_of_three();
  Story story(judge);
  acknowledged(story.at(50), {kEast, kWest});
  const OperationId update = acknowledged(story.at(100), {kEurope, kWest});
  story.at(200).leaves(kEurope);
  story.at(300).retracted(kWest, update);
  story.at(400).retracted(kEurope, update);
  const Verdict verdict = judge.finish(story.at(3000).end());
  EXPECT_NE(verdict.why.find("lost with the last holder, west, which gave it up at 0.300 s"),
            std::string::npos)
      << verdict.why;
}

TEST(Recovery, does_not_excuse_by_the_broken_that_do_not_belong) {
  Recovery judge = judge_of();
  Story story(judge);
  acknowledged(story.at(50), {kEast, kWest});
  acknowledged(story.at(100), {kEurope});
  story.at(1500).leaves(kEurope);
  const Verdict verdict = judge.finish(story.at(3000).end());
  EXPECT_EQ(verdict.word, Word::violated) << verdict.why;
  EXPECT_EQ(verdict.why.find("broken for ever"), std::string::npos) << verdict.why;
}

TEST(Recovery, counts_updates_with_one_fate_together) {
  Recovery judge = judge_of();
  Story story(judge);
  for (int i = 0; i < 3; ++i)
    acknowledged(story.at(100 + i), {kEast});
  const Verdict verdict = judge.finish(story.at(3000).end());
  EXPECT_NE(verdict.why.find("; 3 updates missing: there at east"), std::string::npos)
      << verdict.why;
}

TEST(Recovery, is_undecided_if_the_run_ended_too_early) {
  Recovery judge = judge_of();
  Story story(judge);
  acknowledged(story.at(100), {kEast});
  EXPECT_EQ(judge.finish(story.at(900).end()).word, Word::undecided) << "before the heal";
  EXPECT_EQ(judge.finish(story.at(1500).end()).word, Word::undecided) << "before the bound";
}

TEST(Recovery, is_vacuous_where_nothing_was_written) {
  Recovery judge = judge_of();
  Story story(judge);
  EXPECT_EQ(judge.finish(story.at(3000).end()).word, Word::vacuous);
}

}  // namespace
}  // namespace cleave::test
