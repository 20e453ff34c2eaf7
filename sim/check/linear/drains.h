// A drain takes until it finds nothing: so many dequeues as it took elements, one after another in
// the order of its answer, and then one that finds the queue empty, all between its question and
// its answer. So it is no atomic operation (Jepsen expands it likewise). One that was never
// answered may have taken anything.
#pragma once
#include "sim/check/history/history.h"

#include <cstdint>
#include <span>
#include <vector>

namespace cleave::linear {

// A history as it is searched, and as a person is told of it.
struct Subject {
  const History& searched;
  const History& told;
  std::span<const std::uint32_t> origins;  // by operation that is searched; empty: the same

  // Both ascending.
  std::vector<std::uint32_t> origins_of(std::span<const std::uint32_t> operations) const;
};

struct Undrained {
  History history;
  std::vector<std::uint32_t> origins;  // by operation: of the history that it was made from
};

bool has_drains(const History& history);

// The history with dequeues in the place of its answered drains. Those of one drain stand one after
// the other, are invoked at one moment and complete at one moment. Drains that are left take what
// nobody knows.
Undrained without_drains(const History& history);

// Of operations that stand one after the other: does b come after a in one drain? What does not is
// by itself, or the first of its drain.
bool follows_in_drain(const Operation& a, const Operation& b);

}  // namespace cleave::linear
