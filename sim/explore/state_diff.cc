#include "sim/explore/state_diff.h"

#include <algorithm>
#include <cstdint>

namespace cleave {
namespace {

bool differs(const World& a, NodeId left, const World& b, NodeId right, std::string_view path) {
  const Diff diff = a.compare_nodes(left, b, right, kMostFieldsCompared);
  return std::any_of(diff.shown.begin(), diff.shown.end(),
                     [path](const Diff::Entry& entry) { return entry.path == path; });
}

// The event after which something holds for all the time up to `at`; nothing if it does not at
// `at`. Steps back by doubling strides to an event after which it did not hold, then halves what
// lies between. What did not hold for less than a stride may be missed on the way back: so strides
// begin with one event.
template <class Holds>
std::optional<EventId> holds_since(Timeline& timeline, Time at, const Holds& holds) {
  timeline.seek(at);
  if (!holds(timeline.world())) return std::nullopt;
  std::uint64_t yes = timeline.world().event().value;
  std::uint64_t no = yes;
  for (std::uint64_t stride = 1;; stride *= 2) {
    if (yes <= stride) {
      timeline.seek(EventId{0});
      if (holds(timeline.world())) return EventId{0};
      no = 0;
      break;
    }
    no = yes - stride;
    timeline.seek(EventId{no});
    if (!holds(timeline.world())) break;
    yes = no;
  }
  while (yes - no > 1) {
    const std::uint64_t middle = no + (yes - no) / 2;
    timeline.seek(EventId{middle});
    (holds(timeline.world()) ? yes : no) = middle;
  }
  return EventId{yes};
}

}  // namespace

std::optional<EventId> first_difference(Timeline& timeline, std::string_view path, NodeId left,
                                        NodeId right, Time at) {
  return holds_since(timeline, at,
                     [&](const World& world) { return differs(world, left, world, right, path); });
}

std::optional<EventId> last_change(Timeline& timeline, std::string_view path, NodeId node,
                                   Time at) {
  timeline.seek(at);
  const World then = timeline.world();
  return holds_since(timeline, at,
                     [&](const World& world) { return !differs(world, node, then, node, path); });
}

}  // namespace cleave
