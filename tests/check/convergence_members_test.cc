// Convergence where replicas join and leave.
#include "sim/check/convergence.h"
#include "sim/trace/facts.h"
#include "tests/check/story.h"

#include <gtest/gtest.h>

namespace cleave::test {
namespace {

constexpr Duration kWithin{1'000'000'000};

OperationId op(std::uint32_t index) {
  return {kAlice, index};
}

TEST(ConvergenceOfMembers, expects_nothing_of_a_replica_that_does_not_belong_to_its_store) {
  for (const bool joins : {false, true}) {
    Convergence judge({kStore, {kEast, kWest, kEurope}, kWithin, {}});
    Story story(judge, {kEast, kWest, kEurope});
    const auto tell = [&](std::uint64_t ms, Purpose what) {
      judge.on(Fact{at_ms(ms), {1}, kEurope, what.hash, kEurope.value, kStore.value});
    };
    tell(0, facts::kLeftStore);
    story.at(100).applied(kEast, op(1));
    story.at(200).applied(kWest, op(1));
    if (joins) tell(3000, facts::kJoinedStore);
    story.at(4000 + 1);
    const Verdict verdict = judge.finish(story.end());
    EXPECT_EQ(verdict.word, joins ? Word::violated : Word::holds) << verdict.why;
    if (joins) {
      EXPECT_EQ(verdict.at, at_ms(4000)) << "a second after it joined";
    }
  }
}

}  // namespace
}  // namespace cleave::test
