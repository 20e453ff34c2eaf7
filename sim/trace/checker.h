// A judge: watches a run and gives a verdict at its end. Judges never throw, never run out of
// memory, and know no protocol.
#pragma once
#include "sim/base/time.h"
#include "sim/trace/divergence_ledger.h"
#include "sim/trace/observer.h"
#include "sim/trace/verdict.h"

#include <cstdint>
#include <span>
#include <string>

namespace cleave {

// What a replica holds at the end, as clients would read it. Digests of two replicas of a store are
// equal when their states are: they leave out who the replica is and what only it keeps.
struct ReplicaState {
  StoreId store;
  NodeId replica;
  std::uint64_t digest = 0;
  bool up = true;
};

// What a judge may ask when the run is over. Valid during finish().
struct RunEnd {
  Time at;
  EventId event;  // the last one
  const DivergenceLedger& ledger;
  std::span<const ReplicaState> states{};     // of the replicas of every store
  std::span<const std::string> node_names{};  // by NodeId; without it, nodes are called by number
};

class Checker : public Observer {
 public:
  virtual Verdict finish(const RunEnd& end) = 0;
};

}  // namespace cleave
