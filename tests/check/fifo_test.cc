#include "sim/check/fifo.h"

#include "tests/check/story.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cleave::test {
namespace {

Fifo::Options options() {
  return {kStore};
}

TEST(Fifo, holds_when_each_sender_is_read_in_its_order) {
  Fifo judge(options());
  Story story(judge);
  story.append(kAlice, 1);
  story.append(kBob, 11);
  story.append(kAlice, 2);
  story.append(kBob, 12);
  story.append(kAlice, 3);
  story.read(kCarol, 0, {11, 1, 2, 12, 3});
  story.read(kCarol, 0, {1, 2, 3, 11, 12});  // another interleaving
  story.read(kCarol, 0, {1, 3});             // gaps are no matter of order
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::holds) << verdict.why;
  EXPECT_EQ(verdict.checked, 7u);
}

TEST(Fifo, the_smallest_violation_is_two_appends_and_a_read) {
  Fifo judge(options());
  Story story(judge);
  story.append(kAlice, 1);               // events 1 and 2
  story.append(kAlice, 2);               // events 3 and 4
  story.at(70).read(kCarol, 0, {2, 1});  // events 5 and 6
  const Verdict verdict = judge.finish(story.at(100).end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(verdict.at, at_ms(70));
  EXPECT_EQ(numbers(verdict.witness), (std::vector<std::uint64_t>{1, 3, 6}));
  EXPECT_EQ(verdict.why,
            "carol read operation 1 of alice after operation 2 of alice, which was appended later");
}

TEST(Fifo, an_inversion_is_found_whatever_stands_between) {
  Fifo judge(options());
  Story story(judge);
  story.append(kAlice, 1);
  story.append(kAlice, 2);
  story.append(kBob, 11);
  story.append(kAlice, 3);
  story.read(kCarol, 0, {11, 1, 3, 2});
  EXPECT_EQ(judge.finish(story.end()).word, Word::violated);
}

TEST(Fifo, what_overlaps_or_is_not_known_to_be_appended_binds_nobody) {
  struct Case {
    const char* what;
    Outcome first;
    bool overlap;
    Word word;
  };
  for (const Case& c : {
           Case{"one after the other", Outcome::ok, false, Word::violated},
           Case{"overlapping", Outcome::ok, true, Word::holds},
           Case{"outcome unknown", Outcome::unknown, false, Word::holds},
       }) {
    SCOPED_TRACE(c.what);
    Fifo judge(options());
    Story story(judge);
    const OperationId a = story.invoke(kAlice, {Action::append, kChat, 1});
    if (!c.overlap) story.complete(a, c.first);
    const OperationId b = story.invoke(kAlice, {Action::append, kChat, 2});
    if (c.overlap) story.complete(a, c.first);
    story.complete(b, Outcome::ok);
    story.read(kCarol, 0, {2, 1});
    EXPECT_EQ(judge.finish(story.end()).word, c.word);
  }
}

TEST(Fifo, a_client_told_and_invoking_in_one_event_was_told_first) {
  Fifo judge(options());
  Invoked a{{kAlice, 1}, 0, {}, {1}, kStore, kChat, ObjectType::log, Action::append, 1, 0};
  Invoked b{{kAlice, 2}, 0, {}, {2}, kStore, kChat, ObjectType::log, Action::append, 2, 0};
  Invoked r{{kCarol, 1}, 0, {}, {3}, kStore, kChat, ObjectType::log, Action::read_from, 0, 0};
  judge.on(a);
  judge.on(Completed{a.id, {}, {2}, Outcome::ok, 1, {}});
  judge.on(b);
  judge.on(r);
  judge.on(Completed{r.id, {}, {4}, Outcome::ok, 0, {2, 1}});
  Story story(judge);
  EXPECT_EQ(judge.finish(story.end()).word, Word::violated);
}

TEST(Fifo, different_clients_objects_and_stores_have_no_order) {
  Fifo judge(options());
  Story story(judge);
  story.append(kAlice, 1);
  story.append(kBob, 2);
  story.append(kAlice, 3, kNews);
  story.append(kAlice, 1, kNews);  // the same value in another object is another entry
  story.told(kAlice, Outcome::ok, {Action::append, kChat, 1, 0, kOtherStore});
  story.read(kCarol, 0, {2, 1});
  story.read(kCarol, 0, {3, 1}, kNews);
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::holds) << verdict.why;
}

