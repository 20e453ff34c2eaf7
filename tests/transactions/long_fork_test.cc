#include "tests/support/lanes.h"
#include "tests/transactions/axioms.h"
#include "tests/transactions/levels.h"
#include "tests/transactions/random_transactions.h"

#include <gtest/gtest.h>

namespace cleave {
namespace {

using testing::lanes;

Finding judge(const History& history, Level level) {
  return testing::judge(Model::long_fork, history, level);
}

TEST(LongFork, is_two_writes_seen_in_opposite_orders) {
  const History fork =
      lanes({"|t w x=1|", "|t w y=1|", "|t r x=1; r y=nil|", "|t r x=nil; r y=1|"});
  EXPECT_EQ(judge(fork, Level::parallel_snapshot_isolation).word, Word::holds);
  for (const Level level : {Level::snapshot_isolation, Level::repeatable_read, Level::serializable,
                            Level::strict_serializable}) {
    const Finding finding = judge(fork, level);
    EXPECT_EQ(finding.word, Word::violated) << to_string(level);
    EXPECT_EQ(finding.anomaly, "long-fork");
    EXPECT_EQ(finding.witness.size(), 4u);
    EXPECT_EQ(finding.why, "two transactions saw two writes in opposite orders");
  }
}

TEST(LongFork, is_none_where_reads_agree) {
  for (const auto& reads : {"|t r x=1; r y=nil|", "|t r x=nil; r y=nil|", "|t r x=1; r y=1|"})
    for (const Level level : {Level::strict_serializable, Level::snapshot_isolation})
      EXPECT_EQ(judge(lanes({"|t w x=1|", "|t w y=1|", "|t r x=1; r y=nil|", reads}), level).word,
                Word::holds)
          << reads;
}

TEST(LongFork, does_not_count_sessions_where_nobody_asks) {
  const History stale = lanes({"|t w x=1| |t r x=nil|"});
  EXPECT_EQ(judge(stale, Level::serializable).word, Word::holds);
  EXPECT_EQ(judge(stale, Level::strong_session_serializable).word, Word::violated);
}

TEST(LongFork, is_vacuous_without_reads) {
  EXPECT_EQ(judge(lanes({"|t w x=1|"}), Level::snapshot_isolation).word, Word::vacuous);
}

TEST(LongFork, agrees_with_the_axioms_at_random) {
  SCOPED_TRACE("CLEAVE_TEST_SEED=" + std::to_string(testing::seed()));
  for (std::uint32_t i = 0; i < 10000; ++i) {
    testing::RandomTransactions knobs;
    knobs.update = Call::write;
    knobs.transactions = 3 + i % 2;
    knobs.steps = 2;
    const History history =
        testing::random_transactions(knobs, Random::at(testing::seed(), 5, 0, i));
    for (const Level level : testing::kIsolationLevels) {
      if (!answers_transactions(Model::long_fork, level)) continue;
      const Finding finding = judge(history, level);
      if (finding.word == Word::vacuous) continue;
      const bool permitted =
          testing::Axioms(history, level, testing::Axioms::Sessions::if_named).permit();
      ASSERT_EQ(to_string(finding.word), permitted ? "holds" : "violated")
          << to_string(level) << ", history " << i << "\n"
          << testing::drawn(history) << finding.why;
    }
  }
}

}  // namespace
}  // namespace cleave
