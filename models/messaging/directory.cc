#include "models/messaging/directory.h"

namespace cleave::models::messaging {

std::vector<NodeId> Directory::addressees(std::uint32_t conversation, NodeId sender) const {
  std::vector<NodeId> all;
  for (const std::uint32_t member : cast.conversations[conversation].members)
    for (const std::uint32_t device : cast.people[member].devices)
      if (cast.devices[device].node != sender) all.push_back(cast.devices[device].node);
  return all;
}

}  // namespace cleave::models::messaging
