#include "sim/scenario/build.h"

#include "sim/base/assert.h"
#include "sim/base/random.h"
#include "sim/check/availability.h"
#include "sim/check/consistency.h"
#include "sim/check/convergence.h"
#include "sim/check/conversation/judges.h"
#include "sim/check/durability.h"
#include "sim/check/fifo.h"
#include "sim/check/fresh_reads.h"
#include "sim/check/judges.h"
#include "sim/check/recovery.h"
#include "sim/check/seen_by_both.h"
#include "sim/check/seen_by_replicas.h"
#include "sim/scenario/build_messaging.h"
#include "sim/scenario/build_topology.h"
#include "sim/scenario/engines.h"
#include "sim/scenario/run_history.h"
#include "sim/scenario/workload.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace cleave {
namespace {

constexpr Purpose kClockSpread("a client's clock at the start");

struct BuiltStores {
  std::vector<models::store::BuiltStore> all;
  std::vector<std::vector<PlaceId>> places;  // of the replicas of each
};

BuiltStores build_stores(World& world, const Scenario& scenario) {
  BuiltStores built;
  for (const StoreSpec& spec : scenario.stores) {
    models::store::StorePlan plan{world.add_store(spec.name), spec.name, {}, spec.options};
    built.places.emplace_back();
    for (const ReplicasSpec& in : spec.replicas) {
      const PlaceId place = *world.topology().find(in.region);
      for (std::uint32_t i = 0; i < in.count; ++i) {
        const std::string path = spec.name + "/" + in.region + "/" + std::to_string(i);
        plan.replicas.push_back({path, world.add_host(path, place), in.region});
        built.places.back().push_back(place);
      }
    }
    built.all.push_back(find_engine(spec.engine)->build(world, plan));
  }
  return built;
}

// Each client's clock is off by what a draw of its own name says.
void set_clock(Host& host, const ClientsSpec& spec, std::uint64_t seed) {
  host.clock.offset = spec.clock_offset;
  if (spec.clock_spread.ns > 0) {
    Random random = Random::at(seed, kClockSpread.hash, name_hash(host.name), 0);
    const auto width = static_cast<std::uint64_t>(spec.clock_spread.ns) * 2 + 1;
    host.clock.offset +=
        Duration{static_cast<std::int64_t>(random.below(width))} - spec.clock_spread;
  }
  if (spec.drift.parts_per_billion != 0) host.clock.set_drift({}, spec.drift.parts_per_billion);
}

// Replicas by the latency from a place, nearest first; of equals the one that is listed first.
std::vector<NodeId> nearest_first(const Topology& topology, PlaceId from,
                                  const models::store::BuiltStore& store,
                                  const std::vector<PlaceId>& places) {
  const auto paths = topology.shortest_paths(from);
  std::vector<std::pair<Duration, NodeId>> by_latency;
  for (std::size_t i = 0; i < store.replicas.size(); ++i) {
    Duration latency;
    if (const auto& path = paths[places[i].value])
      for (const LinkId link : *path)
        latency += topology.link(link).link.latency;
    by_latency.emplace_back(latency, store.replicas[i]);
  }
  std::stable_sort(by_latency.begin(), by_latency.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<NodeId> order;
  order.reserve(by_latency.size());
  for (const auto& [latency, node] : by_latency)
    order.push_back(node);
  return order;
}

// The clients of one group, at one place of the network.
std::vector<NodeId> build_clients(World& world, const Scenario& scenario, const ClientPlace& place,
                                  PlaceId at, const std::vector<models::store::Load>& loads) {
  const ClientsSpec& spec = scenario.clients[place.group];
  std::vector<NodeId> nodes;
  for (std::uint32_t i = 0; i < spec.count; ++i) {
    models::store::WorkloadClient client = client_of(scenario, place, i, loads);
    client.seed = world.seed();
    const std::string name = client.name;
    const HostId host = world.add_host(name, at);
    set_clock(world.host_setup(host), spec, world.seed());
    nodes.push_back(world.add(name, host, std::move(client)));
  }
  return nodes;
}

std::vector<models::store::StoreAccess> access_from(const Topology& topology, PlaceId place,
                                                    const BuiltStores& stores,
                                                    models::store::Routing routing) {
  std::vector<models::store::StoreAccess> access;
  for (std::size_t s = 0; s < stores.all.size(); ++s)
    access.push_back({StoreId{static_cast<std::uint32_t>(s)},
                      nearest_first(topology, place, stores.all[s], stores.places[s]),
                      stores.all[s].reads,
                      routing,
                      {},
                      stores.all[s].clock});
  return access;
}

template <class... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};
template <class... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

std::string_view judge_of(const Claim& claim) {
  return std::visit(Overloaded{[](const Converges&) -> std::string_view { return "converges"; },
                               [](const LostAcknowledgedWrites&) -> std::string_view {
                                 return "lost-acknowledged-writes";
                               },
                               [](const Available&) -> std::string_view { return "available"; },
                               [](const FifoOrder&) -> std::string_view { return "fifo"; },
                               [](const ReadsFresh&) -> std::string_view { return "fresh-reads"; },
                               [](const Consistent& c) { return to_string(c.level); },
                               [](const Recovers&) -> std::string_view { return "recovers"; },
                               [](const OfMessages& c) { return to_string(c.judge); },
                               [](const WithoutEffect&) -> std::string_view { return ""; }},
                    claim);
}

std::unique_ptr<Checker> make_consistency(const Consistent& claim, const Scenario& scenario) {
  Consistency::Options by_clients;
  by_clients.store = StoreId{claim.store};
  by_clients.level = claim.level;
  by_clients.names = object_names(scenario, by_clients.store);
  SeenByReplicas::Options by_replicas;
  by_replicas.store = by_clients.store;
  by_replicas.level = claim.level;
  by_replicas.names = by_clients.names;
  switch (claim.seen_by) {
    case Consistent::By::clients:
      return std::make_unique<Consistency>(std::move(by_clients));
    case Consistent::By::replicas:
      return std::make_unique<SeenByReplicas>(std::move(by_replicas));
    case Consistent::By::both:
      break;
  }
  return std::make_unique<SeenByBoth>(Consistency(std::move(by_clients)),
                                      SeenByReplicas(std::move(by_replicas)));
}

std::optional<FaultId> fault_id(std::optional<std::uint32_t> index) {
  return index ? std::optional(FaultId{*index}) : std::nullopt;
}

std::unique_ptr<Checker> make_judge_of_messages(const OfMessages& claim,
                                                const MessagingCast& cast) {
  conversation::Scope scope{{}, {}, {claim.within, fault_id(claim.after)}};
  for (const MessagingCast::Device& device : cast.devices) {
    scope.persons[device.node] = device.person;
    const auto& people = claim.people;
    if (std::find(people.begin(), people.end(), device.person) != people.end())
      scope.devices.push_back(device.node);
  }
  return conversation::make(claim.judge, scope);
}

}  // namespace

