// Which devices a judge of messages looks at, and which of their lives: what a device shows is
// lost when it goes down, and stated anew when it is up again.
#pragma once
#include "sim/check/words.h"
#include "sim/trace/messaging_facts.h"
#include "sim/trace/observer.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cleave::conversation {

// Ascending; empty: all.
class Watched {
 public:
  Watched() = default;
  explicit Watched(std::vector<NodeId> devices) : devices_(std::move(devices)) {
    std::stable_sort(devices_.begin(), devices_.end());
  }
  bool has(NodeId device) const {
    return devices_.empty() || std::binary_search(devices_.begin(), devices_.end(), device);
  }

 private:
  std::vector<NodeId> devices_;
};

class Lives {
 public:
  void note(const NodeMark& mark) {
    Life& life = lives_[mark.node];
    life.is_up = mark.phase == NodeMark::Phase::up;
    if (!life.is_up) ++life.ended;
  }
  std::uint32_t ended(NodeId device) const {
    const auto found = lives_.find(device);
    return found == lives_.end() ? 0 : found->second.ended;
  }
  bool is_up(NodeId device) const {
    const auto found = lives_.find(device);
    return found == lives_.end() || found->second.is_up;
  }

 private:
  struct Life {
    std::uint32_t ended = 0;
    bool is_up = true;
  };
  std::map<NodeId, Life> lives_;
};

inline std::string message_name(std::uint64_t number, const RunEnd& end) {
  const MessageNumber message{number};
  return "message " + std::to_string(message.counter()) + " of " + name_of(message.device(), end);
}

inline std::string_view word_of(MessageStatus status) {
  switch (status) {
    case MessageStatus::none:
      return "on its way";
    case MessageStatus::accepted:
      return "accepted";
    case MessageStatus::delivered:
      return "delivered";
    case MessageStatus::read:
      return "read";
  }
  return "?";
}

}  // namespace cleave::conversation
