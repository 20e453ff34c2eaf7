#include "sim/check/availability.h"

#include "sim/base/random.h"
#include "tests/check/story.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace cleave::test {
namespace {

// 2^64 * percent / 100, rounded down.
Probability percent(std::uint64_t n) {
  if (n == 100) return Probability::certain();
  return Probability{static_cast<std::uint64_t>((u128(n) << 64) / 100)};
}

Availability judge_of(Probability at_least, std::optional<FaultId> during = std::nullopt) {
  return Availability({kStore, {kBob, kAlice}, during, at_least});
}

TEST(Availability, every_answer_is_service_and_no_answer_is_none) {
  struct Case {
    std::optional<Outcome> outcome;  // none: open at the end
    Word word;
  };
  for (const Case& c : {
           Case{Outcome::ok, Word::holds},
           Case{Outcome::refused, Word::holds},
           Case{Outcome::conflict, Word::holds},
           Case{Outcome::unavailable, Word::violated},
           Case{Outcome::unknown, Word::violated},
           Case{std::nullopt, Word::undecided},
       }) {
    SCOPED_TRACE(c.outcome ? to_string(*c.outcome) : "open");
    Availability judge = judge_of(Probability::certain());
    Story story(judge);
    const OperationId a = story.at(100).invoke(kAlice);
    if (c.outcome) story.at(300).complete(a, *c.outcome);
    const Verdict verdict = judge.finish(story.end());
    EXPECT_EQ(verdict.word, c.word) << verdict.why;
    EXPECT_EQ(verdict.checked, 1u);
    if (c.word != Word::violated) continue;
    EXPECT_EQ(verdict.at, at_ms(300));
    EXPECT_EQ(numbers(verdict.witness), (std::vector<std::uint64_t>{1, 2}));
    EXPECT_EQ(verdict.why,
              "0 of 1 operation served; the first that was not: operation 1 of alice, told so at "
              "0.300 s");
  }
}

TEST(Availability, the_share_is_compared_exactly) {
  struct Case {
    int served;
    int unserved;
    int open;
    std::uint64_t percent;
    Word word;
  };
  for (const Case& c : {
           Case{99, 1, 0, 99, Word::holds},
           Case{98, 1, 0, 99, Word::violated},
           Case{98, 2, 0, 99, Word::violated},
           Case{98, 1, 1, 99, Word::undecided},
           Case{98, 0, 2, 99, Word::undecided},
           Case{97, 2, 1, 99, Word::violated},
           Case{99, 0, 1, 99, Word::holds},
           Case{100, 0, 0, 100, Word::holds},
           Case{0, 1, 0, 0, Word::holds},
           Case{1, 2, 0, 33, Word::holds},
           Case{1, 2, 0, 34, Word::violated},
           Case{7, 3, 0, 70, Word::holds},
       }) {
    SCOPED_TRACE(std::to_string(c.served) + "/" + std::to_string(c.unserved) + "/" +
                 std::to_string(c.open) + " for " + std::to_string(c.percent));
    Availability judge = judge_of(percent(c.percent));
    Story story(judge);
    for (int i = 0; i < c.served; ++i)
      story.told(kAlice, Outcome::ok);
    for (int i = 0; i < c.unserved; ++i)
      story.told(kBob, Outcome::unavailable);
    for (int i = 0; i < c.open; ++i)
      story.invoke(kAlice);
    const Verdict verdict = judge.finish(story.end());
    EXPECT_EQ(verdict.word, c.word) << verdict.why;
  }
}

TEST(Availability, ratios_are_exact_where_the_share_has_no_finite_binary_form) {
  for (const std::uint64_t total : {10ull, 1'000ull, 1'000'000ull, 1'000'000'000'000ull}) {
    EXPECT_TRUE(reaches(total / 10 * 7, total, percent(70)));
    EXPECT_FALSE(reaches(total / 10 * 7 - 1, total, percent(70)));
    const Probability rounded_up{percent(70).below + 1};
    EXPECT_TRUE(reaches(total / 10 * 7, total, rounded_up));
    EXPECT_FALSE(reaches(total / 10 * 7 - 1, total, rounded_up));
  }
  EXPECT_TRUE(reaches(5, 5, Probability::certain()));
  EXPECT_FALSE(reaches(4, 5, Probability::certain()));
  const std::uint64_t many = (std::uint64_t{1} << 63) + 1;
  EXPECT_FALSE(reaches(many - 1, many, Probability::certain()));
  EXPECT_FALSE(reaches(0, 5, Probability{1}));  // the least share that is not 0
  EXPECT_TRUE(reaches(1, 5, Probability{1}));
}

TEST(Availability, shows_the_first_operation_that_was_not_served) {
  Availability judge = judge_of(Probability::certain());
  Story story(judge);
  story.at(1).told(kAlice, Outcome::ok);
  const OperationId slow = story.at(2).invoke(kBob);  // event 3
  story.at(3).told(kAlice, Outcome::refused);
  const OperationId second = story.at(4).invoke(kAlice);  // event 6
  story.at(5).complete(second, Outcome::unavailable);     // event 7
  story.at(6).complete(slow, Outcome::unknown);
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(verdict.at, at_ms(5));
  EXPECT_EQ(numbers(verdict.witness), (std::vector<std::uint64_t>{6, 7}));
}

TEST(Availability, counts_operations_where_they_were_invoked) {
  Availability judge = judge_of(Probability::certain(), kSplit);
  Story story(judge);
  const OperationId before = story.at(1).invoke(kAlice);
  story.at(2).fault_begins(kOtherFault);
  story.told(kAlice, Outcome::unavailable);
  story.at(10).fault_begins();
  story.at(11).complete(before, Outcome::unknown);  // not during, though told during
  const OperationId during = story.at(12).invoke(kBob);
  story.at(13).fault_ends(kOtherFault);
  story.at(14).told(kAlice, Outcome::ok);
  story.at(20).fault_ends();
  story.at(21).told(kAlice, Outcome::unavailable);
  story.at(30).complete(during, Outcome::ok);  // during, though told after
  const Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::holds) << verdict.why;
  EXPECT_EQ(judge.counts(), (OutcomeCounts{2, 0, 0, 0, 0, 0}));
}

TEST(Availability, other_clients_and_other_stores_do_not_count) {
  Availability judge = judge_of(Probability::certain());
  Story story(judge);
  story.told(kCarol, Outcome::unavailable);
  story.told(kAlice, Outcome::unavailable, {Action::write, kChat, 0, 0, kOtherStore});
  Verdict verdict = judge.finish(story.end());
  EXPECT_EQ(verdict.word, Word::vacuous);
  EXPECT_EQ(verdict.why, "no operation was invoked");
  Availability during = judge_of(Probability::certain(), kSplit);
  Story calm(during);
  calm.told(kAlice, Outcome::ok);
  verdict = during.finish(calm.end());
  EXPECT_EQ(verdict.word, Word::vacuous);
  EXPECT_EQ(verdict.why, "no operation was invoked while the fault was on");
}

TEST(AvailabilityTable, has_a_window_between_any_two_marks) {
  AvailabilityTable table({{"east", {kBob, kAlice}}, {"west", {kCarol}}});
  Story story(table);
  story.at(5).told(kAlice, Outcome::ok);
  const OperationId late = story.at(9).invoke(kBob);
  story.at(10).fault_begins();
  story.at(10).fault_begins(kOtherFault);  // the same moment: one window
  story.at(12).told(kAlice, Outcome::refused);
  story.at(12).told(kAlice, Outcome::conflict);
  story.at(12).told(kCarol, Outcome::unavailable);
  story.at(13).complete(late, Outcome::unknown);
  story.at(20).fault_ends();
  story.at(21).invoke(kCarol);
  story.at(21).told(kEast, Outcome::ok);  // in no group
  const auto rows = table.rows(at_ms(30));
  struct Expected {
    const char* group;
    std::int64_t from, to;
    OutcomeCounts counts;
  };
  const std::vector<Expected> expected{
      {"east", 0, 10, {1, 0, 0, 0, 1, 0}},  {"east", 10, 20, {0, 1, 1, 0, 0, 0}},
      {"east", 20, 30, {0, 0, 0, 0, 0, 0}}, {"west", 0, 10, {0, 0, 0, 0, 0, 0}},
      {"west", 10, 20, {0, 0, 0, 1, 0, 0}}, {"west", 20, 30, {0, 0, 0, 0, 0, 1}},
  };
  ASSERT_EQ(rows.size(), expected.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    SCOPED_TRACE(i);
    EXPECT_EQ(rows[i].group, expected[i].group);
    EXPECT_EQ(rows[i].from, at_ms(expected[i].from));
    EXPECT_EQ(rows[i].to, at_ms(expected[i].to));
    EXPECT_EQ(rows[i].counts, expected[i].counts);
  }
}

TEST(AvailabilityTable, leaves_out_windows_without_length) {
  AvailabilityTable table({{"east", {kAlice}}});
  Story story(table);
  story.at(0).fault_begins();  // at the start of the run
  story.at(5).told(kAlice, Outcome::ok);
  story.at(9).fault_ends();  // at its end
  const auto rows = table.rows(at_ms(9));
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].from, Time{});
  EXPECT_EQ(rows[0].to, at_ms(9));
  EXPECT_EQ(rows[0].counts.ok, 1u);
}

