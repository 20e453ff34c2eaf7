#include "sim/scenario/members.h"

#include "sim/scenario/build.h"

#include <cstdint>

namespace cleave {

std::vector<Member> members_of(const Scenario& scenario) {
  Scenario bare;
  bare.topology = scenario.topology;
  bare.stores = scenario.stores;
  bare.clients = scenario.clients;
  bare.messaging = scenario.messaging;
  const World world = build(bare, 0).world;
  std::vector<Member> members;
  for (std::uint32_t i = 0; i < world.node_count(); ++i) {
    const PlaceId place = world.host(world.host_of(NodeId{i})).place;
    const PlaceId region = world.topology().place(place).region;
    members.push_back({std::string(world.name(NodeId{i})), world.topology().place(region).name});
  }
  return members;
}

bool names(std::string_view path, std::string_view node) {
  return node.starts_with(path) && (node.size() == path.size() || node[path.size()] == '/');
}

}  // namespace cleave
