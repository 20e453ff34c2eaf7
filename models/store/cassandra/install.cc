#include "models/store/cassandra/install.h"

#include "models/store/cassandra/replica.h"
#include "sim/base/assert.h"

#include <algorithm>

namespace cleave::models::store::cassandra {

namespace {

Ring::Plan ring_of(const StorePlan& plan, const Choice& choice, std::uint32_t first) {
  Ring::Plan ring;
  ring.num_tokens = choice.num_tokens;
  std::vector<std::string> regions;
  for (const Placement& placement : plan.replicas) {
    const auto known = std::find(regions.begin(), regions.end(), placement.region);
    const auto region = static_cast<Region>(known - regions.begin());
    if (known == regions.end()) {
      regions.push_back(placement.region);
      ring.replicas.push_back(0);
    }
    ++ring.replicas[region];
    ring.members.push_back(
        {{first + static_cast<std::uint32_t>(ring.members.size())}, placement.path, region});
  }
  for (const auto& [region, factor] : choice.replication) {
    const auto known = std::find(regions.begin(), regions.end(), region);
    ring.replicas[static_cast<std::size_t>(known - regions.begin())] = factor;
  }
  return ring;
}

ClientClock clock_of_clients(Timestamps timestamps) {
  switch (timestamps) {
    case Timestamps::coordinator:
      return ClientClock::none;
    case Timestamps::client:
      return ClientClock::own;
    case Timestamps::hybrid:
      return ClientClock::seen;
  }
  return ClientClock::none;
}

}  // namespace

BuiltStore install(World& world, const StorePlan& plan, const Choice& choice) {
  CLEAVE_CHECK(!plan.replicas.empty(), "a store has at least one replica");
  const auto first = static_cast<std::uint32_t>(world.node_count());
  Replica replica;
  replica.options = choice.options;
  replica.store = plan.store;
  replica.ring = Ring(ring_of(plan, choice, first));
  std::vector<NodeId> replicas;
  for (const Placement& placement : plan.replicas) {
    replicas.push_back(world.add(placement.path, placement.host, replica));
    world.declare_replica(plan.store, replicas.back());
  }
  return {replicas, ReadsAt::any, clock_of_clients(choice.options.timestamps)};
}

}  // namespace cleave::models::store::cassandra
