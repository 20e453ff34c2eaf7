// Which faults did nothing: each verb is counted by what it is there to do, and by nothing else.
#include "sim/scenario/inert.h"

#include "sim/scenario/words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace cleave {
namespace {

using Count = std::uint64_t FaultEffect::*;

Fault fault_of(Verb verb) {
  Fault fault;
  fault.verb = verb;
  return fault;
}

std::vector<Count> counts_of(Verb verb) {
  switch (verb) {
    case Verb::heal:
    case Verb::release:
      return {&FaultEffect::ended};
    case Verb::duplicate:
      return {&FaultEffect::duplicated};
    case Verb::delay:
    case Verb::jitter:
    case Verb::reorder:
      return {&FaultEffect::delayed};
    case Verb::skew:
    case Verb::drift:
    case Verb::clock_jump:
    case Verb::clock_freeze:
      return {&FaultEffect::readings};
    case Verb::disk_slow:
      return {&FaultEffect::slowed};
    case Verb::disk_full:
      return {&FaultEffect::refused};
    default:
      break;
  }
  if (verb <= Verb::bandwidth) return {&FaultEffect::dropped, &FaultEffect::delayed};
  return {&FaultEffect::hosts};
}

TEST(Inert, is_a_fault_that_begins_and_does_none_of_what_its_verb_is_there_for) {
  for (const Verb verb : all_verbs()) {
    SCOPED_TRACE(to_string(verb));
    const std::vector<Count> its_own = counts_of(verb);
    FaultEffect effect;
    EXPECT_NE(why_inert(fault_of(verb), effect), "") << "it never began";
    effect.begun = 3;
    for (const Count count :
         {&FaultEffect::hosts, &FaultEffect::dropped, &FaultEffect::delayed,
          &FaultEffect::duplicated, &FaultEffect::state_lost, &FaultEffect::refused,
          &FaultEffect::slowed, &FaultEffect::readings, &FaultEffect::ended}) {
      FaultEffect one = effect;
      one.*count = 1;
      const bool counts = std::count(its_own.begin(), its_own.end(), count) > 0;
      EXPECT_EQ(why_inert(fault_of(verb), one).empty(), counts);
    }
    EXPECT_NE(why_inert(fault_of(verb), effect), "") << "it did nothing";
  }
}

}  // namespace
}  // namespace cleave
