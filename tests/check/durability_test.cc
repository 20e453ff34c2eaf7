#include "sim/check/durability.h"

#include "sim/base/random.h"
#include "tests/check/story.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace cleave::test {
namespace {

Durability judge_of_two() {
  return Durability({kStore, {kEast, kWest}});
}

TEST(Durability, holds_when_every_acknowledged_update_is_held_by_somebody) {
  Durability judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  const OperationId a = story.invoke(kAlice);
  story.applied(kEast, a);
  story.complete(a, Outcome::ok);
  const OperationId b = story.invoke(kBob);
  story.applied(kWest, b);
  story.complete(b, Outcome::ok);
  story.retracted(kEast, a);
  story.applied(kWest, a);  // merged in time
  const Verdict verdict = judge.finish(story.at(9000).end());
  EXPECT_EQ(verdict.word, Word::holds) << verdict.why;
  EXPECT_EQ(verdict.why, "all 2 acknowledged updates held at the end");
  EXPECT_EQ(verdict.checked, 2u);
}

TEST(Durability, the_smallest_loss_is_one_acknowledgement_and_one_retraction) {
  Durability judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  const OperationId a = story.at(100).invoke(kAlice);  // event 1
  story.applied(kEast, a);                             // event 2
  story.complete(a, Outcome::ok);                      // event 3
  story.at(63'000).retracted(kEast, a);                // event 4
  const Verdict verdict = judge.finish(story.at(90'000).end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(verdict.at, at_ms(63'000));
  EXPECT_EQ(numbers(verdict.witness), (std::vector<std::uint64_t>{3, 4}));
  EXPECT_EQ(
      verdict.why,
      "1 of 1 acknowledged update is held by no replica at the end; first operation 1 of alice "
      "at 63.000 s");
  EXPECT_EQ(judge.measure().lost, 1u);
  EXPECT_EQ(judge.measure().acknowledged, 1u);
  EXPECT_EQ(judge.measure().kept_for_merge, 0u);
}

TEST(Durability, an_acknowledgement_of_what_nobody_holds_is_a_loss_by_itself) {
  struct Case {
    const char* what;
    bool applied_and_retracted_before;
  };
  for (const Case& c : {Case{"never held", false}, Case{"given up before it was told", true}}) {
    SCOPED_TRACE(c.what);
    Durability judge = judge_of_two();
    Story story(judge, {kEast, kWest});
    const OperationId a = story.at(100).invoke(kAlice);
    if (c.applied_and_retracted_before) {
      story.applied(kEast, a);
      story.retracted(kEast, a);
    }
    story.at(200).complete(a, Outcome::ok);
    const std::uint64_t told = story.event();
    const Verdict verdict = judge.finish(story.at(900).end());
    EXPECT_EQ(verdict.word, Word::violated);
    EXPECT_EQ(verdict.at, at_ms(200));
    EXPECT_EQ(numbers(verdict.witness), std::vector<std::uint64_t>{told});
  }
}

TEST(Durability, an_installation_that_drops_the_last_copy_is_a_loss) {
  Durability judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  const OperationId a = story.invoke(kAlice);
  story.applied(kEast, a);
  story.complete(a, Outcome::ok);  // event 3
  const OperationId b = story.invoke(kBob);
  story.applied(kWest, b);
  story.complete(b, Outcome::ok);
  story.at(63'000).installed(kEast, {b});  // event 7
  const Verdict verdict = judge.finish(story.at(90'000).end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(numbers(verdict.witness), (std::vector<std::uint64_t>{3, 7}));
  EXPECT_EQ(judge.measure().lost, 1u);
}

TEST(Durability, only_the_answer_ok_is_a_promise) {
  for (const Outcome outcome :
       {Outcome::refused, Outcome::conflict, Outcome::unavailable, Outcome::unknown}) {
    SCOPED_TRACE(to_string(outcome));
    Durability judge = judge_of_two();
    Story story(judge, {kEast, kWest});
    const OperationId a = story.invoke(kAlice);
    story.applied(kEast, a);
    story.complete(a, outcome);
    story.retracted(kEast, a);
    const OperationId never_told = story.invoke(kBob);
    story.applied(kEast, never_told);
    story.retracted(kEast, never_told);
    const Verdict verdict = judge.finish(story.end());
    EXPECT_EQ(verdict.word, Word::vacuous);
    EXPECT_EQ(verdict.why, "no update was acknowledged");
  }
}

TEST(Durability, reads_and_other_stores_are_no_updates_of_this_one) {
  Durability judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  story.told(kAlice, Outcome::ok, {Action::read});
  story.told(kAlice, Outcome::ok, {Action::read_from});
  story.told(kAlice, Outcome::ok, {Action::write, kChat, 0, 0, kOtherStore});
  const OperationId elsewhere =
      story.told(kAlice, Outcome::ok, {Action::write, kChat, 0, 0, kOtherStore});
  story.applied(kEast, elsewhere, kOtherStore);
  story.retracted(kEast, elsewhere, kOtherStore);
  EXPECT_EQ(judge.finish(story.end()).word, Word::vacuous);
}

TEST(Durability, what_is_kept_for_merge_is_lost_from_the_store_and_counted_apart) {
  Durability judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  std::vector<OperationId> updates;
  for (int i = 0; i < 3; ++i) {
    updates.push_back(story.invoke(kAlice));
    story.applied(kEast, updates.back());
    story.complete(updates.back(), Outcome::ok);
  }
  const OperationId saved = updates[2];
  for (const OperationId update : updates) {
    story.at(63'000).fact(kEast, facts::kKeptForMerge.hash, pack(update));
    if (update != saved) story.retracted(kEast, update);
  }
  // Of somebody else's store, about another matter, about no operation: none of it counts.
  story.fact(kCarol, facts::kKeptForMerge.hash, pack({kBob, 1}));
  story.fact(kEast, facts::kKeptForMerge.hash, 0);
  const Verdict verdict = judge.finish(story.at(90'000).end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(
      verdict.why,
      "2 of 3 acknowledged updates are held by no replica at the end, 2 of them kept aside for "
      "merge; first operation 1 of alice at 63.000 s");
  EXPECT_EQ(judge.measure().kept_for_merge, 2u);
  EXPECT_EQ(judge.measure().lost, 2u);
}

TEST(Durability, facts_of_other_names_and_nodes_keep_nothing) {
  Durability judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  const OperationId a = story.told(kAlice, Outcome::ok);
  story.fact(kEast, Purpose("something else").hash, pack(a));
  story.fact(kCarol, facts::kKeptForMerge.hash, pack(a));
  EXPECT_EQ(judge.finish(story.end()).word, Word::violated);
  EXPECT_EQ(judge.measure().kept_for_merge, 0u);
}

TEST(Durability, what_only_a_replica_that_is_down_holds_is_undecided) {
  Durability judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  const OperationId a = story.invoke(kAlice);
  story.applied(kEast, a);
  story.complete(a, Outcome::ok);
  story.goes_down(kEast);
  const Verdict verdict = judge.finish(story.at(90'000).end());
  EXPECT_EQ(verdict.word, Word::undecided);
  EXPECT_EQ(verdict.why,
            "1 acknowledged update held only by replicas that were down at the end; start them "
            "before it");
  EXPECT_EQ(judge.measure().held_only_by_down, 1u);
  EXPECT_EQ(judge.measure().lost, 0u);

  story.comes_up(kEast);
  EXPECT_EQ(judge.finish(story.end()).word, Word::holds);
  EXPECT_EQ(judge.measure().held_only_by_down, 0u);

  story.goes_down(kEast);
  story.applied(kWest, a);
  EXPECT_EQ(judge.finish(story.end()).word, Word::holds);
}

TEST(Durability, shows_the_first_loss_that_was_not_mended) {
  Durability judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  std::vector<OperationId> updates;
  for (int i = 0; i < 3; ++i) {
    updates.push_back(story.invoke(kAlice));
    story.applied(kEast, updates.back());
    story.complete(updates.back(), Outcome::ok);
  }
  story.at(1000).retracted(kEast, updates[0]);
  story.at(2000).retracted(kEast, updates[2]);
  const std::uint64_t second = story.event();
  story.at(3000).retracted(kEast, updates[1]);
  story.at(4000).applied(kWest, updates[0]);
  const Verdict verdict = judge.finish(story.at(90'000).end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(verdict.at, at_ms(2000));
  ASSERT_EQ(verdict.witness.size(), 2u);
  EXPECT_EQ(verdict.witness[1].value, second);
  EXPECT_EQ(judge.measure().lost, 2u);
}

TEST(Durability, a_loss_after_all_held_it_still_shows_who_gave_it_up_last) {
  Durability judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  const OperationId a = story.invoke(kAlice);
  story.applied(kEast, a);
  story.complete(a, Outcome::ok);
  story.applied(kWest, a);
  story.retracted(kWest, a);
  story.at(700).retracted(kEast, a);
  const Verdict verdict = judge.finish(story.at(900).end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(verdict.at, at_ms(700));
  ASSERT_FALSE(verdict.witness.empty());
  EXPECT_EQ(verdict.witness.back().value, story.event());
}

TEST(Durability, an_update_that_nobody_was_told_of_is_not_the_first_loss) {
  Durability judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  const OperationId untold = story.invoke(kBob);
  story.applied(kEast, untold);
  const OperationId a = story.invoke(kAlice);
  story.applied(kEast, a);
  story.complete(a, Outcome::ok);
  story.at(100).retracted(kEast, untold);
  story.at(200).retracted(kEast, a);
  EXPECT_EQ(judge.finish(story.end()).at, at_ms(200));
  EXPECT_EQ(judge.measure().lost, 1u);
}

TEST(Durability, remembers_what_is_at_risk_and_no_more) {
  Durability judge = judge_of_two();
  Story story(judge, {kEast, kWest});
  const OperationId a = story.invoke(kAlice);
  story.applied(kEast, a);
  story.complete(a, Outcome::ok);
  EXPECT_EQ(judge.remembered(), 1u);
  story.applied(kEast, a, kOtherStore);  // does not matter here
  story.applied(kWest, a, kOtherStore);
  EXPECT_EQ(judge.remembered(), 1u);
  story.applied(kWest, a);
  EXPECT_EQ(judge.remembered(), 0u);
  const OperationId b = story.invoke(kAlice);
  story.applied(kEast, b);
  story.applied(kWest, b);
  story.complete(b, Outcome::ok);  // all hold it already
  EXPECT_EQ(judge.remembered(), 0u);
  const OperationId c = story.invoke(kAlice);
  story.applied(kEast, c);
  story.applied(kWest, c);
  story.retracted(kWest, c);
  story.complete(c, Outcome::ok);  // all held it once
  EXPECT_EQ(judge.remembered(), 1u);
  story.retracted(kEast, a, kOtherStore);
  EXPECT_EQ(judge.finish(story.end()).word, Word::holds);
}

TEST(Durability, counts_every_loss_though_it_remembers_few) {
  Durability judge({kStore, {kEast, kWest}, 2});
  Story story(judge, {kEast, kWest});
  std::vector<OperationId> updates;
  for (int i = 0; i < 5; ++i) {
    updates.push_back(story.at(i).invoke(kAlice));
    story.applied(kEast, updates.back());
    story.complete(updates.back(), Outcome::ok);
    EXPECT_LE(judge.remembered(), 2u);
  }
  for (const OperationId update : updates) {
    story.at(100 + update.index).retracted(kEast, update);
    EXPECT_LE(judge.remembered(), 4u);
  }
  EXPECT_EQ(judge.finish(story.end()).at, at_ms(101));
  EXPECT_EQ(judge.measure().lost, 5u);
  // When those that it remembers are mended, it still knows that others are not.
  story.applied(kWest, updates[0]);
  story.applied(kWest, updates[1]);
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(verdict.why,
            "3 of 5 acknowledged updates are held by no replica at the end; first operation 3 of "
            "alice");
  EXPECT_TRUE(verdict.witness.empty());
}

// acknowledged minus the union of what is held by those that belong, with the whole run in hand.
TEST(Durability, counts_as_its_definition_does_on_random_runs) {
  const char* given = std::getenv("CLEAVE_TEST_SEED");
  const std::uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : 2018;
  std::map<Word, int> words;
  for (std::uint64_t round = 0; round < 400; ++round) {
    SCOPED_TRACE("CLEAVE_TEST_SEED=" + std::to_string(seed) + ", round " + std::to_string(round));
    Random r = Random::at(seed, 1, 2, round);
    Durability judge = judge_of_two();
    Story story(judge, {kEast, kWest});
    std::map<NodeId, std::set<OperationId>> held;
    std::set<NodeId> down;
    std::set<NodeId> outside;
    std::vector<OperationId> open;
    std::vector<OperationId> all;
    std::set<OperationId> acknowledged;
    const auto steps = static_cast<int>(r.below(50));
    for (int step = 0; step < steps; ++step) {
      story.at(step);
      const NodeId replica = r.chance(1, 2) ? kEast : kWest;
      const std::uint64_t what = r.below(13);
      if (what < 3 || all.empty()) {
        open.push_back(story.invoke(r.chance(1, 2) ? kAlice : kBob));
        all.push_back(open.back());
        continue;
      }
      const OperationId update = all[static_cast<std::size_t>(r.below(all.size()))];
      if (what < 6) {
        story.applied(replica, update);
        held[replica].insert(update);
      } else if (what == 6) {
        story.retracted(replica, update);
        held[replica].erase(update);
      } else if (what < 10 && !open.empty()) {
        const auto outcome = static_cast<Outcome>(r.chance(1, 2) ? 0 : r.below(5));
        story.complete(open.back(), outcome);
        if (outcome == Outcome::ok) acknowledged.insert(open.back());
        open.pop_back();
      } else if (what == 10) {
        const NodeId from = replica == kEast ? kWest : kEast;
        story.installed(replica, {held[from].begin(), held[from].end()});
        held[replica] = held[from];
      } else if (what == 11) {
        // West alone comes and goes, so that the store is not empty.
        if (outside.erase(kWest) > 0) {
          story.joins(kWest);
        } else {
          story.leaves(kWest);
          outside.insert(kWest);
        }
      } else if (down.count(replica) > 0) {
        story.comes_up(replica);
        down.erase(replica);
      } else {
        story.goes_down(replica);
        down.insert(replica);
      }
    }
    const Verdict verdict = judge.finish(story.end());
    std::uint64_t lost = 0;
    std::uint64_t asleep = 0;
    for (const OperationId update : acknowledged) {
      const bool in_east = held[kEast].count(update) > 0;
      const bool in_west = held[kWest].count(update) > 0 && outside.count(kWest) == 0;
      const bool live = (in_east && down.count(kEast) == 0) || (in_west && down.count(kWest) == 0);
      if (!in_east && !in_west)
        ++lost;
      else if (!live)
        ++asleep;
    }
    ASSERT_EQ(judge.measure().acknowledged, acknowledged.size());
    ASSERT_EQ(judge.measure().lost, lost);
    ASSERT_EQ(judge.measure().held_only_by_down, asleep);
    Word expected = Word::holds;
    if (lost > 0)
      expected = Word::violated;
    else if (acknowledged.empty())
      expected = Word::vacuous;
    else if (asleep > 0)
      expected = Word::undecided;
    ASSERT_EQ(verdict.word, expected);
    ASSERT_EQ(verdict.at.has_value(), lost > 0);
    ++words[verdict.word];
  }
  for (const Word word : {Word::holds, Word::violated, Word::undecided, Word::vacuous})
    EXPECT_GT(words[word], 0) << to_string(word);
}

}  // namespace
}  // namespace cleave::test
