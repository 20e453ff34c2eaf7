// Since when two replicas differ in a field, or one is as it is: the event that made it so.
#pragma once
#include "sim/base/diff.h"
#include "sim/base/id.h"
#include "sim/base/time.h"
#include "sim/engine/timeline.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace cleave {

// Differences beyond so many are not looked at.
constexpr std::size_t kMostFieldsCompared = 2'000;

// The event after which the two differ in the field `path` (as Diff writes it) for all the time up
// to `at`; nothing if they do not differ in it at `at`. Event 0: they began so. Leaves the timeline
// where the search ended.
std::optional<EventId> first_difference(Timeline& timeline, std::string_view path, NodeId left,
                                        NodeId right, Time at);

// The event after which a node's field `path` was what it is at `at` for all the time up to then.
// Event 0: it never was anything else. Leaves the timeline where the search ended.
std::optional<EventId> last_change(Timeline& timeline, std::string_view path, NodeId node, Time at);

}  // namespace cleave
