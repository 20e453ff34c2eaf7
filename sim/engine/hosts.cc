// Hosts stop, start, pause and resume; their disks are copied and put back.
#include "sim/engine/world.h"

#include <utility>

namespace cleave {

void World::start_node(NodeId id) {
  NodeCell& cell = nodes_[id.value];
  if (!cell.kind()->understands(type_of<Start>)) return;
  cell.starting = 1;
  Slot slot;
  slot.sent_ns = now_.ns;
  slot.to = id.value;
  slot.cause = static_cast<std::uint32_t>(events_);
  pack(slot, Start{host_at(id).incarnation});
  arm(slot, SlotKind::start, Duration{0});
}

// Returns what was lost: unsynced writes, and timers that will not fire.
std::uint64_t World::stop_host(HostId id, CrashDisk how) {
  Host& host = hosts_.write()[id.value];
  if (!host.up) return 0;
  host.up = false;
  std::uint64_t lost = 0;
  for (const NodeId node : host.nodes) {
    NodeCell& cell = nodes_[node.value];
    Random random = Random::at(seed_, Purpose("crash").hash, cell.name, host.incarnation);
    lost += cell.kind()->crash(cell.write(), how, random);
    cell.up = 0;
    cell.paused = cell.starting = 0;
    lose_connections(node);
    if (borrowed_.observer)
      borrowed_.observer->on(NodeMark{now_, event(), node, NodeMark::Phase::down});
  }
  host.paused = false;
  for (const Deferred& waiting : std::exchange(host.deferred, {})) {
    const Slot slot = slab_.take(waiting.slot);
    if (slot.kind() == SlotKind::connection)
      drop_between(slot, stream_ends(slot).first, stream_ends(slot).second, RecordKind::down);
    else
      drop(slot, RecordKind::down);
  }
  host.disk.busy_until = now_;
  return lost + forget_timers(id);
}

std::uint64_t World::forget_timers(HostId id) {
  std::uint64_t forgotten = 0;
  for (std::uint32_t i = 0; i < slab_.size(); ++i) {
    const Slot& slot = std::as_const(slab_)[i];
    if (slot.type == 0 || !slot.is_timer() || nodes_[slot.to].host != id) continue;
    drop_payload(slab_.take(i));
    ++stale_;
    ++forgotten;
  }
  return forgotten;
}

void World::start_host(HostId id) {
  Host& host = hosts_.write()[id.value];
  if (host.up) return;
  host.up = true;
  ++host.incarnation;
  for (const NodeId node : host.nodes) {
    nodes_[node.value].up = 1;
    nodes_[node.value].version = static_cast<std::uint16_t>(host.version);
    if (borrowed_.observer)
      borrowed_.observer->on(NodeMark{now_, event(), node, NodeMark::Phase::up});
    start_node(node);
  }
}

void World::defer(const Slot& slot) {
  defer_at(slot, nodes_[slot.to].host);
}

void World::defer_at(const Slot& slot, HostId host) {
  const std::uint32_t serial = slot.is_timer() ? slot.from : 0;
  hosts_.write()[host.value].deferred.push_back({slab_.add(slot), serial});
}

void World::pause_host(HostId id) {
  Host& host = hosts_.write()[id.value];
  host.paused = true;
  for (const NodeId node : host.nodes)
    nodes_[node.value].paused = 1;
}

// What came meanwhile is handled now, in order of arrival.
void World::resume_host(HostId id) {
  Host& host = hosts_.write()[id.value];
  host.paused = false;
  for (const NodeId node : host.nodes)
    nodes_[node.value].paused = 0;
  for (const Deferred& waiting : std::exchange(host.deferred, {}))
    queue_.push({now_, waiting.slot, waiting.serial});
}

void World::back_up(HostId id, const std::string& name) {
  auto& backup = backups_.write()[name];
  for (const NodeId node : host(id).nodes)
    backup.insert_or_assign(node, nodes_[node.value]);
}

// Returns unsynced writes and timers lost. Requires: the copy has this host's nodes.
std::uint64_t World::restore_backup(HostId id, const std::string& name) {
  const std::uint64_t lost = stop_host(id, CrashDisk::lose_unsynced);
  const auto& backup = backups_->at(name);
  for (const NodeId node : host(id).nodes) {
    NodeCell& cell = nodes_[node.value];
    cell.kind()->restore(cell.write(), backup.at(node).read());
  }
  start_host(id);
  return lost;
}

}  // namespace cleave
