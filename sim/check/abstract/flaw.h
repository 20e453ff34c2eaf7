// What is wrong with an abstract execution at a level, and how to say it.
#pragma once
#include "sim/check/abstract/execution.h"
#include "sim/trace/checker.h"

#include <cstdint>
#include <map>
#include <string>

namespace cleave::abstract {

struct Flaw {
  enum class Kind : std::uint8_t {
    unanswered,     // b was told something, and no replica said that it answered
    not_applied,    // the replica that told b that it was done had not applied it
    wrong_answer,   // b was told what its object does not give in the state that b saw
    denied,         // b, which was said not to have happened, was applied where somebody saw it
    other_version,  // b replaced another value than a had been told of the version that it named
    fork,           // neither of what a and b saw, or made, is a beginning of the other
    missed,         // b did not see what it had to see of what a saw or made
    reordered,      // b saw all that a had seen or made, and as no beginning of what it saw
    cause_missing,  // b was applied somewhere without what its client knew from a
    session_order,  // b was applied somewhere without or before a, which its client made before
    backdated,      // b saw an update that was applied behind a, invoked after that was answered
    overtaken,      // b saw updates in another order than its client had seen when it made a
    cycle,          // updates were applied in orders that contradict one another; one is b
  };
  Kind kind = Kind::missed;
  std::uint32_t a = 0;  // numbers of operations; of a kind that needs but one, both are it
  std::uint32_t b = 0;
};

struct FlawWords {
  const RunEnd& end;
  const std::map<std::uint64_t, std::string>& names;  // of objects
};
// One plain sentence.
std::string to_text(const Execution& execution, const Flaw& flaw, const FlawWords& words);

}  // namespace cleave::abstract
