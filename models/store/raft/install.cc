#include "models/store/raft/install.h"

#include "models/store/raft/replica.h"
#include "sim/base/assert.h"

namespace cleave::models::store::raft {

BuiltStore install(World& world, const StorePlan& plan, const Options& options) {
  CLEAVE_CHECK(!plan.replicas.empty(), "a store has at least one replica");
  const auto first = static_cast<std::uint32_t>(world.node_count());
  Replica replica;
  replica.options = options;
  replica.store = plan.store;
  for (std::uint32_t i = 0; i < plan.replicas.size(); ++i)
    replica.replicas.push_back({first + i});
  for (const Placement& placement : plan.replicas) {
    const NodeId node = world.add(placement.path, placement.host, replica);
    world.declare_replica(plan.store, node);
  }
  return {replica.replicas, options.reads == Reads::local ? ReadsAt::any : ReadsAt::leader};
}

}  // namespace cleave::models::store::raft