TEST(AvailabilityTable, keeps_operations_of_a_single_moment_in_one_window) {
  AvailabilityTable table({{"east", {kAlice}}});
  Story story(table);
  story.at(5).fault_begins();
  story.told(kAlice, Outcome::ok);
  story.at(5).fault_ends();
  story.told(kAlice, Outcome::refused);
  const auto rows = table.rows(at_ms(5));  // which is the last one, too
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].to, at_ms(5));
  EXPECT_EQ(rows[1].from, at_ms(5));
  EXPECT_EQ(rows[1].to, at_ms(5));
  EXPECT_EQ(rows[1].counts, (OutcomeCounts{1, 1, 0, 0, 0, 0}));
}

TEST(AvailabilityTable, a_flapping_fault_does_not_make_windows_without_end) {
  AvailabilityTable table({{"east", {kAlice}}});
  Story story(table);
  for (std::int64_t ms = 1; ms <= 10'000; ++ms) {
    if (ms % 2 == 1)
      story.at(ms).fault_begins();
    else
      story.at(ms).fault_ends();
    story.told(kAlice, Outcome::ok);
  }
  const auto rows = table.rows(at_ms(20'000));
  ASSERT_EQ(rows.size(), AvailabilityTable::kMostWindows);
  std::uint64_t ok = 0;
  for (const auto& row : rows)
    ok += row.counts.ok;
  EXPECT_EQ(ok, 10'000u);
  EXPECT_EQ(rows.back().to, at_ms(20'000));
}

}  // namespace
}  // namespace cleave::test
