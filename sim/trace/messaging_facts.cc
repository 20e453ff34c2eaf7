#include "sim/trace/messaging_facts.h"

#include <algorithm>

namespace cleave {

std::optional<std::uint32_t> MessagingCast::device_of(NodeId node) const {
  const auto found =
      std::lower_bound(devices.begin(), devices.end(), node,
                       [](const Device& device, NodeId id) { return device.node < id; });
  if (found == devices.end() || found->node != node) return std::nullopt;
  return static_cast<std::uint32_t>(found - devices.begin());
}

}  // namespace cleave
