#include "sim/scenario/run_result.h"

#include <gtest/gtest.h>

namespace cleave {
namespace {

TEST(Status, the_first_of_several_in_the_order_of_the_command_line_counts) {
  const std::vector<int> order{70, 64, 74, 5, 1, 3, 4, 2, 0};
  for (std::size_t i = 0; i < order.size(); ++i)
    for (std::size_t j = i; j < order.size(); ++j) {
      const auto a = static_cast<Status>(order[i]);
      const auto b = static_cast<Status>(order[j]);
      EXPECT_EQ(first_of(a, b), a) << order[i] << ", " << order[j];
      EXPECT_EQ(first_of(b, a), a) << order[j] << ", " << order[i];
    }
}

TEST(ExpectationResult, is_as_stated_only_if_the_verdict_is_the_word_expected) {
  ExpectationResult expectation;
  expectation.expected = Word::violated;
  for (const Word found : {Word::holds, Word::violated, Word::undecided, Word::vacuous}) {
    expectation.verdict.word = found;
    EXPECT_EQ(expectation.as_stated(), found == Word::violated) << to_string(found);
  }
}

}  // namespace
}  // namespace cleave
