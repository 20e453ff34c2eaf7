// Moments of a run that are worth going to, from wherever one stands: faults that begin or end,
// messages that are lost, replicas that part. All are found in what was recorded.
#pragma once
#include "sim/base/id.h"
#include "sim/base/time.h"
#include "sim/explore/recording.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace cleave {

// When a fault began or ended: the last time before `at`, the first one after it.
std::optional<Time> previous_fault_boundary(const Recording& recording, Time at);
std::optional<Time> next_fault_boundary(const Recording& recording, Time at);

// Index of the message that was lost first after `at`; of several at once the one sent first.
std::optional<std::size_t> next_drop(const Recording& recording, Time at);

// The first time from `from` on at which two replicas of a store were more than `n` updates apart:
// `from` itself if they are then.
std::optional<Time> first_divergence_over(const Recording& recording, StoreId store,
                                          std::uint64_t n, Time from);
// The first time at which the replicas of a store were as far apart as they ever were; nothing if
// they never were.
std::optional<Time> greatest_divergence(const Recording& recording, StoreId store);

// The event of a node that came next after an event, or last before it. Event 0 is the start.
std::optional<EventId> next_event_of(const Recording& recording, NodeId node, EventId event);
std::optional<EventId> previous_event_of(const Recording& recording, NodeId node, EventId event);

// The first violation after `at`, and the last one before it, of whatever expectation.
std::optional<Time> next_violation(const Recording& recording, Time at);
std::optional<Time> previous_violation(const Recording& recording, Time at);

}  // namespace cleave
