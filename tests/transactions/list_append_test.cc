#include "tests/support/lanes.h"
#include "tests/transactions/axioms.h"
#include "tests/transactions/levels.h"
#include "tests/transactions/random_transactions.h"

#include <gtest/gtest.h>

namespace cleave {
namespace {

using testing::Axioms;
using testing::implies;
using testing::kImplications;
using testing::kIsolationLevels;
using testing::lanes;
using testing::seed;

Finding judge(const History& history, Level level) {
  return testing::judge(Model::list_append, history, level);
}

struct Known {
  const char* name;
  std::vector<std::string> drawing;
  std::string anomaly;
  std::vector<Level> weakest;  // that forbid it; all that imply one of them do, and no other
};
class Anomaly : public ::testing::TestWithParam<Known> {};

TEST_P(Anomaly, is_forbidden_from_some_level_up) {
  const History history = lanes(GetParam().drawing);
  for (const Level level : kIsolationLevels) {
    const Finding finding = judge(history, level);
    bool forbidden = false;
    for (const Level weakest : GetParam().weakest)
      forbidden = forbidden || implies(level, weakest);
    EXPECT_EQ(to_string(finding.word), forbidden ? "violated" : "holds") << to_string(level);
    if (forbidden) {
      EXPECT_EQ(finding.anomaly, GetParam().anomaly) << to_string(level);
      EXPECT_FALSE(finding.witness.empty() || finding.why.empty());
      EXPECT_EQ(finding.why.find("whatever order"), std::string::npos) << "not by trying";
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    , Anomaly,
    ::testing::Values(
        Known{"none", {"|t app x=1|  |t r x=[1]|", "       |t app x=2|    |t r x=[1 2]|"}, "", {}},
        Known{"G0",
              {"|t app x=1; app y=1|", "|t app x=2; app y=2|", "|t r x=[1 2]| |t r y=[2 1]|"},
              "G0",
              {Level::read_uncommitted}},
        Known{"incompatible_order",
              {"|t app x=1|", "|t app x=2|", "|t r x=[1 2]| |t r x=[2 1]|"},
              "incompatible-order",
              {Level::read_uncommitted}},
        Known{"thin_air",
              {"|t app x=1|", "  |t r x=[1 7]|"},
              "thin-air-read",
              {Level::read_uncommitted}},
        Known{"duplicate",
              {"|t app x=1|", "  |t r x=[1 1]|"},
              "duplicate-elements",
              {Level::read_uncommitted}},
        Known{"internal",
              {"|t app x=1|", " |t app x=2; r x=[1]|"},
              "internal",
              {Level::read_uncommitted}},
        Known{"future", {"|t r x=[1]; app x=1|"}, "future-read", {Level::read_uncommitted}},
        Known{"aborted", {"|t app x=1!", " |t r x=[1]|"}, "aborted-read", {Level::read_committed}},
        Known{"dirty_update",
              {"|t app x=1!", " |t app x=2|", "  |t r x=[1 2]|"},
              "dirty-update",
              {Level::read_committed}},
        Known{"intermediate",
              {"|t app x=1; app x=2|", "  |t r x=[1]|   |t r x=[1 2]|"},
              "intermediate-read",
              {Level::read_committed}},
        Known{"G1c",
              {"|t app x=1; r y=[1]|", "|t app y=1; r x=[1]|"},
              "G1c",
              {Level::read_committed}},
        Known{"unrepeatable",
              {"|t app x=1|", "|t r x=[]; r x=[1]|"},
              "unrepeatable-read",
              {Level::read_atomic}},
        Known{"saw_then_missed",
              {"|t app x=1; app y=1|", "|t r x=[1]; r y=[]|"},
              "fractured-read",
              {Level::monotonic_atomic_view}},
        Known{"missed_then_saw",
              {"|t app x=1; app y=1|", "|t r y=[]; r x=[1]|"},
              "fractured-read",
              {Level::read_atomic}},
        Known{"read_skew",
              {"|t app x=1|", "   |t r x=[1]; app y=1|", "      |t r x=[]; r y=[1]|"},
              "G-single",
              {Level::parallel_snapshot_isolation, Level::repeatable_read}},
        Known{"lost_update",
              {"|t r x=[]; app x=1|", "|t r x=[]; app x=2|", "             |t r x=[1 2]|"},
              "lost-update",
              {Level::parallel_snapshot_isolation, Level::repeatable_read}},
        Known{"lost_update_unseen",
              {"|t r x=[]; app x=1|", "|t r x=[]; app x=2|"},
              "lost-update",
              {Level::parallel_snapshot_isolation, Level::repeatable_read}},
        Known{"long_fork",
              {"|t app x=1|", "|t app y=1|", "|t r x=[1]; r y=[]|", "|t r x=[]; r y=[1]|"},
              "long-fork",
              {Level::snapshot_isolation, Level::repeatable_read}},
        Known{"write_skew",
              {"|t r x=[]; app y=1|", "|t r y=[]; app x=1|"},
              "write-skew",
              {Level::repeatable_read}},
        Known{"stale_in_a_session",
              {"|t app x=1|  |t r x=[]|", "      |t r x=[1]|"},
              "G-single-process",
              {Level::strong_session_serializable, Level::strong_session_snapshot_isolation}},
        Known{"stale",
              {"|t app x=1|", "              |t r x=[]|", "|t r x=[1]|"},
              "G-single-realtime",
              {Level::strict_serializable}},
        Known{"pending_and_seen",
              {"|t app x=1; app y=1>", "     |t r x=[1]| |t r y=[]|"},
              "G-single-process",
              {Level::strong_session_serializable, Level::strong_session_snapshot_isolation}},
        Known{"pending_and_unseen", {"|t app x=1>", "     |t r x=[]|   |t r x=[]|"}, "", {}},
        Known{"failed_and_unseen", {"|t app x=1!", "            |t r x=[]|"}, "", {}}),
    [](const auto& known) { return known.param.name; });

TEST(ListAppend, is_vacuous_where_nobody_read) {
  for (const Level level : kIsolationLevels)
    for (const auto& drawing : {"|t app x=1|", "|t r x=?|", "|t r x=[7]>"})
      EXPECT_EQ(judge(lanes({drawing}), level).word, Word::vacuous) << drawing;
}

TEST(ListAppend, is_undecided_where_a_value_was_appended_twice) {
  const Finding finding =
      judge(lanes({"|t app x=1| |t app x=1|", "       |t r x=[1]|"}), Level::serializable);
  EXPECT_EQ(finding.word, Word::undecided);
  EXPECT_EQ(finding.why,
            "1 was appended to x more than once, so that a list does not say by whom; append each "
            "value once");
}

TEST(ListAppend, keeps_to_its_budget) {
  const History history = lanes({"|t app x=1|", "|t r x=[1]|"});
  for (const Budget budget : {Budget{1, 1 << 20}, Budget{1000, 10}}) {
    const Finding finding =
        judge_transactions(history, {Model::list_append, Level::serializable, {}, budget});
    EXPECT_EQ(finding.word, Word::undecided);
    EXPECT_NE(finding.why.find("raise the budget"), std::string::npos) << finding.why;
  }
}

TEST(ListAppend, says_why_each_came_before_the_next) {
  const Finding finding = judge(lanes({"|t app x=1|", "              |t r x=[]|", "|t r x=[1]|"}),
                                Level::strict_serializable);
  EXPECT_EQ(finding.witness, (std::vector<std::uint32_t>{0, 2}));
  ASSERT_EQ(finding.because.size(), 2u);
  std::string why;
  for (const Because& because : finding.because)
    why += because.why + "; ";
  EXPECT_EQ(why,
            "process 1 did not see 1 in x, which process 0 appended; process 0 completed before "
            "process 1 began; ");
  EXPECT_EQ(finding.why, "in a circle of 2 transactions each comes before the next");
}

TEST(ListAppend, finds_the_order_of_appends_that_nobody_saw) {
  // Whoever appended 2 to x came first: the other order is a cycle.
  const History history = lanes({"|t app x=1; r y=[1]|", "|t app x=2; app y=1|"});
  EXPECT_EQ(judge(history, Level::serializable).word, Word::holds);
  // Neither order is permitted, though all that was seen is: a long fork between conflicting
  // writes.
  const History fork = lanes({"|t app x=1; r y=[]; r z=[1]|", "|t app x=2; r y=[1]; r z=[]|",
                              "|t app y=1|", "|t app z=1|"});
  const Finding finding = judge(fork, Level::parallel_snapshot_isolation);
  EXPECT_EQ(finding.word, Word::violated);
  EXPECT_EQ(finding.why.substr(0, 47), "whatever order the writes had, it is forbidden;");
}

bool is_in_doubt(const History& history, Level level) {
  // What failed transactions wrote may be read where nothing is committed; the axioms know none.
  if (level != Level::read_uncommitted) return false;
  for (const Operation& operation : history.operations)
    if (operation.ending == Ending::failed) return true;
  return false;
}

void compare_with_axioms(const History& history) {
  for (const Level level : kIsolationLevels) {
    const Finding finding = judge(history, level);
    const Word word = finding.word;
    if (word == Word::vacuous || is_in_doubt(history, level)) continue;
    ASSERT_TRUE(testing::is_told_well(finding, level))
        << to_string(level) << ", " << finding.anomaly << "\n"
        << testing::drawn(history);
    const bool permitted = Axioms(history, level, Axioms::Sessions::if_named).permit();
    ASSERT_EQ(to_string(word), permitted ? "holds" : "violated")
        << to_string(level) << "\n"
        << testing::drawn(history) << finding.why;
  }
}

TEST(ListAppend, agrees_with_the_axioms_at_random) {
  SCOPED_TRACE("CLEAVE_TEST_SEED=" + std::to_string(seed()));
  for (std::uint32_t i = 0; i < 20000; ++i) {
    testing::RandomTransactions knobs;
    knobs.transactions = 2 + i % 3;
    compare_with_axioms(testing::random_transactions(knobs, Random::at(seed(), 1, 0, i)));
    if (::testing::Test::HasFatalFailure()) FAIL() << "history " << i;
  }
}

TEST(ListAppend, keeps_to_the_lattice_at_random) {
  SCOPED_TRACE("CLEAVE_TEST_SEED=" + std::to_string(seed()));
  for (std::uint32_t i = 0; i < 3000; ++i) {
    testing::RandomTransactions knobs;
    knobs.transactions = 3 + i % 10;
    knobs.keys = 1 + i % 4;
    const History history = testing::random_transactions(knobs, Random::at(seed(), 2, 0, i));
    for (const auto& [strong, weak] : kImplications) {
      if (judge(history, strong).word != Word::holds) continue;
      ASSERT_EQ(to_string(judge(history, weak).word), "holds")
          << to_string(strong) << " and not " << to_string(weak) << ", history " << i << "\n"
          << testing::drawn(history);
    }
  }
}

}  // namespace
}  // namespace cleave
