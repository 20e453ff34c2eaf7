// Epochs at a replica: leaving office, taking it, and the lease that a fenced primary holds it by.
#include "models/store/answering.h"
#include "models/store/primary_backup/probes.h"
#include "models/store/primary_backup/replica.h"
#include "sim/trace/facts.h"

#include <algorithm>

namespace cleave::models::store::primary_backup {

void Replica::on(const Ping& ping, NodeId /*monitor*/, Context& ctx) {
  if (ping.epoch < memory.epoch) return;  // overtaken
  if (ping.epoch > memory.epoch) memory.saw_epoch_begin = !ping.primary;
  adopt(ping.epoch, ping.primary, ctx);
  if (memory.reign && ping.heard) {
    // The monitor counts its patience from when it heard this replica, which was later.
    memory.reign->lease_until = std::max(memory.reign->lease_until, *ping.heard + options.lease);
    advance(ctx);
  }
  pong(ctx);
}

void Replica::on(const Superseded& superseded, NodeId /*peer*/, Context& ctx) {
  if (superseded.epoch <= memory.epoch) return;
  memory.saw_epoch_begin = false;
  adopt(superseded.epoch, superseded.primary, ctx);
}

// A newer epoch, or the primary of this one.
void Replica::adopt(Epoch epoch, std::optional<NodeId> primary, Context& ctx) {
  if (epoch == memory.epoch && (memory.primary || !primary)) return;
  memory.epoch = epoch;
  memory.primary = primary;
  if (memory.reign) leave_office(ctx);
  record_epoch(ctx);
  if (!primary) return;
  if (*primary != ctx.self())
    subscribe(ctx);
  else if (memory.saw_epoch_begin)
    take_office(ctx);
}

// The disk remembers the epoch, so that a replica that has left one does not follow it again after
// a crash. A full disk cannot; it is tried again with the next heartbeat.
void Replica::record_epoch(Context& ctx) {
  if (disk.epoch.get() >= memory.epoch || ctx.disk_full()) return;
  disk.epoch.set(memory.epoch);
  ctx.sync_then(EpochRecorded{memory.epoch});
}

void Replica::on(const EpochRecorded& recorded, NodeId /*self*/, Context& ctx) {
  memory.recorded = std::max(memory.recorded, recorded.epoch);
  pong(ctx);
}

// Whatever is in the log, the reign before left: it stands.
void Replica::take_office(Context& ctx) {
  memory.reign.emplace();
  memory.reign->lease_until = ctx.monotonic();
  ctx.fact(Purpose("took office"), ctx.self().value, memory.epoch.value);
  ctx.fact(facts::kBeganToLead, ctx.self().value, memory.epoch.value);
  apply_up_to(disk.log.size(), ctx);
  sync(ctx);
}

// What waits may survive in another log, or not: that is for its client to find out.
void Replica::leave_office(Context& ctx) {
  ctx.sometimes(probes::kLeftOffice);
  if (!memory.reign->fenced) ctx.fact(facts::kCeasedToLead, ctx.self().value, memory.epoch.value);
  for (const auto& [position_and_id, since] : memory.reign->waiting) {
    const OperationId id = position_and_id.second;
    Result result;
    result.reason = Reason::superseded;
    answer(Reply{id, result, memory.primary}, ctx);
  }
  memory.reign.reset();
}

bool Replica::holds_lease(Context& ctx) {
  if (options.fencing == Fencing::off) return true;
  Reign& reign = *memory.reign;
  const bool lapsed = ctx.monotonic() >= reign.lease_until;
  if (lapsed && !reign.fenced) ctx.sometimes(probes::kLeaseRanOut);
  if (lapsed != reign.fenced)
    ctx.fact(lapsed ? facts::kCeasedToLead : facts::kBeganToLead, ctx.self().value,
             memory.epoch.value);
  reign.fenced = lapsed;
  return !lapsed;
}

Standing Replica::standing() const {
  if (memory.reign) return Standing::leading;
  return memory.primary ? Standing::following : Standing::waiting;
}

void Replica::pong(Context& ctx) {
  if (memory.recorded < memory.epoch) return;
  const bool unfit = !memory.reign && memory.primary == ctx.self();
  const Epoch last = disk.log.empty() ? Epoch{} : disk.log.back().epoch;
  ctx.send_datagram(monitor, Pong{memory.epoch, unfit ? Standing::unfit : standing(), last,
                                  disk.log.size(), ctx.monotonic()});
}

// A primary of an epoch that is over learns it from whoever it turns to.
void Replica::tell_epoch(NodeId peer, Context& ctx) {
  if (options.fencing == Fencing::epoch) ctx.send(peer, Superseded{memory.epoch, memory.primary});
}

std::string Replica::summary() const {
  return "epoch " + std::to_string(memory.epoch.value) + ", log " + std::to_string(disk.log.size());
}

std::string_view Replica::role() const {
  if (!memory.reign) return "backup";
  return memory.reign->fenced ? "fenced" : "primary";
}

}  // namespace cleave::models::store::primary_backup
