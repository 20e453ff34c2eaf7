#include "sim/explore/state_diff.h"

#include <algorithm>
#include <cstdint>

namespace cleave {
namespace {

bool differs(const World& world, std::string_view path, NodeId left, NodeId right) {
  const Diff diff = world.compare_nodes(left, world, right, kMostFieldsCompared);
  return std::any_of(diff.shown.begin(), diff.shown.end(),
                     [path](const Diff::Entry& entry) { return entry.path == path; });
}

}  // namespace

// Steps back by doubling strides to an event after which the field was equal, then halves what lies
// between. A field that was equal for less than a stride may be missed on the way back: so strides
// begin with one event.
std::optional<EventId> first_difference(Timeline& timeline, std::string_view path, NodeId left,
                                        NodeId right, Time at) {
  timeline.seek(at);
  if (!differs(timeline.world(), path, left, right)) return std::nullopt;
  std::uint64_t different = timeline.world().event().value;
  std::uint64_t equal = different;
  for (std::uint64_t stride = 1;; stride *= 2) {
    if (different <= stride) {
      timeline.seek(EventId{0});
      if (differs(timeline.world(), path, left, right)) return EventId{0};
      equal = 0;
      break;
    }
    equal = different - stride;
    timeline.seek(EventId{equal});
    if (!differs(timeline.world(), path, left, right)) break;
    different = equal;
  }
  while (different - equal > 1) {
    const std::uint64_t middle = equal + (different - equal) / 2;
    timeline.seek(EventId{middle});
    (differs(timeline.world(), path, left, right) ? different : equal) = middle;
  }
  return EventId{different};
}

}  // namespace cleave
