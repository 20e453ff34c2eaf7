// What everybody in a messaging service knows and shares: who the people are, which devices and
// conversations they have, whom a device asks, and how all of them are set up. It does not change
// while a scenario runs.
#pragma once
#include "models/messaging/options.h"
#include "models/ordering/ordering.h"
#include "sim/base/id.h"
#include "sim/base/shared.h"
#include "sim/trace/messaging_facts.h"

#include <cstdint>
#include <vector>

namespace cleave::models::messaging {

struct Directory {
  MessagingCast cast;  // without its lines
  Options options;
  std::uint64_t seed = 0;
  NodeId first_device;                   // they follow one another
  std::vector<std::uint32_t> region_of;  // by device
  // By region, nearest first; all of them are in each list.
  std::vector<std::vector<NodeId>> gateways, mailboxes;
  CLEAVE_DESCRIBE(cast, options, seed, first_device, region_of, gateways, mailboxes)

  std::uint32_t index_of(NodeId device) const { return device.value - first_device.value; }
  const MessagingCast::Device& device(NodeId node) const { return cast.devices[index_of(node)]; }
  std::uint32_t person_of(NodeId device) const { return this->device(device).person; }
  std::uint32_t sender_of(MessageNumber message) const { return person_of(message.device()); }
  const ordering::Policy& policy() const { return ordering::policy_of(options.ordering); }

  // The devices of a conversation's members but this one, by person, then device.
  std::vector<NodeId> addressees(std::uint32_t conversation, NodeId sender) const;
};

using SharedDirectory = Shared<Directory>;

}  // namespace cleave::models::messaging
