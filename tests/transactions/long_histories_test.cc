// Histories that are strictly serializable by construction, and too long to be searched: every
// level holds, and says so within its budget.
#include "sim/base/random.h"
#include "sim/check/history/history_builder.h"
#include "tests/support/right_transactions.h"
#include "tests/transactions/levels.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace cleave {
namespace {

History right(Model model, std::uint64_t seed) {
  return testing::right_transactions(model == Model::list_append ? Call::append : Call::write, 2000,
                                     seed);
}

// One answer becomes that of another step, at another time.
void confuse(History& history, Random random) {
  for (;;) {
    Step& step = history.steps[random.below(history.steps.size())];
    const Step& other = history.steps[random.below(history.steps.size())];
    if (step.call != Call::read || other.call != Call::read || step.key != other.key) continue;
    if (step.answer == Answer::none || other.answer == Answer::none) continue;
    if (step.results == other.results && step.result == other.result) continue;
    step.results = other.results;
    step.result = other.result;
    return;
  }
}

// A transaction of very many keys is no more than that.
TEST(WideTransactions, are_judged_in_time) {
  for (const Model model : {Model::list_append, Model::rw_register}) {
    const Call call = model == Model::list_append ? Call::append : Call::write;
    HistoryBuilder builder;
    for (const bool writes : {true, false}) {
      std::vector<Step> steps;
      for (std::int64_t key = 0; key < 100'000; ++key) {
        Step read;
        read.key = builder.key(integer(key));
        read.answer = model == Model::list_append ? Answer::many : Answer::one;
        if (!writes) read.result = integer(7);
        if (!writes && model == Model::list_append) read.results = builder.values({integer(7)});
        steps.push_back(read);
        Step write;
        write.key = read.key;
        write.call = call;
        write.argument = integer(7);
        if (writes) steps.push_back(write);
      }
      Operation transaction;
      transaction.call = Call::transaction;
      transaction.steps = builder.steps(steps);
      builder.invoke(integer(0), transaction);
      builder.complete(integer(0), Ending::done);
    }
    const History history = std::move(builder).build();
    for (const Level level : {Level::strict_serializable, Level::read_committed}) {
      const Finding finding = testing::judge(model, history, level);
      EXPECT_EQ(finding.word, Word::holds) << finding.why;
    }
  }
}

class LongHistories : public ::testing::TestWithParam<Model> {};

TEST_P(LongHistories, hold_at_every_level) {
  for (std::uint64_t i = 0; i < 3; ++i) {
    const History history = right(GetParam(), testing::seed() + i);
    for (const Level level : testing::kIsolationLevels) {
      const Finding finding = testing::judge(GetParam(), history, level);
      EXPECT_EQ(to_string(finding.word), "holds")
          << to_string(level) << ", CLEAVE_TEST_SEED=" << testing::seed() + i << ": "
          << finding.why;
      EXPECT_GT(finding.checked, 300u);
    }
  }
}

TEST_P(LongHistories, keep_to_the_lattice_when_confused) {
  std::uint64_t violated = 0;
  for (std::uint64_t i = 0; i < 4; ++i) {
    History history = right(GetParam(), testing::seed() + i);
    confuse(history, Random::at(testing::seed(), 6, 0, i));
    for (const auto& [strong, weak] : testing::kImplications) {
      const Word above = testing::judge(GetParam(), history, strong).word;
      const Word below = testing::judge(GetParam(), history, weak).word;
      violated += below == Word::violated ? 1 : 0;
      EXPECT_FALSE(above == Word::holds && below == Word::violated)
          << to_string(strong) << " and not " << to_string(weak)
          << ", CLEAVE_TEST_SEED=" << testing::seed() + i;
    }
  }
  EXPECT_GT(violated, 0u);
}

// Without what it learns, a schedule of blind writes leaves too many of them to the search.
TEST(RegisterSchedule, is_found_within_a_small_budget) {
  const History history = testing::right_transactions(Call::write, 10'000, testing::seed());
  for (const Level level :
       {Level::strict_serializable, Level::serializable, Level::snapshot_isolation}) {
    const Finding finding =
        judge_transactions(history, {Model::rw_register, level, {}, {8'000'000, 1 << 30}});
    EXPECT_EQ(to_string(finding.word), "holds") << to_string(level) << ": " << finding.why;
  }
}

INSTANTIATE_TEST_SUITE_P(, LongHistories, ::testing::Values(Model::list_append, Model::rw_register),
                         [](const auto& model) {
                           return model.param == Model::list_append ? "lists" : "registers";
                         });

}  // namespace
}  // namespace cleave
