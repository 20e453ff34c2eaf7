#include "sim/check/fresh_reads.h"

#include "tests/check/story.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace cleave::test {
namespace {

FreshReads judge_of(std::size_t most_objects = 1000) {
  return FreshReads({kStore, most_objects});
}

const What kRead{Action::read};

TEST(FreshReads, an_older_version_than_anybody_was_told_is_stale) {
  FreshReads judge = judge_of();
  Story story(judge);
  const OperationId write = story.at(100).invoke(kAlice);
  story.at(200).complete(write, Outcome::ok, {}, 5);
  const OperationId read = story.at(300).invoke(kBob, kRead);
  story.at(400).complete(read, Outcome::ok, {}, 4);
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(verdict.why,
            "stale read: operation 1 of bob returned version 4, but operation 1 of alice had been "
            "told version 5 before it was invoked");
  EXPECT_EQ(verdict.at, at_ms(400));
  EXPECT_EQ(verdict.event, EventId{4});
  EXPECT_EQ(numbers(verdict.witness), (std::vector<std::uint64_t>{2, 3, 4}));
}

// What one read has shown, the next may not take back.
TEST(FreshReads, reads_count_for_each_other) {
  FreshReads judge = judge_of();
  Story story(judge);
  story.complete(story.at(100).invoke(kAlice, kRead), Outcome::ok, {}, 7);
  story.complete(story.at(200).invoke(kBob, kRead), Outcome::ok, {}, 6);
  EXPECT_EQ(judge.finish(story.end()).word, Word::violated);
}

TEST(FreshReads, whatever_overlaps_or_is_of_another_object_or_failed_binds_nobody) {
  FreshReads judge = judge_of();
  Story story(judge);
  const OperationId early = story.at(100).invoke(kBob, kRead);
  story.complete(story.at(150).invoke(kAlice), Outcome::ok, {}, 5);
  story.at(200).complete(early, Outcome::ok, {}, 4);  // invoked before
  story.complete(story.at(300).invoke(kBob, {Action::read, kNews}), Outcome::ok, {}, 1);
  story.complete(story.at(300).invoke(kBob, {Action::read, kChat, 0, 0, kOtherStore}), Outcome::ok,
                 {}, 1);
  story.complete(story.at(300).invoke(kAlice), Outcome::unknown, {}, 9);
  story.complete(story.at(400).invoke(kBob, kRead), Outcome::ok, {}, 5);
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::holds) << verdict.why;
  EXPECT_EQ(verdict.checked, 1u);
  EXPECT_EQ(verdict.why, "1 read of what was known or newer");
}

TEST(FreshReads, is_vacuous_where_nothing_known_was_read) {
  FreshReads judge = judge_of();
  Story story(judge);
  story.complete(story.at(100).invoke(kAlice), Outcome::ok, {}, 5);
  EXPECT_EQ(judge.finish(story.end()).word, Word::vacuous);
}

TEST(FreshReads, is_undecided_when_there_were_too_many_objects) {
  FreshReads judge = judge_of(1);
  Story story(judge);
  story.complete(story.at(100).invoke(kAlice), Outcome::ok, {}, 1);
  story.complete(story.at(200).invoke(kAlice, {Action::write, kNews}), Outcome::ok, {}, 1);
  story.complete(story.at(300).invoke(kAlice, kRead), Outcome::ok, {}, 1);
  EXPECT_EQ(judge.finish(story.end()).word, Word::undecided);
}

}  // namespace
}  // namespace cleave::test
