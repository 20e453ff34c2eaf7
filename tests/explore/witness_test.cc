// What a violated level of consistency adds to a story.
#include "sim/explore/explanation.h"
#include "tests/draw/recordings.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace cleave {
namespace {

TEST(Witness, of_a_level_of_consistency_says_why_operations_fit_no_order) {
  const ExpectationResult& claim = draw::stale_read().result.expectations.front();
  ASSERT_FALSE(claim.verdict.because.empty());
  const auto told = tell_witness(draw::stale_read(), claim);
  for (const WitnessReason& reason : claim.verdict.because)
    EXPECT_EQ(std::count(told.begin(), told.end(), sentence_of(reason.why + ".")), 1) << reason.why;
}

}  // namespace
}  // namespace cleave
