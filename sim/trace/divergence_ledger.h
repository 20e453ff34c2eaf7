// Which updates each replica of a store holds, and so how far apart any two are: distance(a, b) is
// the size of the symmetric difference of their update sets, kept exact with every report.
// Invariants: (1) every update set is in order (update_set.h); (2) the distances of a store are
// symmetric, 0 with oneself, and equal to the symmetric differences of the sets.
#pragma once
#include "sim/base/id.h"
#include "sim/base/time.h"
#include "sim/trace/history.h"
#include "sim/trace/update_set.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cleave {

// What a replica reports of itself, and how the store stands afterwards. Whoever passes it on fills
// in when and in which event.
struct ReplicaUpdate {
  enum class Kind : std::uint8_t { applied, retracted, installed };
  Kind kind = Kind::applied;
  Time at;
  EventId event;
  StoreId store;
  NodeId replica;
  OperationId update;          // none of `installed`
  bool changed = false;        // false: it held the update already, or had none to retract
  std::uint32_t holders = 0;   // replicas that hold the update now; of `installed` 0
  std::uint64_t distance = 0;  // the largest between any two replicas of the store
};

class DivergenceLedger {
 public:
  // Replicas are declared before they report; a report of any other node is an engine bug.
  void declare(StoreId store, NodeId replica);

  // Both are idempotent, as redelivery makes engines apply again and a truncation may name entries
  // that were never applied: such a report changes no distance, and says so.
  // An update without an operation number is a bug of the model.
  ReplicaUpdate applied(StoreId store, NodeId replica, OperationId update);
  ReplicaUpdate retracted(StoreId store, NodeId replica, OperationId update);
  // The replica now holds exactly these, in this order: it was restored, or took over another's
  // state. Returns what that changes, one report each (first what is retracted, then what is
  // applied, in the order given), and at last the installation itself: observers are told of all of
  // them and need not know the sets.
  std::vector<ReplicaUpdate> installed(StoreId store, NodeId replica,
                                       std::span<const OperationId> updates);

  std::size_t stores() const { return stores_.size(); }
  // In order of declaration; empty for a store that has none. Valid until the next declare().
  std::span<const NodeId> replicas(StoreId store) const;
  // Valid until the next declare().
  const UpdateSet& held(StoreId store, NodeId replica) const;
  std::uint32_t holders(StoreId store, OperationId update) const;
  std::uint64_t distance(StoreId store, NodeId a, NodeId b) const;
  std::uint64_t largest_distance(StoreId store) const;  // 0: all replicas hold the same
  void check() const;

 private:
  struct Store {
    std::vector<NodeId> replicas;
    std::vector<UpdateSet> held;           // as replicas
    std::vector<std::uint64_t> distances;  // replicas x replicas

    std::size_t index_of(NodeId replica) const;
    std::uint64_t largest_distance() const;
    // One replica took up or gave up an update: its distance to each holder falls or rises by one.
    ReplicaUpdate change(ReplicaUpdate::Kind kind, std::size_t replica, OperationId update);
    ReplicaUpdate report(ReplicaUpdate::Kind kind, std::size_t replica) const;
  };
  const Store& of(StoreId store) const;
  Store& of(StoreId store);

  std::vector<Store> stores_;
};

}  // namespace cleave
