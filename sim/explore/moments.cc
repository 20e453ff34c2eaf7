#include "sim/explore/moments.h"

#include <algorithm>
#include <vector>

namespace cleave {
namespace {

std::optional<Time> last_before(const std::vector<Time>& times, Time at) {
  std::optional<Time> best;
  for (const Time t : times)
    if (t < at && (!best || t > *best)) best = t;
  return best;
}

std::optional<Time> first_after(const std::vector<Time>& times, Time at) {
  std::optional<Time> best;
  for (const Time t : times)
    if (t > at && (!best || t < *best)) best = t;
  return best;
}

// A fault that the end of the run cut short has not ended.
std::vector<Time> fault_boundaries(const RunResult& run) {
  std::vector<Time> times;
  for (const FaultResult& fault : run.faults)
    for (const Span& span : fault.active) {
      times.push_back(span.from);
      if (span.to < run.simulated) times.push_back(span.to);
    }
  return times;
}

std::vector<Time> violation_times(const RunResult& run) {
  std::vector<Time> times;
  for (const ExpectationResult& expectation : run.expectations)
    if (expectation.verdict.word == Word::violated && expectation.verdict.at)
      times.push_back(*expectation.verdict.at);
  return times;
}

}  // namespace

std::optional<Time> previous_fault_boundary(const Recording& recording, Time at) {
  return last_before(fault_boundaries(recording.result), at);
}

std::optional<Time> next_fault_boundary(const Recording& recording, Time at) {
  return first_after(fault_boundaries(recording.result), at);
}

std::optional<std::size_t> next_drop(const Recording& recording, Time at) {
  const auto messages = recording.trace.messages();
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    if (best && messages[i].sent > messages[*best].ended) break;  // whatever follows ends later
    if (messages[i].arrived() || messages[i].ended <= at) continue;
    if (!best || messages[i].ended < messages[*best].ended) best = i;
  }
  return best;
}

std::optional<Time> first_divergence_over(const Recording& recording, StoreId store,
                                          std::uint64_t n, Time from) {
  std::uint64_t before = 0;
  for (const TracedUpdate& update : recording.trace.updates()) {
    if (update.store != store) continue;
    if (update.at > from && before > n) return from;
    if (update.at >= from && update.distance > n) return update.at;
    before = update.distance;
  }
  return before > n ? std::optional(from) : std::nullopt;
}

std::optional<Time> greatest_divergence(const Recording& recording, StoreId store) {
  if (store.value >= recording.result.stores.size()) return std::nullopt;
  const DivergenceCurve& curve = recording.result.stores[store.value].curve;
  return curve.peak > 0 ? std::optional(curve.peak_at) : std::nullopt;
}

std::optional<EventId> next_event_of(const Recording& recording, NodeId node, EventId event) {
  const auto events = recording.trace.events();
  for (std::uint64_t row = event.value; row < events.size(); ++row)
    if (events[row].node == node) return EventId{row + 1};
  return std::nullopt;
}

std::optional<EventId> previous_event_of(const Recording& recording, NodeId node, EventId event) {
  const auto events = recording.trace.events();
  std::uint64_t row = std::min<std::uint64_t>(event.value > 0 ? event.value - 1 : 0, events.size());
  for (; row > 0; --row)
    if (events[row - 1].node == node) return EventId{row};
  return std::nullopt;
}

std::optional<Time> next_violation(const Recording& recording, Time at) {
  return first_after(violation_times(recording.result), at);
}

std::optional<Time> previous_violation(const Recording& recording, Time at) {
  return last_before(violation_times(recording.result), at);
}

}  // namespace cleave
