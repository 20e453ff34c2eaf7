// Makes an abstract execution of a run: it follows each replica of a store through its states, and
// notes in which one it was whenever it answered.
#pragma once
#include "sim/check/abstract/execution.h"
#include "sim/check/operation_map.h"
#include "sim/trace/observer.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace cleave::abstract {

class ExecutionRecorder : public Observer {
 public:
  struct Options {
    StoreId store;
    std::size_t most_operations = 2'000'000;  // at about 200 bytes each
  };

  explicit ExecutionRecorder(Options options);

  using Observer::on;
  void on(const Invoked& operation) override;
  void on(const Completed& operation) override;
  void on(const ReplicaUpdate& update) override;
  void on(const RequestMark& request) override;

  // Sealed, and not settled (settle.h). The recorder is of no use afterwards.
  Execution build() &&;

 private:
  struct Replica {
    Node state = 0;
    std::vector<Node> objects;             // by object; kNoNode: as at first
    std::vector<std::uint32_t> retracted;  // and still in `state`
  };

  std::uint32_t object_for(const Invoked& operation);
  Replica& replica(NodeId node);
  Node& object_at(Replica& replica, std::uint32_t object);
  void apply(Replica& replica, std::uint32_t update);
  void retract(Replica& replica);
  void find_conflict(const Operation& operation, Sight& sight) const;

  Options options_;
  Execution execution_;
  OperationMap<std::uint32_t> numbers_;
  std::map<NodeId, std::uint32_t> clients_;
  std::map<std::uint64_t, std::uint32_t> objects_;
  std::map<NodeId, Replica> replicas_;
  std::uint32_t moments_ = 0;
};

}  // namespace cleave::abstract
