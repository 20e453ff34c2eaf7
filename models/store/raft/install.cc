#include "models/store/raft/install.h"

#include "models/store/raft/administrator.h"
#include "models/store/raft/replica.h"
#include "sim/base/assert.h"

#include <algorithm>

namespace cleave::models::store::raft {

namespace {

void install_administrator(World& world, const StorePlan& plan, const Choice& choice,
                           const std::vector<NodeId>& replicas) {
  const std::optional<PlaceId> place = world.topology().find(choice.administration.region);
  CLEAVE_CHECK(place, "the administrator's region is one of the topology");
  Administrator administrator;
  administrator.chores = choice.administration.chores;
  administrator.replicas = replicas;
  const std::string path = plan.name + "/administrator";
  world.add(path, world.add_host(path, *place), administrator);
}

}  // namespace

BuiltStore install(World& world, const StorePlan& plan, const Choice& choice) {
  CLEAVE_CHECK(!plan.replicas.empty(), "a store has at least one replica");
  const auto& spares = choice.administration.spares;
  const auto first = static_cast<std::uint32_t>(world.node_count());
  Replica replica;
  replica.options = choice.options;
  replica.store = plan.store;
  std::vector<NodeId> replicas;
  for (std::uint32_t i = 0; i < plan.replicas.size(); ++i) {
    replicas.push_back({first + i});
    if (std::find(spares.begin(), spares.end(), i) == spares.end())
      replica.founders.voters.insert(replicas.back());
  }
  for (const Placement& placement : plan.replicas) {
    const NodeId node = world.add(placement.path, placement.host, replica);
    world.declare_replica(plan.store, node);
  }
  if (!choice.administration.chores.empty()) install_administrator(world, plan, choice, replicas);
  return {replicas, choice.options.reads == Reads::local ? ReadsAt::any : ReadsAt::leader};
}

}  // namespace cleave::models::store::raft
