// Which updates each replica of a store holds, and so how far apart any two are: distance(a, b) is
// the size of the symmetric difference of their update sets. Sets are kept as intervals of each
// client's operation numbers, so that memory grows with gaps and not with history.
#pragma once
#include "sim/base/id.h"
#include "sim/base/time.h"
#include "sim/trace/history.h"

#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace cleave {

// A set of positive numbers as disjoint, non-adjacent, half-open intervals begin -> end.
class IntervalSet {
 public:
  bool contains(std::uint32_t n) const;
  bool insert(std::uint32_t n);  // false: it was there
  bool erase(std::uint32_t n);   // false: it was not
  std::uint64_t size() const { return size_; }
  const std::map<std::uint32_t, std::uint32_t>& intervals() const { return intervals_; }
  bool operator==(const IntervalSet&) const = default;

 private:
  std::map<std::uint32_t, std::uint32_t> intervals_;
  std::uint64_t size_ = 0;
};

// The updates that one replica holds.
class UpdateSet {
 public:
  bool contains(OperationId update) const;
  bool insert(OperationId update);
  bool erase(OperationId update);
  std::uint64_t size() const { return size_; }
  const std::map<NodeId, IntervalSet>& by_client() const { return by_client_; }
  bool operator==(const UpdateSet&) const = default;

 private:
  std::map<NodeId, IntervalSet> by_client_;
  std::uint64_t size_ = 0;
};

std::uint64_t symmetric_difference(const UpdateSet& a, const UpdateSet& b);

// What a replica reports of itself.
struct ReplicaUpdate {
  enum class Kind : std::uint8_t { applied, retracted, installed };
  Kind kind = Kind::applied;
  Time at;
  EventId event;
  StoreId store;
  NodeId replica;
  OperationId update;          // none of `installed`
  std::uint64_t distance = 0;  // afterwards: the largest between any two replicas of the store
};

class DivergenceLedger {
 public:
  // Replicas are declared before the run; reports of any other node are an engine bug.
  void declare(StoreId store, NodeId replica);
  void applied(StoreId store, NodeId replica, OperationId update);
  void retracted(StoreId store, NodeId replica, OperationId update);
  // The replica now holds exactly these: it was restored, or took over another's state.
  void installed(StoreId store, NodeId replica, std::span<const OperationId> updates);

  std::size_t stores() const { return stores_.size(); }
  std::span<const NodeId> replicas(StoreId store) const;
  const UpdateSet& held(StoreId store, NodeId replica) const;
  bool held_by_any(StoreId store, OperationId update) const;
  std::uint64_t distance(StoreId store, NodeId a, NodeId b) const;
  std::uint64_t largest_distance(StoreId store) const;  // 0: all replicas hold the same

 private:
  struct Store {
    std::vector<NodeId> replicas;
    std::vector<UpdateSet> held;
    std::vector<std::uint64_t> distances;  // replicas x replicas
    std::size_t index_of(NodeId replica) const;
  };
  std::vector<Store> stores_;
};

}  // namespace cleave
