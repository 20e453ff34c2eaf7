// Timers and syncs: messages of a node to itself, past the network. The queue entry repeats the
// serial in the slot, so that a cancelled timer is known by a mismatch and its slot is free at
// once.
#include "sim/engine/world.h"

#include <algorithm>

namespace cleave {

TimerId World::arm(Slot& slot, SlotKind kind, Duration after) {
  CLEAVE_CHECK(timer_serial_ != UINT32_MAX, "a run starts at most 2^32 - 1 timers");
  slot.set_kind(kind);
  slot.from = ++timer_serial_;
  const TimerId id{slab_.add(slot), slot.from};
  queue_.push({now_ + after, id.slot, id.serial});
  return id;
}

TimerId World::arm_local(Slot& slot, Duration after) {
  const Host& host = host_at({slot.to});
  note_drift(host);
  return arm(slot, SlotKind::timer, host.clock.true_duration(after));
}

// Syncs of one disk queue: each covers what was written before it was asked for.
void World::arm_sync(Slot& slot) {
  NodeCell& cell = nodes_[slot.to];
  cell.kind()->begin_sync(cell.write());
  Disk& disk = hosts_.write()[cell.host.value].disk;
  if (disk.slowed_by) ++effects_.write()[disk.slowed_by->value].slowed;
  disk.busy_until = std::max(disk.busy_until, now_) + disk.sync_latency * disk.slowdown;
  arm(slot, SlotKind::sync, disk.busy_until - now_);
}

bool World::refuses_writes(NodeId id) {
  const Disk& disk = host_at(id).disk;
  if (!disk.filled_by) return false;
  ++effects_.write()[disk.filled_by->value].refused;
  return true;
}

void World::cancel(NodeId owner, TimerId id) {
  if (id.serial == 0 || id.slot >= slab_.size()) return;
  const Slot& slot = std::as_const(slab_)[id.slot];
  if (slot.kind() != SlotKind::timer || slot.from != id.serial || slot.to != owner.value) return;
  drop_payload(slab_.take(id.slot));
  constexpr std::uint64_t kFewStale = 4096;
  if (++stale_ > kFewStale && stale_ > queue_.size() / 2) sweep_stale();
}

bool World::is_stale(const Due& due) const {
  const Slot& slot = slab_[due.slot];
  return due.serial != 0 && (!slot.is_timer() || slot.from != due.serial);
}

void World::sweep_stale() {
  queue_.erase_if([this](const Due& due) { return is_stale(due); });
  stale_ = 0;
}

}  // namespace cleave
