#include "models/messaging/install.h"

#include "models/device/device.h"
#include "models/messaging/directory.h"
#include "models/server/gateway.h"
#include "models/server/mailbox.h"
#include "sim/base/assert.h"

#include <algorithm>
#include <utility>

namespace cleave::models::messaging {

namespace {

// Indices of regions by the latency from one of them, that one first.
std::vector<std::size_t> nearest_first(const Topology& topology,
                                       const std::vector<RegionPlan>& regions, std::size_t from) {
  const auto paths = topology.shortest_paths(regions[from].place);
  std::vector<std::pair<Duration, std::size_t>> by_latency;
  for (std::size_t i = 0; i < regions.size(); ++i) {
    Duration latency;
    if (const auto& path = paths[regions[i].place.value])
      for (const LinkId link : *path)
        latency += topology.link(link).link.latency;
    by_latency.emplace_back(latency, i);
  }
  std::stable_sort(by_latency.begin(), by_latency.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::size_t> order;
  order.reserve(by_latency.size());
  for (const auto& [latency, region] : by_latency)
    order.push_back(region);
  return order;
}

MessagingCast cast_of(const World& world, const Plan& plan) {
  MessagingCast cast;
  cast.conversations = plan.conversations;
  for (const std::string& name : plan.people)
    cast.people.push_back({name, {}});
  for (std::uint32_t i = 0; i < plan.devices.size(); ++i) {
    const DevicePlan& device = plan.devices[i];
    cast.devices.push_back({node_of(world, plan, i), device.path, device.person});
    cast.people[device.person].devices.push_back(i);
  }
  const auto first = static_cast<std::uint32_t>(world.node_count());
  const auto regions = static_cast<std::uint32_t>(plan.regions.size());
  for (std::uint32_t i = 0; i < regions; ++i) {
    cast.gateways.push_back({first + i});
    cast.mailboxes.push_back({first + regions + i});
  }
  return cast;
}

SharedDirectory directory_of(const World& world, const Plan& plan) {
  Directory directory;
  directory.cast = cast_of(world, plan);
  directory.options = plan.options;
  directory.seed = world.seed();
  directory.first_device = node_of(world, plan, 0);
  for (const DevicePlan& device : plan.devices)
    directory.region_of.push_back(device.region);
  for (std::size_t region = 0; region < plan.regions.size(); ++region) {
    directory.gateways.emplace_back();
    directory.mailboxes.emplace_back();
    for (const std::size_t near : nearest_first(world.topology(), plan.regions, region)) {
      directory.gateways.back().push_back(directory.cast.gateways[near]);
      directory.mailboxes.back().push_back(directory.cast.mailboxes[near]);
    }
  }
  return SharedDirectory(std::move(directory));
}

}  // namespace

NodeId node_of(const World& world, const Plan& plan, std::uint32_t device) {
  const std::size_t servers = 2 * plan.regions.size();
  return {static_cast<std::uint32_t>(world.node_count() + servers) + device};
}

MessagingCast install(World& world, const Plan& plan) {
  CLEAVE_CHECK(!plan.regions.empty(), "a messaging service has at least one region");
  const SharedDirectory directory = directory_of(world, plan);
  for (std::uint32_t i = 0; i < plan.regions.size(); ++i) {
    const RegionPlan& region = plan.regions[i];
    world.add(region.gateway, world.add_host(region.gateway, region.place),
              server::Gateway{directory, i, {}});
  }
  for (const RegionPlan& region : plan.regions)
    world.add(region.mailbox, world.add_host(region.mailbox, region.place),
              server::Mailbox{directory, region.stores, {}});
  for (std::uint32_t i = 0; i < plan.devices.size(); ++i) {
    const DevicePlan& plan_of = plan.devices[i];
    device::Device device;
    device.directory = directory;
    device.index = i;
    device.habits = plan_of.habits;
    world.add(plan_of.path, plan_of.host, std::move(device));
  }
  CLEAVE_CHECK(directory->cast.devices.empty() ||
                   world.find(plan.devices.back().path) == directory->cast.devices.back().node,
               "devices are the nodes that the directory says");
  return directory->cast;
}

}  // namespace cleave::models::messaging
