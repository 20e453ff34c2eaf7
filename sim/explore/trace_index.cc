#include "sim/explore/trace_index.h"

#include <algorithm>

namespace cleave {
namespace {

// Of what a map needs for an entry beside it.
constexpr std::size_t kMapNode = 48;

// Whether a record says how a message ended.
bool ends_message(RecordKind kind) {
  switch (kind) {
    case RecordKind::delivered:
    case RecordKind::lost:
    case RecordKind::cut:
    case RecordKind::down:
    case RecordKind::disconnected:
      return true;
    default:
      return false;
  }
}

// Whether a record says what an event was: the first of them does.
bool opens_event(RecordKind kind) {
  return kind == RecordKind::delivered || kind == RecordKind::timer || kind == RecordKind::fault ||
         kind == RecordKind::down || kind == RecordKind::cut || kind == RecordKind::held;
}

}  // namespace

std::size_t TraceIndex::bytes() const {
  return events_.capacity() * sizeof(TracedEvent) + messages_.capacity() * sizeof(TracedMessage) +
         latest_end_.capacity() * sizeof(Time) + operations_.capacity() * sizeof(TracedOperation) +
         operation_rows_.size() * kMapNode + updates_.capacity() * sizeof(TracedUpdate) +
         outages_.capacity() * sizeof(TracedOutage);
}

bool TraceIndex::has_room() {
  if (left_out_ == 0 && bytes() < budget_.bytes) return true;
  ++left_out_;  // from the first on: a hole in the middle would be taken for silence
  return false;
}

void TraceIndex::on(const Record& record, EventId event) {
  if (!has_room()) return;
  note_event(record, event);
  if (ends_message(record.kind())) note_message(record, event);
}

// An event that begins with the loss of what it sends is not yet known: its own record follows.
void TraceIndex::note_event(const Record& record, EventId event) {
  while (events_.size() < event.value)
    events_.push_back({Time{record.time_ns}, std::nullopt, 0, RecordKind::timer});
  TracedEvent& row = events_[event.value - 1];
  if (row.node || !opens_event(record.kind())) return;
  row.node = NodeId{record.to};
  row.name = record.name();
  row.kind = record.kind();
}

void TraceIndex::note_message(const Record& record, EventId event) {
  const EventId cause{record.cause};
  const bool known = cause.value > 0 && cause.value <= events_.size();
  messages_.push_back({known ? events_[cause.value - 1].at : Time{}, Time{record.time_ns},
                       NodeId{record.from}, NodeId{record.to}, record.name(), cause, event,
                       record.kind()});
}

void TraceIndex::on(const Invoked& operation) {
  if (!has_room()) return;
  operation_rows_.emplace(operation.id, operations_.size());
  operations_.push_back({operation, std::nullopt});
}

void TraceIndex::on(const Completed& operation) {
  const auto row = operation_rows_.find(operation.id);
  if (row == operation_rows_.end() || !has_room()) return;
  Completed answer = operation;
  answer.values.clear();  // what a read returned is not looked at here, and may be much
  answer.values.shrink_to_fit();
  operations_[row->second].completed = std::move(answer);
}

void TraceIndex::on(const ReplicaUpdate& update) {
  if (!update.changed || update.kind == ReplicaUpdate::Kind::installed || !has_room()) return;
  updates_.push_back({update.at, update.event, update.store, update.replica, update.update,
                      update.kind == ReplicaUpdate::Kind::applied, update.distance});
}

void TraceIndex::on(const NodeMark& mark) {
  if (mark.phase == NodeMark::Phase::down) {
    if (has_room()) outages_.push_back({mark.node, mark.at, std::nullopt});
    return;
  }
  const auto last = std::find_if(outages_.rbegin(), outages_.rend(), [&](const TracedOutage& o) {
    return o.node == mark.node && !o.to;
  });
  if (last != outages_.rend()) last->to = mark.at;
}

void TraceIndex::close() {
  std::stable_sort(messages_.begin(), messages_.end(),
                   [](const TracedMessage& a, const TracedMessage& b) { return a.sent < b.sent; });
  latest_end_.clear();
  latest_end_.reserve(messages_.size());
  Time latest;
  for (const TracedMessage& message : messages_)
    latest_end_.push_back(latest = std::max(latest, message.ended));
}

// The latest end so far never falls, so what ended before `from` is a prefix.
std::span<const TracedMessage> TraceIndex::messages_around(Time from, Time to) const {
  const auto first = std::lower_bound(latest_end_.begin(), latest_end_.end(), from);
  const auto last =
      std::upper_bound(messages_.begin(), messages_.end(), to,
                       [](Time at, const TracedMessage& message) { return at < message.sent; });
  const auto begin = static_cast<std::size_t>(first - latest_end_.begin());
  const auto end = static_cast<std::size_t>(last - messages_.begin());
  if (begin >= end) return {};
  return std::span(messages_).subspan(begin, end - begin);
}

std::size_t TraceIndex::messages_within(Time from, Time to) const {
  const auto within = [&](Time t) { return from <= t && t <= to; };
  const auto around = messages_around(from, to);
  return static_cast<std::size_t>(std::count_if(
      around.begin(), around.end(),
      [&](const TracedMessage& message) { return within(message.sent) || within(message.ended); }));
}

std::size_t TraceIndex::first_event_from(Time at) const {
  const auto found =
      std::lower_bound(events_.begin(), events_.end(), at,
                       [](const TracedEvent& event, Time t) { return event.at < t; });
  return static_cast<std::size_t>(found - events_.begin());
}

const TracedOperation* TraceIndex::find(OperationId id) const {
  const auto row = operation_rows_.find(id);
  return row == operation_rows_.end() ? nullptr : &operations_[row->second];
}

}  // namespace cleave
