#include "models/store/primary_backup/replica.h"

#include "models/store/answering.h"
#include "models/store/primary_backup/probes.h"
#include "sim/base/assert.h"

#include <algorithm>
#include <functional>

namespace cleave::models::store::primary_backup {

namespace {

Reply reply_to(const Request& request, Result result, std::optional<NodeId> leader = {}) {
  return {request.id, std::move(result), leader};
}

Result not_served(Outcome outcome, Reason reason) {
  Result result;
  result.outcome = outcome;
  result.reason = reason;
  return result;
}

}  // namespace

// ---- recovery -----------------------------------------------------------------------------------

// Memory is empty. What the disk has is replayed; who is primary now, the monitor will say.
void Replica::on(const Start& start, NodeId /*self*/, Context& ctx) {
  disk.log.discard_torn();
  Replayed replayed = replay(disk.log.size());
  memory.machine = std::move(replayed.machine);
  memory.applied = memory.durable = disk.log.size();
  memory.following.number = start.incarnation << 32;
  memory.recorded = disk.epoch.get();
  ctx.start_timer(options.heartbeat_every, Heartbeat{});
  if (start.incarnation == 1) return begin(ctx);
  memory.epoch = std::max(disk.epoch.get(), kFirstEpoch);
  ctx.installed(store, replayed.updates);
}

// The first replica is primary of the first epoch; nobody need elect it.
void Replica::begin(Context& ctx) {
  memory.saw_epoch_begin = true;
  adopt(kFirstEpoch, replicas.front(), ctx);
  if (memory.reign) memory.reign->lease_until = ctx.monotonic() + options.lease;
}

// ---- clients ------------------------------------------------------------------------------------

void Replica::on(const Request& request, NodeId /*client*/, Context& ctx) {
  CLEAVE_ASSERT(request.store == store, "a request reaches a replica of its own store");
  receive(request, ctx);
  if (is_update(request.action))
    answer_update(request, ctx);
  else
    answer_read(request, ctx);
}

// A primary answers from what is safe: it applies no entry before it may acknowledge it.
void Replica::answer_read(const Request& request, Context& ctx) {
  const bool here = request.consistency == Consistency::eventual ||
                    (request.consistency == Consistency::configured && options.reads == Reads::any);
  if (here || (memory.reign && holds_lease(ctx)))
    return answer(reply_to(request, memory.machine.read(request)), ctx);
  redirect(request, ctx);
}

void Replica::redirect(const Request& request, Context& ctx) {
  const bool elsewhere = !memory.reign && memory.primary && *memory.primary != ctx.self();
  const Result result =
      not_served(Outcome::unavailable, elsewhere ? Reason::elsewhere : Reason::no_leader);
  answer(reply_to(request, result, elsewhere ? memory.primary : std::optional<NodeId>{}), ctx);
}

void Replica::answer_update(const Request& request, Context& ctx) {
  if (!memory.reign || !holds_lease(ctx)) return redirect(request, ctx);
  Reign& reign = *memory.reign;
  if (reign.unapplied.contains(request.id)) return;  // it will be answered when it is safe
  if (const std::optional<Result> before = memory.machine.recorded(request.id)) {
    if (memory.applied <= reign.safe) return answer(reply_to(request, *before), ctx);
    reign.waiting.try_emplace({memory.applied, request.id}, ctx.monotonic());
    return arm_fallback(ctx);
  }
  if (!supports(request.type, request.action))
    return answer(reply_to(request, not_served(Outcome::refused, Reason::unsupported)), ctx);
  if (ctx.disk_full())
    return answer(reply_to(request, not_served(Outcome::refused, Reason::disk_full)), ctx);
  append(request, ctx);
}

void Replica::append(const Request& request, Context& ctx) {
  Reign& reign = *memory.reign;
  disk.log.append({memory.epoch, request});
  reign.unapplied.insert(request.id);
  reign.waiting.try_emplace({disk.log.size(), request.id}, ctx.monotonic());
  if (options.sync == Sync::before_acknowledging)
    sync(ctx);
  else
    ship_to_all(ctx);
  arm_fallback(ctx);
  advance(ctx);
}

// ---- the disk -----------------------------------------------------------------------------------

// One sync at a time; what is written meanwhile goes with the next one (group commit).
void Replica::sync(Context& ctx) {
  if (memory.syncing || memory.durable == disk.log.size()) return;
  memory.syncing = true;
  ctx.sync_then(Synced{disk.log.size(), memory.truncations});
}

void Replica::on(const Synced& synced, NodeId /*self*/, Context& ctx) {
  memory.syncing = false;
  if (synced.truncations == memory.truncations)
    memory.durable = std::max(memory.durable, synced.size);
  if (options.sync == Sync::periodic) return;
  sync(ctx);
  if (memory.reign) {
    ship_to_all(ctx);
    advance(ctx);
  } else {
    acknowledge(ctx);
  }
}

// ---- acknowledging and applying -----------------------------------------------------------------

// Up to where the log is as safe as the options ask.
std::uint64_t Replica::safe_position() const {
  const std::uint64_t here =
      options.sync == Sync::before_acknowledging ? memory.durable : disk.log.size();
  if (options.acknowledge == Acknowledge::async || memory.reign->fallen_back) return here;
  std::vector<std::uint64_t> stored;
  for (const auto& [node, backup] : memory.reign->backups)
    stored.push_back(backup.stored);
  if (stored.size() < options.acks) return 0;
  std::stable_sort(stored.begin(), stored.end(), std::greater<>());
  return std::min(here, stored[options.acks - 1]);
}

// Applies what has become safe, and answers those who waited for it.
void Replica::advance(Context& ctx) {
  if (!holds_lease(ctx)) return;
  Reign& reign = *memory.reign;
  reign.safe = std::max(reign.safe, safe_position());
  apply_up_to(reign.safe, ctx);
  while (!reign.waiting.empty() && reign.waiting.begin()->first.first <= reign.safe) {
    const OperationId id = reign.waiting.begin()->first.second;
    reign.waiting.erase(reign.waiting.begin());
    if (const std::optional<Result> result = memory.machine.recorded(id))
      answer(Reply{id, *result, {}}, ctx);
  }
}

void Replica::apply_up_to(std::uint64_t position, Context& ctx) {
  for (; memory.applied < position; ++memory.applied) {
    const Request& request = disk.log[memory.applied].request;
    const Result result = memory.machine.apply(request);
    if (memory.reign) memory.reign->unapplied.erase(request.id);
    if (took_effect(request.action, result.outcome)) ctx.applied(store, request.id);
  }
}

// ---- semi-sync's fallback -----------------------------------------------------------------------

void Replica::arm_fallback(Context& ctx) {
  Reign& reign = *memory.reign;
  if (options.acknowledge == Acknowledge::async || !options.fallback_after) return;
  if (reign.fallen_back || reign.fallback_armed || reign.waiting.empty()) return;
  const Time oldest = reign.waiting.begin()->second;
  reign.fallback_armed = true;
  const Duration left = oldest + *options.fallback_after - ctx.monotonic();
  ctx.start_timer(std::max(left, Duration{0}), FallbackDue{});
}

void Replica::on(const FallbackDue& /*due*/, NodeId /*self*/, Context& ctx) {
  if (!memory.reign) return;
  Reign& reign = *memory.reign;
  reign.fallback_armed = false;
  if (reign.waiting.empty() || reign.fallen_back) return;
  if (ctx.monotonic() < reign.waiting.begin()->second + *options.fallback_after)
    return arm_fallback(ctx);
  reign.fallen_back = true;
  for (auto& [node, backup] : reign.backups)
    backup.catches_up_at = disk.log.size();
  ctx.sometimes(probes::kFellBack);
  ctx.fact(Purpose("semi-sync fell back to async"), memory.epoch.value, disk.log.size());
  advance(ctx);
}

void Replica::on(const Heartbeat& heartbeat, NodeId /*self*/, Context& ctx) {
  ctx.start_timer(options.heartbeat_every, heartbeat);
  record_epoch(ctx);
  if (options.sync == Sync::periodic) sync(ctx);
  if (!memory.reign) return look_after_subscription(ctx);
  for (const auto& [node, backup] : memory.reign->backups)
    ctx.send(node, Entries{memory.epoch, backup.number, backup.sent, {}});
  advance(ctx);
}

}  // namespace cleave::models::store::primary_backup
