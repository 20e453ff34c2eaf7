#include "sim/draw/roles.h"

#include "sim/draw/axis.h"

#include <map>

namespace cleave::draw {
namespace {

std::string_view without_first_part(std::string_view name) {
  const std::size_t slash = name.find('/');
  return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

}  // namespace

Ink ink_of(MessageKind kind) {
  switch (kind) {
    case MessageKind::request:
      return Ink::request;
    case MessageKind::answer:
      return Ink::answer;
    case MessageKind::replication:
      return Ink::replication;
    case MessageKind::control:
      break;
  }
  return Ink::control;
}

std::string_view to_string(MessageKind kind) {
  switch (kind) {
    case MessageKind::request:
      return "request";
    case MessageKind::answer:
      return "answer";
    case MessageKind::replication:
      return "replication";
    case MessageKind::control:
      break;
  }
  return "control";
}

Roles::Roles(const Recording& recording) : nodes_(recording.start.node_count()) {
  const Topology& topology = recording.start.topology();
  std::vector<std::size_t> region_of_place(topology.places().size());
  for (std::size_t i = 0; i < topology.places().size(); ++i) {
    if (topology.places()[i].kind != Place::Kind::region) continue;
    region_of_place[i] = regions_.size();
    regions_.push_back(topology.places()[i].name);
  }
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
    const PlaceId region = topology.place(recording.place(NodeId{i})).region;
    nodes_[i].region = region_of_place[region.value];
  }
  const auto cast = [&](const std::vector<std::vector<NodeId>>& groups, Role role) {
    for (std::uint32_t g = 0; g < groups.size(); ++g)
      for (const NodeId id : groups[g]) {
        nodes_[id.value].role = role;
        nodes_[id.value].group = g;
      }
  };
  cast(recording.cast.replicas, Role::replica);
  cast(recording.cast.clients, Role::client);
  shorten(recording);
}

// Of a client the first part is its group, and all that tells it from others: it stays.
void Roles::shorten(const Recording& recording) {
  std::map<std::string_view, int> bearers;
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
    const std::string_view name = recording.name(NodeId{i});
    ++bearers[name];
    if (const std::string_view rest = without_first_part(name); rest != name) ++bearers[rest];
  }
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
    const std::string_view name = recording.name(NodeId{i});
    const std::string_view rest = without_first_part(name);
    const bool plain = nodes_[i].role == Role::client || bearers[rest] > 1;
    nodes_[i].label = plain ? name : rest;
  }
}

MessageKind Roles::kind(NodeId from, NodeId to) const {
  const Node& sender = nodes_[from.value];
  const Node& receiver = nodes_[to.value];
  if (sender.role == Role::client) return MessageKind::request;
  if (receiver.role == Role::client) return MessageKind::answer;
  const bool replicas = sender.role == Role::replica && receiver.role == Role::replica;
  return replicas && sender.group == receiver.group ? MessageKind::replication
                                                    : MessageKind::control;
}

std::string_view fate(RecordKind end) {
  switch (end) {
    case RecordKind::cut:
      return "cut";
    case RecordKind::lost:
      return "lost";
    case RecordKind::down:
      return "lost at a host that was down";
    case RecordKind::disconnected:
      return "lost with its connection";
    case RecordKind::not_understood:
      return "arrived, not understood";
    default:
      return "arrived";
  }
}

std::string spoken(const Recording& recording, const TracedMessage& message) {
  std::string name(recording.message_name(message.to, message.name));
  if (name.empty()) name = "message";
  return name.append(" from ")
      .append(recording.name(message.from))
      .append(" to ")
      .append(recording.name(message.to))
      .append(", sent ")
      .append(clock_text(message.sent))
      .append(", ")
      .append(fate(message.end))
      .append(" ")
      .append(clock_text(message.ended));
}

}  // namespace cleave::draw
