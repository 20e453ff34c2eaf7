// The log on its way from the primary to its backups. A backup subscribes; from then on the primary
// sends it whatever it has not sent yet, a bounded number of entries ahead of what the backup has
// stored. A connection keeps them in order; after a break the backup subscribes anew.
#include "models/store/primary_backup/replica.h"
#include "sim/base/assert.h"

#include <algorithm>

namespace cleave::models::store::primary_backup {

namespace {

constexpr std::uint64_t kEntriesPerMessage = 64;
constexpr std::uint64_t kEntriesAhead = 4096;  // sent, and not stored yet

}  // namespace

// ---- the primary's side -------------------------------------------------------------------------

void Replica::on(const Subscribe& subscribe, NodeId from, Context& ctx) {
  if (subscribe.epoch < memory.epoch) return tell_epoch(from, ctx);
  if (subscribe.epoch > memory.epoch || !memory.reign) return;  // it will ask again
  auto& backups = memory.reign->backups;
  const auto known = backups.find(from);
  if (known != backups.end() && known->second.number == subscribe.number) return;  // a repeat
  const std::uint64_t parted = common_prefix(ends_of(disk.log), subscribe.ends);
  Backup& backup = backups[from];
  backup = {subscribe.number, parted, 0, disk.log.size()};
  ctx.send(from, Entries{memory.epoch, backup.number, parted, {}});
  ship(from, backup, ctx);
}

// As MySQL does with sync_binlog=1, it sends nothing that a crash could take from itself.
void Replica::ship(NodeId to, Backup& backup, Context& ctx) {
  const std::uint64_t end =
      options.sync == Sync::before_acknowledging ? memory.durable : disk.log.size();
  while (backup.sent < end && backup.sent < backup.stored + kEntriesAhead) {
    const std::uint64_t count = std::min(kEntriesPerMessage, end - backup.sent);
    Entries message{memory.epoch, backup.number, backup.sent, {}};
    message.entries.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i)
      message.entries.push_back(disk.log[backup.sent + i]);
    backup.sent += count;
    ctx.send(to, message);
  }
}

void Replica::ship_to_all(Context& ctx) {
  for (auto& [node, backup] : memory.reign->backups)
    ship(node, backup, ctx);
}

void Replica::on(const Stored& stored, NodeId from, Context& ctx) {
  if (!memory.reign) return;
  Reign& reign = *memory.reign;
  const auto found = reign.backups.find(from);
  if (found == reign.backups.end() || found->second.number != stored.number) return;
  found->second.stored = std::max(found->second.stored, stored.size);
  ship(from, found->second, ctx);
  if (reign.fallen_back) {
    const auto caught_up = std::count_if(
        reign.backups.begin(), reign.backups.end(),
        [](const auto& backup) { return backup.second.stored >= backup.second.catches_up_at; });
    if (caught_up >= static_cast<std::ptrdiff_t>(options.acks)) {
      reign.fallen_back = false;
      ctx.fact(Purpose("semi-sync resumed"), memory.epoch.value, disk.log.size());
      arm_fallback(ctx);
    }
  }
  advance(ctx);
}

// ---- the backup's side --------------------------------------------------------------------------

void Replica::subscribe(Context& ctx) {
  memory.following = {memory.following.number + 1, false, ctx.monotonic()};
  ctx.close(*memory.primary);
  ctx.send(*memory.primary, Subscribe{memory.epoch, memory.following.number, ends_of(disk.log)});
}

void Replica::on(const Entries& message, NodeId from, Context& ctx) {
  if (message.epoch < memory.epoch) return tell_epoch(from, ctx);
  if (memory.reign || memory.primary != from || message.epoch > memory.epoch) return;
  if (message.number != memory.following.number) return;  // of an earlier subscription
  memory.following.heard = ctx.monotonic();
  const bool writes = message.from < disk.log.size() || !message.entries.empty();
  if (writes && ctx.disk_full()) {
    ++memory.following.number;  // ignore what is on its way; ask for it when there is room
    memory.following.confirmed = false;
    return;
  }
  memory.following.confirmed = true;
  CLEAVE_ASSERT(message.from <= disk.log.size(), "a subscription has no gaps");
  cut_off(message.from, ctx);
  for (const Entry& entry : message.entries)
    disk.log.append(entry);
  apply_up_to(disk.log.size(), ctx);
  if (options.sync == Sync::periodic || memory.durable == disk.log.size())
    acknowledge(ctx);
  else
    sync(ctx);
}

void Replica::acknowledge(Context& ctx) {
  if (!memory.following.confirmed || !memory.primary) return;
  const std::uint64_t have =
      options.sync == Sync::before_acknowledging ? memory.durable : disk.log.size();
  ctx.send(*memory.primary, Stored{memory.following.number, have});
}

void Replica::look_after_subscription(Context& ctx) {
  if (!memory.primary || *memory.primary == ctx.self() || ctx.disk_full()) return;
  const Duration silence = ctx.monotonic() - memory.following.heard;
  if (silence >= options.reconnect_after)
    subscribe(ctx);
  else if (!memory.following.confirmed)
    ctx.send(*memory.primary, Subscribe{memory.epoch, memory.following.number, ends_of(disk.log)});
}

void Replica::on(const Disconnected& /*gone*/, NodeId peer, Context& ctx) {
  if (memory.reign)
    memory.reign->backups.erase(peer);
  else if (memory.primary == peer)
    subscribe(ctx);
}

}  // namespace cleave::models::store::primary_backup
