#include "sim/engine/world.h"

#include <utility>

namespace cleave {

World::World(std::uint64_t seed, Topology topology, Limits limits)
    : seed_(seed), limits_(limits), topology_(std::move(topology)) {}

// ---- building -----------------------------------------------------------------------------------

HostId World::add_host(std::string_view name, PlaceId place) {
  Host host;
  host.name = name;
  host.place = place;
  hosts_.write().push_back(std::move(host));
  return {static_cast<std::uint32_t>(hosts_->size() - 1)};
}

NodeId World::add_node(std::string_view name, HostId host, NodeCell cell) {
  const NodeId id{static_cast<std::uint32_t>(nodes_.size())};
  Host& home = hosts_.write()[host.value];
  home.nodes.push_back(id);
  cell.name = name_hash(name);
  cell.host = host;
  cell.place = home.place;
  cell.version = static_cast<std::uint16_t>(home.version);
  nodes_.push_back(std::move(cell));
  names_.write().emplace_back(name);
  start_node(id);
  return id;
}

StoreId World::add_store(std::string_view name) {
  store_names_.write().emplace_back(name);
  return {static_cast<std::uint32_t>(store_names_->size() - 1)};
}

void World::declare_replica(StoreId store, NodeId node) {
  ledger_.write().declare(store, node);
}

// ---- running ------------------------------------------------------------------------------------

bool World::step(Time limit, Observer* observer) {
  while (!failure_) {
    const std::optional<Due> due = queue_.pop_until(limit, [this](const Due& soon) {
      __builtin_prefetch(&std::as_const(slab_)[soon.slot], 1);
    });
    if (!due) return false;
    if (due->serial != 0 && is_stale(*due)) {
      --stale_;
      continue;
    }
    if (due->time != now_) {
      now_ = due->time;
      at_this_instant_ = 0;
    }
    CLEAVE_CHECK(events_ < UINT32_MAX, "a run has at most 2^32 - 1 events: causes are that wide");
    ++events_;
    handler_.reset();
    borrowed_.observer = observer;
    if (++at_this_instant_ <= limits_.events_per_instant)
      dispatch(slab_.take(due->slot));
    else
      fail_stuck(slab_.take(due->slot));
    borrowed_.observer = nullptr;
    return true;
  }
  return false;
}

std::uint64_t World::run(std::uint64_t events, Time limit, Observer* observer) {
  const std::uint64_t first = events_;
  while (events_ - first < events && step(limit, observer)) {
  }
  return events_ - first;
}

std::uint64_t World::run_until(Time limit, Observer* observer) {
  const std::uint64_t done = run(UINT64_MAX, limit, observer);
  if (!failure_ && now_ < limit) now_ = limit;
  return done;
}

void World::dispatch(const Slot& slot) {
  switch (slot.kind()) {
    case SlotKind::datagram:
      return deliver_datagram(slot);
    case SlotKind::connection:
      return deliver_stream(slot);
    case SlotKind::sync:
    case SlotKind::timer:
    case SlotKind::start:
      return deliver_timer(slot);
    case SlotKind::control:
      return turn_fault(slot);
    case SlotKind::transit:
      return go_on(slot);
    case SlotKind::retransmit:
      return retransmit(slot);
    case SlotKind::notice:
      return deliver_notice(slot);
  }
  CLEAVE_CHECK(false, "a pending slot has a kind");
}

void World::deliver_timer(const Slot& slot) {
  NodeCell& cell = nodes_[slot.to];
  if (cell.paused) return defer(slot);
  if (slot.kind() == SlotKind::start) cell.starting = 0;
  if (slot.kind() == SlotKind::sync) cell.kind()->complete_sync(cell.write());
  handle(slot, RecordKind::timer);
}

void World::handle(const Slot& slot, RecordKind kind) {
  record(slot, kind);
  handler_ = NodeId{slot.to};
  NodeCell& cell = nodes_[slot.to];
  NodeState& state = cell.write();
  Context ctx(*this, {slot.to}, ++state.handled);
  try {
    if (cell.kind()->handle(state, slot, cell.version, ctx) == Handled::not_understood)
      record(slot, RecordKind::not_understood);
  } catch (const ModelBug& bug) {
    failure_ = Failure{Failure::Kind::model_assertion, bug.what(), event(), {slot.to}, now_};
  }
  drop_payload(slot);
}

void World::fail_stuck(const Slot& slot) {
  // Of a connection's message and timer the slot says which stream, and not who.
  NodeId node{slot.to};
  if (slot.kind() == SlotKind::connection) node = stream_ends(slot).second;
  if (slot.kind() == SlotKind::retransmit)
    node = connections_[static_cast<std::uint32_t>(slot.payload[0]) >> 1].node[slot.payload[0] & 1];
  failure_ = Failure{Failure::Kind::zero_delay_loop,
                     "more than " + std::to_string(limits_.events_per_instant) +
                         " events at one instant: messages or timers without delay go round",
                     event(), node, now_};
  drop_payload(slot);
}

// ---- telling ------------------------------------------------------------------------------------

void World::record(const Slot& slot, RecordKind kind) {
  Record r{
      now_.ns,    slot.from,
      slot.to,    (slot.type & (kBlockFlag | kNameMask)) | static_cast<TypeId>(kind) << kKindShift,
      slot.cause, slot.payload};
  if (slot.has_block()) r.payload = {slot.block()->digest, 0, 0};
  note(r);
}

void World::record_between(Slot slot, NodeId from, NodeId to, RecordKind kind) {
  slot.from = from.value;
  slot.to = to.value;
  record(slot, kind);
}

void World::drop(const Slot& slot, RecordKind why) {
  record(slot, why);
  drop_payload(slot);
}

void World::drop_between(const Slot& slot, NodeId from, NodeId to, RecordKind why) {
  record_between(slot, from, to, why);
  drop_payload(slot);
}

void World::note(const Record& record) {
  trace_.append(record);
  if (borrowed_.observer) borrowed_.observer->on(record, event());
}

void World::note(NodeId node, RecordKind kind, std::uint64_t name,
                 const std::array<std::uint64_t, 3>& payload) {
  note({now_.ns, node.value, node.value,
        (static_cast<TypeId>(name) & kNameMask) | static_cast<TypeId>(kind) << kKindShift,
        static_cast<std::uint32_t>(events_), payload});
}

void World::state_fact(const Fact& fact) {
  note(fact.node, RecordKind::fact, fact.name, {fact.name, fact.subject, fact.value});
  if (borrowed_.observer) borrowed_.observer->on(fact);
}

void World::report_replica(NodeId replica, ReplicaUpdate::Kind kind, StoreId store,
                           std::span<const OperationId> updates) {
  DivergenceLedger& ledger = ledger_.write();
  Digest content;
  for (const OperationId id : updates)
    content.add(cleave::pack(id));
  const auto tell = [&](std::span<ReplicaUpdate> reports) {
    note(replica, RecordKind::replica, store.value,
         {static_cast<std::uint64_t>(kind), content.value, reports.back().distance});
    for (ReplicaUpdate& report : reports) {
      report.at = now_;
      report.event = event();
      if (borrowed_.observer) borrowed_.observer->on(report);
    }
  };
  if (kind == ReplicaUpdate::Kind::installed) {
    // Told as what it changes, one by one, then as itself.
    std::vector<ReplicaUpdate> reports = ledger.installed(store, replica, updates);
    return tell(reports);
  }
  ReplicaUpdate report = kind == ReplicaUpdate::Kind::applied
                             ? ledger.applied(store, replica, updates.front())
                             : ledger.retracted(store, replica, updates.front());
  tell({&report, 1});
}

void World::report_invoked(const Invoked& operation) {
  note(operation.id.client, RecordKind::invoked, static_cast<std::uint64_t>(operation.action),
       {cleave::pack(operation.id), operation.key, operation.argument});
  if (borrowed_.observer) borrowed_.observer->on(operation);
}

void World::report_completed(const Completed& operation) {
  Digest answer;
  answer.add(operation.version);
  cleave::digest(answer, operation.values);
  note(operation.id.client, RecordKind::completed, static_cast<std::uint64_t>(operation.outcome),
       {cleave::pack(operation.id), operation.version, answer.value});
  if (borrowed_.observer) borrowed_.observer->on(operation);
}

// ---- looking ------------------------------------------------------------------------------------

Time World::wall_clock(NodeId id) {
  const Host& host = host_at(id);
  if (host.clock_changed_by) ++effects_.write()[host.clock_changed_by->value].readings;
  return host.clock.wall(now_);
}

Time World::monotonic_clock(NodeId id) {
  const Host& host = host_at(id);
  note_drift(host);
  return host.clock.monotonic(now_);
}

// Of what faults do to a clock, drift is all that its monotonic time and its timers show.
void World::note_drift(const Host& host) {
  if (host.clock.drift_ppb != 0 && host.clock_changed_by)
    ++effects_.write()[host.clock_changed_by->value].readings;
}

std::string World::summary(NodeId id) const {
  const NodeCell& cell = nodes_[id.value];
  return cell.kind()->summary(cell.read());
}

std::string_view World::role(NodeId id) const {
  const NodeCell& cell = nodes_[id.value];
  return cell.kind()->role(cell.read());
}

std::uint64_t World::replicated_state(NodeId id) const {
  const NodeCell& cell = nodes_[id.value];
  return cell.kind()->replicated_state(cell.read());
}

std::string_view World::message_name(NodeId receiver, TypeId type) const {
  return nodes_[receiver.value].kind()->message_name(type);
}

Diff World::compare_nodes(NodeId left, const World& other, NodeId right, std::size_t most) const {
  const NodeCell& a = nodes_[left.value];
  const NodeCell& b = other.nodes_[right.value];
  Differ differ(most);
  if (a.kind() == b.kind()) a.kind()->compare(a.read(), b.read(), differ);
  return differ.take();
}

std::optional<NodeId> World::find(std::string_view name) const {
  for (std::uint32_t i = 0; i < names_->size(); ++i)
    if ((*names_)[i] == name) return NodeId{i};
  return {};
}

std::optional<StoreId> World::find_store(std::string_view name) const {
  for (std::uint32_t i = 0; i < store_names_->size(); ++i)
    if ((*store_names_)[i] == name) return StoreId{i};
  return {};
}

std::uint64_t World::state_digest() const {
  Digest d;
  d.add(events_);
  d.add(static_cast<std::uint64_t>(now_.ns));
  for (const NodeCell& cell : nodes_) {
    d.add(cell.name);
    d.add(cell.read().handled);
    cell.kind()->digest(cell.read(), d);
  }
  return d.value;
}

Hash128 World::digest() const {
  const Hash128 trace = trace_.value();
  const std::array<std::uint64_t, 4> closing{trace.low, trace.high, events_, state_digest()};
  Digest low;
  Digest high;
  for (const std::uint64_t word : closing) {
    low.add(word);
    high.add(~word);
  }
  return {low.value, high.value};
}

}  // namespace cleave
