// For the report: who led which store when, as replicas themselves believed. Two tenures of one
// store that overlap are what a partition does to a store that lets it: a split brain.
#pragma once
#include "sim/trace/observer.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace cleave {

class Tenures : public Observer {
 public:
  static constexpr std::size_t kMost = 1'000;  // of a store: a group that keeps electing has many

  struct Tenure {
    NodeId replica;
    Time from;
    std::optional<Time> to;  // nothing: it led to the end
    EventId began;
  };

  // Facts of nodes that are no replica are not listened to.
  explicit Tenures(const std::vector<std::vector<NodeId>>& replicas);  // of each store

  using Observer::on;
  void on(const Fact& fact) override;
  void on(const NodeMark& mark) override;
  // By their beginning.
  const std::vector<Tenure>& of(StoreId store) const { return by_store_[store.value]; }

 private:
  std::optional<StoreId> store_of(NodeId node) const;
  void begin(StoreId store, const Fact& fact);
  void end(StoreId store, NodeId replica, Time at);

  std::vector<std::optional<StoreId>> store_of_;  // by node
  std::vector<std::vector<Tenure>> by_store_;
};

}  // namespace cleave
