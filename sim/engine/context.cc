#include "sim/engine/context.h"

#include "sim/engine/world.h"

namespace cleave {

Time Context::now() const {
  return world_.wall_clock(self_);
}

Time Context::monotonic() const {
  return world_.monotonic_clock(self_);
}

std::uint32_t Context::version() const {
  return world_.nodes_[self_.value].version;
}

Slot Context::envelope(NodeId to) const {
  Slot slot;
  slot.sent_ns = world_.now_.ns;
  slot.from = self_.value;
  slot.to = to.value;
  slot.cause = static_cast<std::uint32_t>(world_.events_);
  return slot;
}

void Context::post_datagram(Slot& slot) {
  world_.post_datagram(slot);
}

void Context::send_connection(Slot& slot) {
  world_.send_stream(slot);
}

void Context::close(NodeId peer) {
  world_.close_connection(self_, peer);
}

TimerId Context::arm_timer(Slot& slot, Duration after) {
  CLEAVE_ASSERT(after.ns >= 0, "a timer is not started in the past");
  return world_.arm_local(slot, after);
}

void Context::cancel(TimerId id) {
  world_.cancel(self_, id);
}

void Context::arm_sync(Slot& slot) {
  world_.arm_sync(slot);
}

bool Context::disk_full() {
  return world_.refuses_writes(self_);
}

Random Context::random(Purpose purpose) {
  return Random::at(world_.seed_, purpose.hash, world_.nodes_[self_.value].name,
                    step_ << 16 | draws_++);
}

void Context::sometimes(const Probe& probe) {
  if (world_.borrowed_.observer) world_.borrowed_.observer->on(Reached{self_, probe.hash});
}

void Context::request(OperationId operation, RequestMark::Phase phase) {
  if (world_.borrowed_.observer)
    world_.borrowed_.observer->on(RequestMark{world_.now_, self_, operation, phase});
}

void Context::fact(Purpose name, std::uint64_t subject, std::uint64_t value) {
  world_.state_fact({world_.now_, world_.event(), self_, name.hash, subject, value});
}

void Context::applied(StoreId store, OperationId update) {
  world_.report_replica(self_, ReplicaUpdate::Kind::applied, store, {&update, 1});
}

void Context::retracted(StoreId store, OperationId update) {
  world_.report_replica(self_, ReplicaUpdate::Kind::retracted, store, {&update, 1});
}

void Context::installed(StoreId store, std::span<const OperationId> updates) {
  world_.report_replica(self_, ReplicaUpdate::Kind::installed, store, updates);
}

void Context::invoked(Invoked operation) {
  operation.at = world_.now_;
  operation.event = world_.event();
  world_.report_invoked(operation);
}

void Context::completed(Completed operation) {
  operation.at = world_.now_;
  operation.event = world_.event();
  world_.report_completed(operation);
}

}  // namespace cleave
