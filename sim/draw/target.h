// What a spot of a picture stands for, and what can be selected in a window: one concept, so that
// a verdict, an arrow and a table row that mean the same are the same.
#pragma once
#include "sim/base/id.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cleave::draw {

struct Target {
  enum class Kind : std::uint8_t {
    nothing,
    node,       // a: its id
    region,     // a: its place
    link,       // a, b: places
    message,    // a: index in the trace index
    event,      // a: number
    pair,       // a, b: ids of two replicas
    fault,      // a: its id
    verdict,    // a: index of the expectation
    operation,  // a: client, b: index
    lane,       // a: node, or of a collapsed region its first
    side,       // a: row of the CAP ledger
  };
  Kind kind = Kind::nothing;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  auto operator<=>(const Target&) const = default;
};

// "node 3", "pair 0 1", "message 17": what --select and links take.
std::string to_text(Target target);
// Nothing if it is not such a text.
std::optional<Target> target_of(std::string_view text);

inline Target target_of(NodeId id) {
  return {Target::Kind::node, id.value, 0};
}
inline Target target_of(EventId id) {
  return {Target::Kind::event, static_cast<std::uint32_t>(id.value), 0};
}
inline Target target_of(NodeId a, NodeId b) {
  return {Target::Kind::pair, a.value, b.value};
}

}  // namespace cleave::draw
