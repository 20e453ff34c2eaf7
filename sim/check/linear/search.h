// Searches for an order of an object's operations that explains every answer. Two searches share
// one step, just-in-time linearization (Lowe 2017): nothing is put into the order before something
// that is open must be. The frontier keeps every configuration that is possible at a moment and
// forgets those before it; where there are too many, depth-first search goes on from them and
// remembers where it was in vain (Wing and Gong 1993, with Lowe's memory). A configuration is the
// state and which open operations are in the order; what is closed needs no memory.
#pragma once
#include "sim/check/linear/schedule.h"
#include "sim/check/linear/specification.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace cleave::linear {

struct Search {
  Word word = Word::undecided;
  std::string_view cause;  // of undecided: which part of the budget was used up
  // How far an order reaches that explains everything: before schedule.events[reached], which is
  // where one completes that fits nowhere, or which was not looked at.
  std::size_t reached = 0;
  // The last moment before that at which one configuration alone was possible: before
  // schedule.events[certain], the object in this state, these open actions in the order already.
  std::size_t certain = 0;
  std::uint64_t state = 0;
  std::vector<std::uint32_t> in_order;
  std::uint64_t steps = 0;  // actions that were tried
  std::uint64_t bytes = 0;  // most that was remembered
};

// A frontier of more configurations than `widest` is handed to depth-first search; with 0, nothing
// else is used.
Search search(const Schedule& schedule, Specification& specification, const Budget& budget,
              std::size_t widest);
// Short histories are mostly searched faster in depth, long ones in little memory by the frontier.
std::size_t widest_of(const Schedule& schedule);

}  // namespace cleave::linear
