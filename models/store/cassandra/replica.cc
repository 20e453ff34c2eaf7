#include "models/store/cassandra/replica.h"

#include "models/store/answering.h"
#include "models/store/cassandra/probes.h"
#include "sim/base/assert.h"

#include <algorithm>

namespace cleave::models::store::cassandra {

// ---- recovery -----------------------------------------------------------------------------------

// Memory is empty. The commit log is replayed; what was under way is forgotten, and with it who was
// to get a hint. At the first start of all, the nodes know one another.
void Replica::on(const Start& start, NodeId self, Context& ctx) {
  disk.log.discard_torn();
  memory.generation = start.incarnation;
  memory.last_serial = memory.last_hint = start.incarnation << 32;
  memory.peers.resize(ring.members().size());
  for (Peer& peer : memory.peers) {
    peer.newest.generation = 1;
    peer.arrivals.begin(ctx.monotonic(), options.gossip_every);
    peer.alive = start.incarnation == 1;
    if (!peer.alive) peer.down_since = ctx.monotonic();
  }
  for (const auto& [id, hint] : disk.hints.rows())
    memory.first_hint.try_emplace(id.target, hint.written);
  if (start.incarnation > 1) {
    replay();
    ctx.installed(store, memory.table.updates());
    watch_hints(ctx);
    watch_tombstones(ctx);
  }
  if (options.repair_every)  // not all at once
    watch_repair(*options.repair_every * static_cast<std::int64_t>(ring.member(self) + 1) /
                     static_cast<std::int64_t>(ring.members().size()),
                 ctx);
  const auto phase = static_cast<std::uint64_t>(options.gossip_every.ns);
  ctx.start_timer({static_cast<std::int64_t>(ctx.random(Purpose("gossip phase")).below(phase))},
                  GossipDue{});
}

void Replica::replay() {
  for (std::uint64_t i = 0; i < disk.log.size(); ++i) {
    if (const auto* mutation = std::get_if<Mutation>(&disk.log[i]))
      memory.table.apply(*mutation, [](OperationId, bool) {});
    else
      memory.table.purge(std::get<Purge>(disk.log[i]).before);
  }
}

// ---- clients ------------------------------------------------------------------------------------

void Replica::on(const Request& request, NodeId /*client*/, Context& ctx) {
  CLEAVE_ASSERT(request.store == store, "a request reaches a replica of its own store");
  receive(request, ctx);
  if (!supports(request.type, request.action))
    return turn_away(request.id, Outcome::refused, Reason::unsupported, ctx);
  switch (way_of(request)) {
    case Way::read:
      return read(request, level_for(request), ctx);
    case Way::write:
      return write(request, ctx);
    case Way::count:
      return delegate(request, ctx);
    case Way::conditional:
      return turn_away(request.id, Outcome::refused, Reason::unsupported, ctx);
  }
}

void Replica::turn_away(OperationId operation, Outcome outcome, Reason reason, Context& ctx) const {
  Result result;
  result.outcome = outcome;
  result.reason = reason;
  answer(Reply{operation, std::move(result), {}}, ctx);
}

Level Replica::level_for(const Request& request) const {
  if (is_update(request.action)) return options.write;
  if (request.consistency == Consistency::eventual) return Level::one;
  return request.consistency == Consistency::strong ? Level::quorum : options.read;
}

// Those of a key that are up, as far as this node knows; itself too.
ReplicaMask Replica::alive(const ReplicaSet& replicas, Context& ctx) const {
  ReplicaMask mask = 0;
  for (std::size_t i = 0; i < replicas.nodes.size(); ++i)
    if (replicas.nodes[i] == ctx.self() || peer(replicas.nodes[i]).alive)
      mask |= ReplicaMask{1} << i;
  return mask;
}

// Microseconds of the wall clock; of one coordinator no two are the same, and none goes back while
// it lives.
Timestamp Replica::next_timestamp(Context& ctx) {
  memory.last_timestamp = std::max(timestamp_of(ctx.now()), memory.last_timestamp + 1);
  return memory.last_timestamp;
}

void Replica::note_stamps(const Mutation& mutation) {
  ++memory.stamps;
  memory.stamped = mutation.includes.back();
}

// ---- the commit log -----------------------------------------------------------------------------

bool Replica::store_locally(const Mutation& mutation, Context& ctx) {
  if (ctx.disk_full()) {
    ctx.sometimes(probes::kDiskFull);
    return false;
  }
  disk.log.append(mutation);
  memory.table.apply(mutation, [&](OperationId update, bool applied) {
    if (applied) return ctx.applied(store, update);
    ctx.retracted(store, update);
    if (mutation.name.column.kind == Column::Kind::shard) return;
    ctx.sometimes(probes::kResurrected);
    ctx.fact(Purpose("deletion undone"), pack(update));
  });
  watch_log(ctx);
  watch_tombstones(ctx);
  return true;
}

void Replica::watch_log(Context& ctx) {
  if (options.commitlog_sync == CommitLogSync::batch) {
    if (memory.syncing) return;
    memory.syncing = true;
    ctx.sync_then(LogSynced{disk.log.size()});
  } else if (!memory.sync_due) {
    memory.sync_due = true;
    ctx.start_timer(options.commitlog_sync_period, SyncDue{});
  }
}

void Replica::on(const SyncDue& /*due*/, NodeId /*self*/, Context& ctx) {
  memory.sync_due = false;
  ctx.sync_then(LogSynced{disk.log.size()});
}

// What was just stored may be acknowledged as soon as the options allow.
void Replica::when_safe(NodeId coordinator, Serial serial, Unsynced::What what, Context& ctx) {
  const Unsynced stored{disk.log.size(), coordinator, serial, what};
  if (options.commitlog_sync == CommitLogSync::batch && !options.has(Bug::acknowledge_before_sync))
    memory.unsynced.push_back(stored);
  else
    acknowledge(stored, ctx);
}

void Replica::on(const LogSynced& synced, NodeId /*self*/, Context& ctx) {
  if (options.commitlog_sync == CommitLogSync::periodic) return;
  memory.syncing = false;
  const auto waits =
      std::find_if(memory.unsynced.begin(), memory.unsynced.end(),
                   [&synced](const Unsynced& each) { return each.position > synced.size; });
  const std::vector<Unsynced> safe(memory.unsynced.begin(), waits);
  memory.unsynced.erase(memory.unsynced.begin(), waits);
  for (const Unsynced& stored : safe)
    acknowledge(stored, ctx);
  if (disk.log.size() > synced.size) watch_log(ctx);
}

void Replica::acknowledge(const Unsynced& stored, Context& ctx) {
  const bool here = stored.coordinator == ctx.self();
  switch (stored.what) {
    case Unsynced::What::write:
      if (here) return stored_by(stored.serial, ctx.self(), ctx);
      return ctx.send(stored.coordinator, Written{stored.serial});
    case Unsynced::What::repair:
      if (here) return repaired_by(stored.serial, ctx.self(), ctx);
      return ctx.send(stored.coordinator, RepairWritten{stored.serial});
    case Unsynced::What::hint:
      return ctx.send(stored.coordinator, HintStored{stored.serial});
  }
}

// ---- time ---------------------------------------------------------------------------------------

// Looks at everything under way at the first of the deadlines.
void Replica::watch(Time deadline, Context& ctx) {
  if (memory.sweep_at && *memory.sweep_at <= deadline) return;
  if (memory.sweep_at) ctx.cancel(memory.sweep);
  memory.sweep_at = deadline;
  memory.sweep = ctx.start_timer(std::max(deadline - ctx.monotonic(), Duration{0}), TimeoutDue{});
}

void Replica::on(const TimeoutDue& /*due*/, NodeId /*self*/, Context& ctx) {
  memory.sweep_at.reset();
  const Time now = ctx.monotonic();
  Time first = kForever;
  const auto sweep = [&](auto& all, auto&& end) {
    for (auto each = all.begin(); each != all.end();) {
      const bool late = each->second.deadline <= now;
      if (late)
        end(each->second);
      else
        first = std::min(first, each->second.deadline);
      each = late ? all.erase(each) : std::next(each);
    }
  };
  sweep(memory.writes, [&](Writing& writing) { time_out(writing, ctx); });
  sweep(memory.reads, [&](Reading& reading) {
    ctx.sometimes(probes::kReadTimedOut);
    ctx.cancel(reading.speculation);
    turn_away(reading.request.id, Outcome::unavailable, Reason::timed_out, ctx);
  });
  sweep(memory.delegated, [&](Delegated& delegated) {
    turn_away(delegated.operation, Outcome::unknown, Reason::timed_out, ctx);
  });
  if (memory.repairing && memory.repairing->deadline <= now) repair_next_range(ctx);
  if (memory.repairing) first = std::min(first, memory.repairing->deadline);
  if (first != kForever) watch(first, ctx);
}

// Whoever has not answered may have it or not, and will be told again.
void Replica::time_out(Writing& writing, Context& ctx) {
  const ReplicaSet& replicas = ring.replicas_of_range(writing.range);
  for (std::size_t i = 0; i < replicas.nodes.size(); ++i)
    if ((writing.sent & ~writing.stored) >> i & 1)
      keep_hint(replicas.nodes[i], writing.mutation, ctx);
  if (writing.answered) return;
  ctx.sometimes(probes::kWriteTimedOut);
  finish_write(writing, {Outcome::unknown, Reason::timed_out, 0, 0, {}}, ctx);
}

std::string Replica::summary() const {
  const auto down = std::count_if(memory.peers.begin(), memory.peers.end(),
                                  [](const Peer& peer) { return peer.down_since.has_value(); });
  return std::to_string(memory.table.cells.size()) + " cells, " +
         std::to_string(disk.hints.rows().size()) + " hints, sees " + std::to_string(down) +
         " down";
}

}  // namespace cleave::models::store::cassandra
