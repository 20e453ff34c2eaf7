// A whole run as rows that can be searched: every event, every message from sending to its end,
// what clients asked and were told, and which replica took up or gave up which update. It is what
// pictures are drawn from, so that a message on its way can be shown at any time, backwards too.
#pragma once
#include "sim/base/id.h"
#include "sim/base/time.h"
#include "sim/trace/history.h"
#include "sim/trace/observer.h"
#include "sim/trace/record.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cleave {

// Row of an event: its number less one. An event that left no record belongs to no node.
struct TracedEvent {
  Time at;
  std::optional<NodeId> node;  // where it happened
  TypeId name = 0;             // of the message or timer
  RecordKind kind = RecordKind::timer;
};

struct TracedMessage {
  Time sent;
  Time ended;  // delivered, lost, cut or undelivered
  NodeId from, to;
  TypeId name = 0;
  EventId cause;  // in which it was sent; 0: before the first
  EventId event;  // in which it ended
  RecordKind end = RecordKind::delivered;

  bool arrived() const { return end == RecordKind::delivered || end == RecordKind::not_understood; }
};

// One operation of a client, and its answer if there was one.
struct TracedOperation {
  Invoked invoked;
  std::optional<Completed> completed;
  bool acknowledged() const {  // an update that the client was told had been made
    return is_update(invoked.action) && completed && completed->outcome == Outcome::ok;
  }
};

// One change of one replica's set of updates.
struct TracedUpdate {
  Time at;
  EventId event;
  StoreId store;
  NodeId replica;
  OperationId update;
  bool taken_up = true;        // false: given up
  std::uint64_t distance = 0;  // the largest of the store, afterwards
};

// A node was down: crashed, or stopped.
struct TracedOutage {
  NodeId node;
  Time from;
  std::optional<Time> to;  // none: it never came up again
};

// Rows up to here; beyond, only `left_out` is counted. About 40 bytes a message.
struct TraceBudget {
  std::size_t bytes = std::size_t{512} << 20;
};

class TraceIndex : public Observer {
 public:
  explicit TraceIndex(TraceBudget budget = {}) : budget_(budget) {}

  using Observer::on;
  void on(const Record& record, EventId event) override;
  void on(const Invoked& operation) override;
  void on(const Completed& operation) override;
  void on(const ReplicaUpdate& update) override;
  void on(const NodeMark& mark) override;
  // When the run is over: puts messages in order of sending.
  void close();

  // ---- rows; messages by time of sending, after close() ----------------------------------------
  std::span<const TracedEvent> events() const { return events_; }
  std::span<const TracedMessage> messages() const { return messages_; }
  std::span<const TracedOperation> operations() const { return operations_; }
  std::span<const TracedUpdate> updates() const { return updates_; }
  std::span<const TracedOutage> outages() const { return outages_; }  // by their beginning

  // Messages that were on their way at some time in [from, to], after close(). All of them lie in
  // the span; it may hold others, so look at each.
  std::span<const TracedMessage> messages_around(Time from, Time to) const;
  // How many were sent or ended in [from, to]; those that were on their way all through are not
  // counted.
  std::size_t messages_within(Time from, Time to) const;
  // First event at or after a time; events().size() if there is none.
  std::size_t first_event_from(Time at) const;
  const TracedOperation* find(OperationId id) const;  // null: none of this number was seen

  std::size_t bytes() const;
  std::uint64_t left_out() const { return left_out_; }  // records beyond the budget

 private:
  bool has_room();
  void note_event(const Record& record, EventId event);
  void note_message(const Record& record, EventId event);

  TraceBudget budget_;
  std::vector<TracedEvent> events_;
  std::vector<TracedMessage> messages_;
  std::vector<Time> latest_end_;  // by message: of it and all sent before, the latest end
  std::vector<TracedOperation> operations_;
  std::map<OperationId, std::size_t> operation_rows_;
  std::vector<TracedUpdate> updates_;
  std::vector<TracedOutage> outages_;
  std::uint64_t left_out_ = 0;
};

}  // namespace cleave
