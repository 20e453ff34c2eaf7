// Does a world do the same twice? Runs it again in the same process with the heap disturbed in
// between, and from a copy taken half way, and compares digests. Where two runs part, both are
// played again up to that chunk of the trace, and the first event in which they differ is named.
#pragma once
#include "sim/base/digest.h"
#include "sim/base/id.h"
#include "sim/base/time.h"
#include "sim/engine/world.h"
#include "sim/trace/record.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cleave {

// What leaves no trace outside of it is a World ready to run.
using MakeWorld = std::function<World()>;

// What two runs must have in common, bit for bit.
struct Fingerprint {
  std::vector<Hash128> trail;  // of closed chunks of the trace
  Hash128 digest;              // of trace, number of events and final state
  std::uint64_t events = 0;
  bool operator==(const Fingerprint&) const = default;
};
Fingerprint fingerprint(World world, Time until);

// One event as it was in a run.
struct TracedRecord {
  EventId event;
  Record record;
  std::string text;  // in words: "at 1.204 s: timer of accounts/us-east/0"
};

// Where two runs part. Without records, they have the same events and another final state.
struct Difference {
  std::string how;                            // "the second run in one process"
  std::size_t chunk = 0;                      // of the trace
  std::optional<TracedRecord> first, second;  // absent: that run had ended
  std::string text() const;
};

struct Selfcheck {
  Fingerprint fingerprint;               // of the first run
  std::optional<Difference> difference;  // the first one found
};
Selfcheck selfcheck(const MakeWorld& make, Time until);

// First chunk in which two trails differ; their length if one goes on where the other ends.
std::optional<std::size_t> first_difference(std::span<const Hash128> a, std::span<const Hash128> b);

// A run that can be played again, with the trail that it left.
struct Playable {
  MakeWorld make;
  Time until;
  std::vector<Hash128> trail;
};
// Where two runs part that need not be the same. Requires: they are not.
Difference where_they_part(const Playable& first, const Playable& second);

// The records of one chunk, for a run in another process to be compared with.
std::vector<TracedRecord> records_of_chunk(World world, Time until, std::size_t chunk);

}  // namespace cleave