TEST(Fifo, a_reader_that_goes_on_is_judged_over_all_it_read) {
  struct Case {
    const char* what;
    std::uint64_t second_position;
    NodeId second_reader;
    std::uint32_t second_process;
    std::vector<std::uint64_t> second;
    Word word;
  };
  for (const Case& c : {
           Case{"goes on", 2, kCarol, 0, {1}, Word::violated},
           Case{"goes on after a gap", 9, kCarol, 0, {1}, Word::violated},
           Case{"goes on and reads the last again", 2, kCarol, 0, {3}, Word::violated},
           Case{"starts over", 0, kCarol, 0, {1, 3}, Word::holds},
           Case{"reads a part again", 1, kCarol, 0, {3, 4}, Word::holds},
           Case{"is another process", 2, kCarol, 1, {1}, Word::holds},
           Case{"is another reader", 2, kBob, 0, {1}, Word::holds},
           Case{"goes on in order", 2, kCarol, 0, {4}, Word::holds},
       }) {
    SCOPED_TRACE(c.what);
    Fifo judge(options());
    Story story(judge);
    for (const std::uint64_t value : {1ull, 2ull, 3ull, 4ull})
      story.append(kAlice, value);
    story.read(kCarol, 0, {2, 3});
    const OperationId second =
        story.invoke(c.second_reader,
                     {Action::read_from, kChat, 0, c.second_position, kStore, c.second_process});
    story.complete(second, Outcome::ok, c.second);
    const Verdict verdict = judge.finish(story.end());
    EXPECT_EQ(verdict.word, c.word) << verdict.why;
  }
}

TEST(Fifo, finds_an_entry_that_is_read_twice) {
  Fifo judge(options());
  Story story(judge);
  story.append(kAlice, 1);                 // events 1 and 2
  story.append(kBob, 2);                   // events 3 and 4
  story.at(9).read(kCarol, 0, {1, 2, 1});  // events 5 and 6
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(verdict.why, "carol read operation 1 of alice twice");
  EXPECT_EQ(numbers(verdict.witness), (std::vector<std::uint64_t>{1, 6}));
}

TEST(Fifo, finds_it_twice_also_behind_a_newer_entry_that_it_overlaps) {
  Fifo judge(options());
  Story story(judge);
  const OperationId a = story.invoke(kAlice, {Action::append, kChat, 1});
  story.append(kAlice, 2);
  story.complete(a, Outcome::ok);
  story.read(kCarol, 0, {1, 2, 1});
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(verdict.why, "carol read operation 1 of alice twice");
}

TEST(Fifo, two_reads_of_one_entry_are_not_twice) {
  Fifo judge(options());
  Story story(judge);
  story.append(kAlice, 1);
  story.append(kAlice, 2);
  story.read(kCarol, 0, {1, 2});
  story.read(kBob, 0, {1, 2});
  story.read(kCarol, 0, {1, 2});
  EXPECT_EQ(judge.finish(story.end()).word, Word::holds);
}

TEST(Fifo, finds_an_entry_that_nobody_appended) {
  Fifo judge(options());
  Story story(judge);
  story.append(kAlice, 1);
  story.at(5).read(kCarol, 0, {1, 99});
  Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(verdict.why, "carol read an entry that nobody appended");
  EXPECT_EQ(numbers(verdict.witness), std::vector<std::uint64_t>{4});

  for (const Outcome outcome : {Outcome::refused, Outcome::unavailable}) {
    Fifo other(options());
    Story failed(other);
    failed.told(kAlice, outcome, {Action::append, kChat, 1});  // events 1 and 2
    failed.read(kCarol, 0, {1});                               // events 3 and 4
    verdict = other.finish(failed.end());
    EXPECT_EQ(verdict.word, Word::violated);
    EXPECT_EQ(verdict.why,
              "carol read operation 1 of alice, whose client was told that it was not appended");
    EXPECT_EQ(numbers(verdict.witness), (std::vector<std::uint64_t>{2, 4}));
  }
}

TEST(Fifo, a_pending_append_may_be_read_already) {
  Fifo judge(options());
  Story story(judge);
  story.append(kAlice, 1);
  const OperationId b = story.invoke(kAlice, {Action::append, kChat, 2});
  story.read(kCarol, 0, {1, 2});
  story.complete(b, Outcome::ok);
  EXPECT_EQ(judge.finish(story.end()).word, Word::holds);
}

TEST(Fifo, is_undecided_when_values_are_not_unique) {
  Fifo judge(options());
  Story story(judge);
  story.append(kAlice, 1);
  story.append(kAlice, 2);
  story.append(kBob, 1);
  story.read(kCarol, 0, {2, 1});  // Bob's, perhaps
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::undecided);
  EXPECT_EQ(verdict.why,
            "operation 1 of bob appended a value that had been appended before; make values "
            "unique");
  // What does not depend on it is still found.
  story.append(kAlice, 3);
  story.read(kCarol, 0, {3, 2});
  EXPECT_EQ(judge.finish(story.end()).word, Word::violated);
}