bool Cast::is_replica(NodeId node) const {
  return std::any_of(replicas.begin(), replicas.end(), [&](const std::vector<NodeId>& of_store) {
    return std::find(of_store.begin(), of_store.end(), node) != of_store.end();
  });
}

Built build(const Scenario& scenario, std::uint64_t seed) {
  Topology topology = build_topology(scenario.topology);
  std::vector<PlaceId> places;
  for (const ClientsSpec& clients : scenario.clients)
    places.push_back(place_of(topology, scenario.topology, {clients.region, clients.device}));
  const std::vector<PlaceId> devices = places_of_devices(topology, scenario);
  Built built{World(seed, std::move(topology), scenario.limits), {}};
  World& world = built.world;
  world.set_connections(scenario.topology.connections);
  const BuiltStores stores = build_stores(world, scenario);
  for (const models::store::BuiltStore& store : stores.all)
    built.cast.replicas.push_back(store.replicas);
  const std::vector<models::store::Load> loads = loads_of(scenario);
  for (std::uint32_t g = 0; g < scenario.clients.size(); ++g) {
    const ClientPlace place{
        g, access_from(world.topology(), places[g], stores, scenario.clients[g].routing)};
    built.cast.clients.push_back(build_clients(world, scenario, place, places[g], loads));
  }
  if (scenario.messaging)
    built.cast.messaging = build_messaging(world, scenario, devices, [&](PlaceId place) {
      return access_from(world.topology(), place, stores, models::store::Routing::nearest);
    });
  for (const Fault& fault : scenario.faults)
    world.schedule(fault);
  return built;
}

std::unique_ptr<Checker> make_judge(const Claim& claim, const Scenario& scenario,
                                    const Built& built) {
  using Judge = std::unique_ptr<Checker>;
  const Cast& cast = built.cast;
  return std::visit(
      Overloaded{
          [&](const Converges& c) -> Judge {
            return std::make_unique<Convergence>(Convergence::Options{
                StoreId{c.store}, cast.replicas[c.store], c.within, fault_id(c.after)});
          },
          [&](const LostAcknowledgedWrites& c) -> Judge {
            return std::make_unique<Durability>(
                Durability::Options{StoreId{c.store}, cast.replicas[c.store]});
          },
          [&](const Available& c) -> Judge {
            Availability::Options options{StoreId{c.store}, {}, fault_id(c.during), c.at_least};
            for (const std::uint32_t group : c.groups)
              options.clients.insert(options.clients.end(), cast.clients[group].begin(),
                                     cast.clients[group].end());
            return std::make_unique<Availability>(std::move(options));
          },
          [&](const FifoOrder& c) -> Judge {
            Fifo::Options options;
            options.store = StoreId{c.store};
            return std::make_unique<Fifo>(options);
          },
          [&](const ReadsFresh& c) -> Judge {
            FreshReads::Options options;
            options.store = StoreId{c.store};
            return std::make_unique<FreshReads>(options);
          },
          [&](const Consistent& c) -> Judge { return make_consistency(c, scenario); },
          [&](const Recovers& c) -> Judge {
            const LivenessPhase& phase = *scenario.liveness;
            Recovery::Options options{StoreId{c.store}, {}, {}, phase.from, c.within};
            for (const NodeId replica : cast.replicas[c.store]) {
              const bool broken = std::count(phase.broken.begin(), phase.broken.end(),
                                             built.world.name(replica)) > 0;
              (broken ? options.others : options.core).push_back(replica);
            }
            return std::make_unique<Recovery>(std::move(options));
          },
          [&](const OfMessages& c) -> Judge { return make_judge_of_messages(c, cast.messaging); },
          [](const WithoutEffect&) -> Judge { return nullptr; }},
      claim);
}

Property property_of(const Claim& claim) {
  const JudgeInfo* judge = find_judge(judge_of(claim));
  return judge ? judge->property : Property::safety;
}

bool is_of_the_end(const Claim& claim) {
  const auto* messages = std::get_if<OfMessages>(&claim);
  return messages && messages->judge == conversation::Judge::same_view;
}

}  // namespace cleave
