// The phi accrual failure detector (Hayashibara et al. 2004) as Cassandra simplifies it: intervals
// between heartbeats are taken to be exponential, so that after a silence of t the suspicion is
//   phi = -log10(P(silence > t)) = t / (mean interval * ln 10).
// In integers: phi > threshold is t * 10^9 > threshold * mean * 2302585093. Each node has its own,
// about each other node, and believes nobody else's.
#pragma once
#include "sim/base/describe.h"
#include "sim/base/time.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cleave::models::store::cassandra {

// Heartbeats of one peer, as they came in. Times are monotonic.
struct Arrivals {
  static constexpr std::size_t kWindow = 1000;  // intervals of which the mean is taken

  std::vector<std::int64_t> intervals_ns;  // a ring when it is full
  std::size_t next = 0;
  std::int64_t sum_ns = 0;
  Time last;
  CLEAVE_DESCRIBE(intervals_ns, next, sum_ns, last)

  // As if two heartbeats had come at twice the interval of gossip.
  void begin(Time now, Duration gossip_every);
  // A longer silence was the peer's, or the network's, and does not count.
  void note(Time now, Duration longest);
  bool convicts(Time now, std::uint64_t threshold) const;

 private:
  void add(std::int64_t interval_ns);
};

}  // namespace cleave::models::store::cassandra
