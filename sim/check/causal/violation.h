// What a checker of registers found: a cycle of operations, each of which must come before the
// next; and how that is said.
#pragma once
#include "sim/check/causal/registers.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cleave::causal {

// Why one operation comes before another.
enum class Link : std::uint8_t {
  session,     // its process invoked it first
  reads_from,  // the other read what it wrote
  // What closes a cycle: a read that does not fit.
  returned_old,      // it read what was overwritten, by a write that it knew of
  returned_initial,  // it read the initial value, and knew of a write
  returned_lower,    // of a max-register, and knew of a higher value
  // Two writes to one key:
  conflict,      // `reader` knew of the first, and read the second
  conflict_for,  // likewise, in what its process must have seen
};

struct Edge {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  Link link = Link::session;
  std::uint32_t key = 0;     // of all but `session`
  std::uint32_t reader = 0;  // of conflicts

  bool operator==(const Edge&) const = default;
};

struct Violation {
  std::string_view anomaly;           // the name of the bad pattern
  std::vector<Edge> cycle;            // each begins where the one before it ended
  std::vector<std::uint32_t> others;  // operations that are not on it, but are the reason for one
};

// What came of looking for one.
struct Search {
  std::optional<Violation> violation;
  std::string undecided;      // what kept the search from an end; else empty
  std::uint64_t checked = 0;  // reads that had something to say, where it counts them
};

// Ascending, each once.
std::vector<std::uint32_t> operations_of(const Violation& violation);

// Of a violation of those registers, all of which are needed for it; their sources are operations
// of the history.
Finding finding_of(const History& history, const Registers& registers, const Violation& violation);
Finding finding_of(const History& history, const ThinAir& thin_air);

}  // namespace cleave::causal
