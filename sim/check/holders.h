// Which updates each replica of a store holds, and which replicas belong to the store, as a run
// tells it: what judges of a store are about. A replica that left its store, or has not joined it
// yet, may hold what it will; the store does not hold it. Kept by each judge for itself, since the
// ledger of a run is not to be had before its end.
#pragma once
#include "sim/trace/divergence_ledger.h"
#include "sim/trace/facts.h"
#include "sim/trace/update_set.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace cleave {

// Replicas go by their number in the list that it is made of. At first all belong to the store.
class Holders {
 public:
  Holders(StoreId store, std::vector<NodeId> replicas);

  // Whether this changed what a replica holds. Of one that is not in the list nothing is noted.
  bool note(const ReplicaUpdate& update);
  // Who joined the store or left it by this; none: it tells nothing new of that.
  std::optional<std::size_t> note(const Fact& fact);

  const std::vector<NodeId>& replicas() const { return replicas_; }
  std::optional<std::size_t> find(NodeId replica) const;
  const UpdateSet& held(std::size_t replica) const { return held_[replica]; }
  bool belongs(std::size_t replica) const { return belongs_[replica]; }
  std::size_t belonging() const { return belonging_; }  // how many do
  // How many of those that belong hold it.
  std::size_t count(OperationId update) const;
  // What this one holds, and no other that belongs.
  std::vector<OperationId> held_by_alone(std::size_t replica) const;

 private:
  StoreId store_;
  std::vector<NodeId> replicas_;
  std::vector<UpdateSet> held_;  // as replicas_, and as is:
  std::vector<bool> belongs_;
  std::size_t belonging_ = 0;
};

}  // namespace cleave
