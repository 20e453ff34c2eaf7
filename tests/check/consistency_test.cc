#include "sim/check/consistency.h"

#include "sim/check/judges.h"
#include "tests/check/story.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace cleave::test {
namespace {

Consistency judge_of(Level level) {
  return Consistency({.store = kStore, .level = level, .names = {{kChat, "chat"}}});
}

What write(std::uint64_t value) {
  return {Action::write, kChat, value};
}
const What kRead{Action::read};

// Bob reads what Alice had overwritten.
void tell_stale_read(Story& story) {
  story.complete(story.at(100).invoke(kAlice, write(77)), Outcome::ok, {}, 1);
  story.complete(story.at(200).invoke(kAlice, write(88)), Outcome::ok, {}, 2);
  story.complete(story.at(300).invoke(kBob, kRead), Outcome::ok, {77}, 1);
}

TEST(Consistency, of_a_run_is_violated_with_the_events_that_show_it) {
  Consistency judge = judge_of(Level::linearizable);
  Story story(judge);
  tell_stale_read(story);
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(verdict.why,
            "stale-read: process alice wrote 1 to chat, then process alice wrote 2 to chat, then "
            "process bob read chat = 1: no order explains this");
  EXPECT_EQ(numbers(verdict.witness), (std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(verdict.at, at_ms(300));
  EXPECT_EQ(verdict.event, EventId{6});
}

TEST(Consistency, calls_a_client_by_its_name_whatever_else_it_has_under_way) {
  Consistency judge = judge_of(Level::linearizable);
  Story story(judge);
  const OperationId slow = story.invoke(kBob, write(66));
  story.complete(story.invoke(kBob, kRead), Outcome::ok, {99}, 1);
  story.complete(slow, Outcome::ok, {}, 1);
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_NE(verdict.why.find("process bob.1 read chat"), std::string::npos) << verdict.why;
}

TEST(Consistency, says_what_the_operations_of_a_violation_were_and_why_they_fit_no_order) {
  Consistency judge = judge_of(Level::linearizable);
  Story story(judge);
  tell_stale_read(story);
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.operations,
            (std::vector<WitnessOperation>{{{1}, EventId{2}, "process alice wrote 1 to chat"},
                                           {{3}, EventId{4}, "process alice wrote 2 to chat"},
                                           {{5}, EventId{6}, "process bob read chat = 1"}}));
  EXPECT_EQ(verdict.because,
            (std::vector<WitnessReason>{
                {0, 2, "process bob read chat = 1, so process alice wrote 1 to chat before"},
                {0, 1, "process alice wrote 1 to chat before process alice wrote 2 to chat"},
                {1, 2, "process alice wrote 2 to chat before process bob read chat = 1"}}));
}

// A cycle has its edges as reasons: what is asked for is in its operations, whoever names it.
TEST(Consistency, names_every_operation_that_a_reason_is_about) {
  Consistency judge = judge_of(Level::read_your_writes);
  Story story(judge);
  story.complete(story.at(100).invoke(kAlice, write(77)), Outcome::ok, {}, 1);
  story.complete(story.at(200).invoke(kAlice, write(88)), Outcome::ok, {}, 2);
  story.complete(story.at(300).invoke(kAlice, kRead), Outcome::ok, {77}, 1);
  const Verdict verdict = judge.finish(story.end());
  ASSERT_EQ(verdict.word, Word::violated);
  ASSERT_FALSE(verdict.because.empty());
  for (const WitnessReason& reason : verdict.because) {
    EXPECT_LT(reason.from, verdict.operations.size());
    EXPECT_LT(reason.to, verdict.operations.size());
    EXPECT_FALSE(reason.why.empty());
  }
}

TEST(Consistency, is_asked_at_one_level) {
  Consistency judge = judge_of(Level::sequential);
  Story story(judge);
  tell_stale_read(story);
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::holds) << verdict.why;
  EXPECT_GT(verdict.checked, 0u);
}

// Carol adds 1 to a counter, and reads it.
void tell_count(Consistency& judge, std::uint64_t told) {
  Invoked operation{.id = {kCarol, 1},
                    .at = at_ms(10),
                    .event = {1},
                    .store = kStore,
                    .key = kNews,
                    .type = ObjectType::counter,
                    .action = Action::add,
                    .argument = 1};
  judge.on(operation);
  judge.on(Completed{.id = operation.id, .at = at_ms(11), .event = {2}, .outcome = Outcome::ok});
  operation.id.index = 2;
  operation.action = Action::read;
  judge.on(operation);
  judge.on(Completed{
      .id = operation.id, .at = at_ms(12), .event = {3}, .outcome = Outcome::ok, .values = {told}});
}

TEST(Consistency, of_one_type_that_is_violated_is_violated_for_all) {
  for (const bool register_breaks : {true, false}) {
    Consistency judge = judge_of(Level::linearizable);
    Story story(judge);
    if (register_breaks)
      tell_stale_read(story);
    else
      story.told(kAlice, Outcome::ok, write(77));
    tell_count(judge, register_breaks ? 1 : 7);
    const Verdict verdict = judge.finish(story.end());
    EXPECT_EQ(verdict.word, Word::violated) << verdict.why;
    EXPECT_EQ(verdict.checked, register_breaks ? 2u : 1u);
  }
}

TEST(Consistency, is_of_one_store) {
  Consistency judge = judge_of(Level::linearizable);
  Story story(judge);
  for (const What& what : {write(1), write(2)})
    story.told(kAlice, Outcome::ok, {what.action, kChat, what.argument, 0, kOtherStore});
  story.complete(story.invoke(kBob, {Action::read, kChat, 0, 0, kOtherStore}), Outcome::ok, {1}, 1);
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::vacuous);
  EXPECT_EQ(verdict.why, "no operation was invoked");
}

TEST(Consistency, cannot_be_asked_of_queues) {
  Consistency judge = judge_of(Level::linearizable);
  Story story(judge);
  judge.on(Invoked{.id = {kAlice, 1},
                   .event = {1},
                   .store = kStore,
                   .key = kChat,
                   .type = ObjectType::queue,
                   .action = Action::append});
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::undecided);
  EXPECT_EQ(verdict.why, "linearizable cannot be asked of objects of type queue");
}

TEST(Consistency, is_undecided_when_there_was_more_than_there_is_room_for) {
  Consistency judge(
      {.store = kStore, .level = Level::linearizable, .names = {}, .most_operations = 2});
  Story story(judge);
  story.complete(story.at(100).invoke(kAlice, write(77)), Outcome::ok, {}, 1);
  story.complete(story.at(200).invoke(kBob, kRead), Outcome::ok, {77}, 1);
  story.complete(story.at(300).invoke(kBob, kRead), Outcome::ok, {77}, 1);
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::undecided);
  EXPECT_EQ(verdict.why,
            "there were more than 2 operations on objects of type register: shorten the run");
}

TEST(Consistency, has_a_judge_for_each_level) {
  for (const Level level : levels_of_runs())
    EXPECT_NE(find_judge(to_string(level)), nullptr) << to_string(level);
}

}  // namespace
}  // namespace cleave::test
