#include "sim/check/silence.h"

#include "tests/check/story.h"

#include <gtest/gtest.h>

#include <vector>

namespace cleave::test {
namespace {

using Silences = std::vector<SilenceTable::Silence>;

struct SilenceTableTest : testing::Test {
  SilenceTable table;
  Story story{table};
  Silences found(StoreId store = kStore) { return table.silences(store, story.end().at); }
};

TEST_F(SilenceTableTest, keeps_the_time_in_which_somebody_waited_in_vain) {
  story.at(1000).told(kAlice, Outcome::ok);
  const OperationId first = story.at(3000).invoke(kAlice);
  const OperationId second = story.at(3100).invoke(kBob);
  story.at(3600).complete(first, Outcome::ok);
  story.at(4600).complete(second, Outcome::ok);
  story.at(9000);
  EXPECT_EQ(found(), (Silences{{at_ms(3000), at_ms(3600)}, {at_ms(3600), at_ms(4600)}}));
}

TEST_F(SilenceTableTest, keeps_none_that_is_shorter_than_half_a_second) {
  story.at(1000);
  const OperationId first = story.invoke(kAlice);
  const OperationId second = story.invoke(kAlice);
  story.at(1499).complete(first, Outcome::ok);
  story.at(1999).complete(second, Outcome::ok);
  EXPECT_EQ(found(), (Silences{{at_ms(1499), at_ms(1999)}}));
}

TEST_F(SilenceTableTest, is_not_ended_by_another_answer_nor_by_a_read) {
  story.at(1000).told(kAlice, Outcome::unavailable);
  story.at(1200).told(kAlice, Outcome::refused);
  story.at(1400).told(kAlice, Outcome::ok, {Action::read});
  story.at(1800).told(kAlice, Outcome::ok, {Action::write, kChat, 0, 0, kOtherStore});
  EXPECT_EQ(found(), Silences{}) << "nobody waited after 1.2 s";
  story.at(2000).told(kBob, Outcome::ok);
  EXPECT_EQ(found(), (Silences{{at_ms(1000), at_ms(2000)}}));
}

TEST_F(SilenceTableTest, ends_with_the_run_for_who_waits_still) {
  story.at(1000).invoke(kAlice);
  story.at(2000).told(kBob, Outcome::unavailable);
  story.at(7000);
  EXPECT_EQ(found(), (Silences{{at_ms(1000), at_ms(7000)}}));
  EXPECT_EQ(found(kOtherStore), Silences{});
}

}  // namespace
}  // namespace cleave::test
