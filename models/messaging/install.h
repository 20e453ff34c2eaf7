// Puts a messaging service and its people into a World: a gateway and a mailbox for each region,
// and the devices.
#pragma once
#include "models/device/habits.h"
#include "models/messaging/options.h"
#include "models/store/store_client.h"
#include "sim/engine/world.h"
#include "sim/trace/messaging_facts.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cleave::models::messaging {

struct RegionPlan {
  PlaceId place;
  std::string gateway, mailbox;            // paths of their nodes, and of the hosts
  std::vector<store::StoreAccess> stores;  // as the mailbox sees them
};
struct DevicePlan {
  std::string path;  // "ana/phone"
  HostId host;
  std::uint32_t region = 0;  // index into the regions
  std::uint32_t person = 0;
  device::Habits habits;
};
struct Plan {
  Options options;
  std::vector<RegionPlan> regions;
  std::vector<std::string> people;  // their names
  std::vector<DevicePlan> devices;  // by person
  std::vector<MessagingCast::Conversation> conversations;
};

// Which node a device of the plan will be, if the plan is the next to be installed.
NodeId node_of(const World& world, const Plan& plan, std::uint32_t device);

// Who is who; without lines.
MessagingCast install(World& world, const Plan& plan);

}  // namespace cleave::models::messaging
