// What faults do to hosts, their clocks and disks, and what of it ends with the fault.
#include "sim/engine/world.h"

#include <algorithm>
#include <array>

namespace cleave {
namespace {

constexpr std::array kStops{Verb::crash, Verb::lose_unsynced, Verb::torn_write};
constexpr std::array kPauses{Verb::pause};
constexpr std::array kClocks{Verb::skew, Verb::drift, Verb::clock_jump, Verb::clock_freeze};

}  // namespace

void World::act_on_host(FaultId id, const Fault& fault, HostId host_id) {
  FaultEffect& effect = effects_.write()[id.value];
  Host& host = hosts_.write()[host_id.value];
  const bool was_up = host.up;
  hosts_touched_.write().insert({id, host_id});
  switch (fault.verb) {
    case Verb::crash:
    case Verb::lose_unsynced:
    case Verb::torn_write: {
      const CrashDisk how = fault.verb == Verb::crash           ? CrashDisk::keep_prefix
                            : fault.verb == Verb::lose_unsynced ? CrashDisk::lose_unsynced
                                                                : CrashDisk::tear_last;
      effect.state_lost += stop_host(host_id, how);
      effect.hosts += was_up ? 1 : 0;
      return;
    }
    case Verb::restart:
      forget_faults(host_id, kStops);
      start_host(host_id);
      effect.hosts += was_up ? 0 : 1;
      return;
    case Verb::pause:
      effect.hosts += was_up && !host.paused ? 1 : 0;
      if (was_up) pause_host(host_id);
      return;
    case Verb::resume:
      effect.hosts += host.paused ? 1 : 0;
      forget_faults(host_id, kPauses);
      if (host.paused) resume_host(host_id);
      return;
    case Verb::backup:
      back_up(host_id, fault.target);
      ++effect.hosts;
      return;
    case Verb::restore_backup:
      if (!backups_->contains(fault.target) ||
          !backups_->at(fault.target).contains(host.nodes.front()))
        return;
      forget_faults(host_id, kStops);
      effect.state_lost += restore_backup(host_id, fault.target);
      ++effect.hosts;
      return;
    case Verb::upgrade:
      return upgrade_host(id, host_id, fault.version);
    default:
      return change_clock_or_disk(id, fault, host);
  }
}

void World::upgrade_host(FaultId id, HostId host_id, std::uint32_t version) {
  FaultEffect& effect = effects_.write()[id.value];
  Host& host = hosts_.write()[host_id.value];
  if (host.version == version) return;
  const bool was_up = host.up;
  host.version = version;
  if (was_up) stop_host(host_id, CrashDisk::keep_all);
  if (was_up) start_host(host_id);
  ++effect.hosts;
}

void World::change_clock_or_disk(FaultId id, const Fault& fault, Host& host) {
  switch (fault.verb) {
    case Verb::skew:
    case Verb::clock_jump:
      host.clock.offset += fault.duration;
      break;
    case Verb::drift:
      host.clock.set_drift(now_, fault.parts_per_billion);
      break;
    case Verb::clock_freeze:
      host.clock.frozen_at = host.clock.wall(now_);
      break;
    case Verb::disk_slow:
      host.disk.slowdown = fault.factor;
      host.disk.slowed_by = id;
      break;
    case Verb::disk_full:
      host.disk.filled_by = id;
      break;
    default:
      CLEAVE_CHECK(false, "a fault of hosts says what it does");
  }
  if (fault.verb != Verb::disk_slow && fault.verb != Verb::disk_full) host.clock_changed_by = id;
  ++effects_.write()[id.value].hosts;
}

// Of the faults of these verbs, the one that befell the host last and has yet to end.
std::optional<FaultId> World::still_on(HostId host, std::span<const Verb> verbs) const {
  std::optional<FaultId> last;
  for (const auto& [id, touched] : *hosts_touched_) {
    const Fault& other = fault(id);
    if (touched != host || std::find(verbs.begin(), verbs.end(), other.verb) == verbs.end())
      continue;
    if (!last || fault(*last).at <= other.at) last = id;
  }
  return last;
}

// Whoever starts or resumes a host does so whatever faults had stopped it.
void World::forget_faults(HostId host, std::span<const Verb> verbs) {
  while (const auto id = still_on(host, verbs))
    hosts_touched_.write().erase({*id, host});
}

// What a fault did to hosts ends with it; where others like it are still on, theirs goes on.
void World::undo_on_host(FaultId id, const Fault& fault, HostId host_id) {
  Host& host = hosts_.write()[host_id.value];
  if (!hosts_touched_->contains({id, host_id})) return;
  hosts_touched_.write().erase({id, host_id});
  const std::array<Verb, 1> same{fault.verb};
  const std::optional<FaultId> other = still_on(host_id, same);
  switch (fault.verb) {
    case Verb::crash:
    case Verb::lose_unsynced:
    case Verb::torn_write:
      if (!still_on(host_id, kStops)) start_host(host_id);
      return;
    case Verb::pause:
      if (host.paused && !other) resume_host(host_id);
      return;
    case Verb::skew:
      host.clock.offset = host.clock.offset - fault.duration;
      break;
    case Verb::drift:
      host.clock.set_drift(now_, other ? this->fault(*other).parts_per_billion : 0);
      break;
    case Verb::clock_freeze:
      if (!other) host.clock.frozen_at.reset();
      break;
    case Verb::disk_slow:
      host.disk.slowdown = other ? this->fault(*other).factor : 1;
      host.disk.slowed_by = other;
      return;
    case Verb::disk_full:
      host.disk.filled_by = other;
      return;
    default:
      return;
  }
  host.clock_changed_by = still_on(host_id, kClocks);
}

}  // namespace cleave
