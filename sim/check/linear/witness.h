// The fewest operations that show a violation: delta debugging (Zeller and Hildebrandt 2002) over
// operations, where one may be left out only if the rest would be explained without it whenever it
// is explained with it. So what is left is by itself a violation, and so is everything that
// contains it.
#pragma once
#include "sim/check/history/question.h"
#include "sim/check/linear/search.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cleave::linear {

// Some of the operations, without one of which (or one element of a list) there would be an order,
// as far as a bounded number of searches shows. Requires: the operations, ascending, have no order
// in the history as it was before the moment `end`.
std::vector<std::uint32_t> shrink(const History& history, const Question& question,
                                  std::vector<std::uint32_t> operations, std::uint64_t end);

struct Witness {
  std::vector<std::uint32_t> operations;
  // What the object was when they began, in words. Nothing: the initial value, or they tell it.
  std::optional<std::string> from;
};

// Of a search that ended violated. Objects whose updates all count, like a counter's, are looked at
// from the last moment on at which their state was certain.
Witness witness_of(const History& history, const Question& question, const Schedule& schedule,
                   Specification& specification, const Search& found);

}  // namespace cleave::linear