TEST(Fifo, is_vacuous_when_no_two_entries_of_a_client_were_read) {
  Fifo judge(options());
  Story story(judge);
  story.append(kAlice, 1);
  story.append(kAlice, 2);
  story.append(kBob, 11);
  story.read(kCarol, 0, {1, 11});
  story.complete(story.invoke(kCarol, {Action::read_from}), Outcome::unavailable);
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::vacuous);
  EXPECT_EQ(verdict.checked, 0u);
}

TEST(Fifo, forgets_rather_than_grows_and_says_so) {
  Fifo::Options few = options();
  few.most_appends = 2;
  Fifo judge(few);
  Story story(judge);
  for (const std::uint64_t value : {1ull, 2ull, 3ull})
    story.append(kAlice, value);
  story.read(kCarol, 0, {1, 2, 3});
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::undecided);
  EXPECT_EQ(verdict.why, "more than 2 appends; shorten the run");
  story.read(kCarol, 0, {2, 1});
  EXPECT_EQ(judge.finish(story.end()).word, Word::violated);
}

TEST(Fifo, without_room_for_readers_each_read_stands_for_itself) {
  Fifo::Options few = options();
  few.most_pairs = 1;
  Fifo judge(few);
  Story story(judge);
  story.append(kAlice, 1);
  story.append(kAlice, 2);
  story.append(kAlice, 1, kNews);
  story.append(kAlice, 2, kNews);
  story.read(kBob, 0, {1}, kNews);  // takes the room
  story.read(kCarol, 0, {2});
  story.read(kCarol, 1, {1});  // would be a violation
  EXPECT_EQ(judge.finish(story.end()).word, Word::vacuous);
  story.read(kBob, 1, {2}, kNews);
  EXPECT_EQ(judge.finish(story.end()).word, Word::holds);
}

TEST(Fifo, only_reads_that_were_answered_move_a_reader) {
  for (const bool acknowledges : {false, true}) {
    SCOPED_TRACE(acknowledges);
    Fifo judge(options());
    Story story(judge);
    for (const std::uint64_t value : {1ull, 2ull, 3ull})
      story.append(kAlice, value);
    story.read(kCarol, 0, {2, 3});
    const Action action = acknowledges ? Action::acknowledge : Action::read_from;
    story.told(kCarol, acknowledges ? Outcome::ok : Outcome::unavailable, {action, kChat, 0, 9});
    story.read(kCarol, 2, {1});
    EXPECT_EQ(judge.finish(story.end()).word, Word::violated);
  }
}

TEST(Fifo, remembers_the_first_violation) {
  Fifo judge(options());
  Story story(judge);
  for (const std::uint64_t value : {1ull, 2ull, 3ull})
    story.append(kAlice, value);
  story.at(10).read(kCarol, 0, {2, 1});
  story.at(20).read(kBob, 0, {3, 2});
  story.at(30).read(kBob, 0, {1, 2, 3});
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(verdict.at, at_ms(10));
}

TEST(Fifo, a_repeated_value_is_never_held_against_anybody) {
  Fifo judge(options());
  Story story(judge);
  const OperationId a = story.invoke(kAlice, {Action::append, kChat, 1});
  story.append(kBob, 1);
  story.complete(a, Outcome::ok);
  story.append(kAlice, 2);
  story.append(kCarol, 1);
  story.read(kCarol, 0, {1, 2, 1});
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::undecided);
  EXPECT_NE(verdict.why.find("operation 1 of bob"), std::string::npos) << verdict.why;
}

TEST(Fifo, compares_with_the_newest_entry_and_not_with_the_last) {
  Fifo judge(options());
  Story story(judge);
  const OperationId a = story.invoke(kAlice, {Action::append, kChat, 1});
  story.append(kAlice, 2);
  story.append(kAlice, 3);
  story.complete(a, Outcome::ok);  // overlaps both
  story.read(kCarol, 0, {3, 1, 2});
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_NE(verdict.why.find("operation 2 of alice after operation 3 of alice"), std::string::npos)
      << verdict.why;
}

TEST(Fifo, a_reader_takes_room_once) {
  Fifo::Options few = options();
  few.most_pairs = 1;
  Fifo judge(few);
  Story story(judge);
  for (const std::uint64_t value : {1ull, 2ull, 3ull})
    story.append(kAlice, value);
  story.read(kCarol, 0, {1});
  story.read(kCarol, 1, {3});
  story.read(kCarol, 2, {2});
  EXPECT_EQ(judge.finish(story.end()).word, Word::violated);
}

}  // namespace
}  // namespace cleave::test
