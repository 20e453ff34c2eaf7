// Who is who in a picture: the part that each node of a recording plays, the region that it is
// drawn in, its short name, and so what kind of message one between two nodes is.
#pragma once
#include "sim/draw/palette.h"
#include "sim/explore/recording.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cleave::draw {

enum class Role : std::uint8_t {
  replica,
  other,  // a monitor, a proxy
  client,
};

enum class MessageKind : std::uint8_t {
  request,      // from a client
  answer,       // to a client
  replication,  // between replicas of one store
  control,      // any other
};
Ink ink_of(MessageKind kind);
std::string_view to_string(MessageKind kind);

// Made in time proportional to the nodes; then every question takes constant time.
class Roles {
 public:
  explicit Roles(const Recording& recording);

  struct Node {
    Role role = Role::other;
    std::uint32_t group = 0;  // index of a replica's store, or of a client's group
    std::size_t region = 0;   // index among the regions of the topology
    std::string label;        // "us-east/0" of "notes/us-east/0", if that is no other's too
  };
  std::size_t size() const { return nodes_.size(); }
  const Node& of(NodeId node) const { return nodes_[node.value]; }
  MessageKind kind(NodeId from, NodeId to) const;
  // Names of the regions, in their order.
  const std::vector<std::string>& regions() const { return regions_; }

 private:
  void shorten(const Recording& recording);

  std::vector<Node> nodes_;
  std::vector<std::string> regions_;
};

// "replicate from notes/us-east/0 to notes/us-west/0, sent 12.004 s, cut 12.004 s"
std::string spoken(const Recording& recording, const TracedMessage& message);
// "arrived", "cut", "lost", "lost at a host that was down": how a message ended.
std::string_view fate(RecordKind end);

}  // namespace cleave::draw
