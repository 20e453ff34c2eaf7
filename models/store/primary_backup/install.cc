#include "models/store/primary_backup/install.h"

#include "models/store/primary_backup/monitor.h"
#include "models/store/primary_backup/replica.h"
#include "sim/base/assert.h"

namespace cleave::models::store::primary_backup {

BuiltStore install(World& world, const StorePlan& plan, const Choice& choice) {
  CLEAVE_CHECK(!plan.replicas.empty(), "a store has at least one replica");
  const std::optional<PlaceId> place = world.topology().find(choice.monitor_region);
  CLEAVE_CHECK(place, "the monitor's region is one of the topology");
  const auto first = static_cast<std::uint32_t>(world.node_count());

  Replica replica;
  replica.options = choice.options;
  replica.store = plan.store;
  for (std::uint32_t i = 0; i < plan.replicas.size(); ++i)
    replica.replicas.push_back({first + i});
  replica.monitor = {first + static_cast<std::uint32_t>(plan.replicas.size())};
  for (const Placement& placement : plan.replicas) {
    const NodeId node = world.add(placement.path, placement.host, replica);
    world.declare_replica(plan.store, node);
  }

  const std::string path = plan.name + "/monitor";
  Monitor monitor;
  monitor.options = choice.options;
  monitor.replicas = replica.replicas;
  world.add(path, world.add_host(path, *place), monitor);
  return {replica.replicas, choice.options.reads == Reads::any ? ReadsAt::any : ReadsAt::leader};
}

}  // namespace cleave::models::store::primary_backup
