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
  for (; memory.applied < disk.log.size(); ++memory.applied) {
    const LogEntry entry = disk.log[memory.applied];
    if (const auto* mutation = std::get_if<Mutation>(&entry)) {
      memory.table.apply(*mutation, [](OperationId, bool) {});
      // No hybrid clock goes back behind its disk, whatever the wall clock says now.
      if (is_hybrid() && mutation->name.column.kind != Column::Kind::value)
        memory.last_timestamp = std::max(memory.last_timestamp, mutation->cell.timestamp);
    } else {
      memory.table.purge(std::get<Purge>(entry).before);
    }
  }
}

// ---- clients ------------------------------------------------------------------------------------

void Replica::on(const Request& request, NodeId /*client*/, Context& ctx) {
  CLEAVE_ASSERT(request.store == store, "a request reaches a replica of its own store");
  receive(request, ctx);
  if (!supports(request.type, request.action))
    return turn_away(request.id, Outcome::refused, Reason::unsupported, ctx);
  const Level level = level_for(request);
  const Way way = way_of(request);
  const bool stamps = way != Way::read || is_serial(level);
  if ((request.timestamp && !believes(*request.timestamp, ctx)) || (stamps && !may_stamp(ctx))) {
    ctx.sometimes(probes::kClockRefused);
    return turn_away(request.id, Outcome::unavailable, Reason::clock, ctx);
  }
  if (way == Way::conditional && !options.lwt)
    return turn_away(request.id, Outcome::refused, Reason::unsupported, ctx);
  if (way == Way::conditional || is_serial(level))
    return transact(request, is_serial(level) ? level : options.serial, ctx);
  if (way == Way::read) return read(request, level, {}, ctx);
  if (way == Way::count) return delegate(request, ctx);
  write(request, ctx);
}

void Replica::turn_away(OperationId operation, Outcome outcome, Reason reason, Context& ctx) const {
  Result result;
  result.outcome = outcome;
  result.reason = reason;
  reply(operation, std::move(result), ctx);
}

void Replica::reply(OperationId operation, Result result, Context& ctx) const {
  Reply message{operation, std::move(result), {}, {}};
  if (is_hybrid() && memory.last_timestamp != 0) message.timestamp = memory.last_timestamp;
  answer(message, ctx);
}

Level Replica::level_for(const Request& request) const {
  if (is_update(request.action)) return options.write;
  if (request.consistency == Consistency::eventual) return Level::one;
  if (request.consistency == Consistency::configured) return options.read;
  return options.lwt ? options.serial : Level::quorum;
}

// Those of a key that are up, as far as this node knows; itself too.
ReplicaMask Replica::alive(const ReplicaSet& replicas, Context& ctx) const {
  ReplicaMask mask = 0;
  for (std::size_t i = 0; i < replicas.nodes.size(); ++i)
    if (replicas.nodes[i] == ctx.self() || peer(replicas.nodes[i]).alive)
      mask |= ReplicaMask{1} << i;
  return mask;
}

// ---- the commit log -----------------------------------------------------------------------------

// With a log that is synced in batches, a write is seen when the disk has it, and not before.
bool Replica::store_locally(const Mutation& mutation, Context& ctx) {
  if (ctx.disk_full()) {
    ctx.sometimes(probes::kDiskFull);
    return false;
  }
  if (!believes(mutation, ctx)) return false;
  append(mutation, ctx);
  return true;
}

void Replica::append(LogEntry entry, Context& ctx) {
  disk.log.append(std::move(entry));
  ++memory.written;
  if (options.commitlog_sync == CommitLogSync::periodic) apply_up_to(disk.log.size(), ctx);
  watch_log(ctx);
}

void Replica::apply_up_to(std::uint64_t size, Context& ctx) {
  while (memory.applied < size) {
    const LogEntry entry = disk.log[memory.applied++];
    if (const auto* purge = std::get_if<Purge>(&entry)) {
      memory.table.purge(purge->before);
      continue;
    }
    const Mutation& mutation = std::get<Mutation>(entry);
    memory.table.apply(mutation, [&](OperationId update, bool applied) {
      if (applied) return ctx.applied(store, update);
      ctx.retracted(store, update);
      if (mutation.name.column.kind == Column::Kind::shard) return;
      ctx.sometimes(probes::kResurrected);
      ctx.fact(Purpose("deletion undone"), pack(update));
    });
  }
  watch_tombstones(ctx);
}

void Replica::watch_log(Context& ctx) {
  if (options.commitlog_sync == CommitLogSync::batch) {
    if (memory.syncing) return;
    memory.syncing = true;
    ctx.sync_then(LogSynced{memory.written, disk.log.size()});
  } else if (!memory.sync_due) {
    memory.sync_due = true;
    ctx.start_timer(options.commitlog_sync_period, SyncDue{});
  }
}

void Replica::on(const SyncDue& /*due*/, NodeId /*self*/, Context& ctx) {
  memory.sync_due = false;
  ctx.sync_then(LogSynced{memory.written, disk.log.size()});
}

// What was just written may be told as soon as the options allow.
void Replica::when_safe(NodeId to, Done done, Context& ctx,
                        std::optional<std::pair<Mutation, Ballot>> decided) {
  Unsynced stored{memory.written, to, std::move(done), std::move(decided)};
  if (options.commitlog_sync == CommitLogSync::periodic ||
      options.has(Bug::acknowledge_before_sync)) {
    acknowledge(stored, ctx);
  } else {
    memory.unsynced.push_back(std::move(stored));
    watch_log(ctx);
  }
}

void Replica::on(const LogSynced& synced, NodeId /*self*/, Context& ctx) {
  if (options.commitlog_sync == CommitLogSync::periodic) return;
  memory.syncing = false;
  apply_up_to(synced.log, ctx);
  const auto waits =
      std::find_if(memory.unsynced.begin(), memory.unsynced.end(),
                   [&synced](const Unsynced& each) { return each.position > synced.written; });
  const std::vector<Unsynced> safe(memory.unsynced.begin(), waits);
  memory.unsynced.erase(memory.unsynced.begin(), waits);
  for (const Unsynced& stored : safe)
    acknowledge(stored, ctx);
  if (memory.written > synced.written) watch_log(ctx);
}

void Replica::acknowledge(const Unsynced& stored, Context& ctx) {
  if (stored.decided) note_commit(stored.decided->first, stored.decided->second);
  answer_now(stored.to, stored.done, ctx);
}

void Replica::answer_now(NodeId to, const Done& done, Context& ctx) {
  std::visit(
      [&](const auto& message) {
        if (to == ctx.self())
          on(message, to, ctx);
        else
          ctx.send(to, message);
      },
      done);
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
    if (reading.transaction) return;  // which has a deadline of its own
    turn_away(reading.request.id, Outcome::unavailable, Reason::timed_out, ctx);
  });
  sweep(memory.delegated, [&](Delegated& delegated) {
    turn_away(delegated.operation, Outcome::unknown, Reason::timed_out, ctx);
  });
  std::vector<Serial> late;
  for (const auto& [serial, transaction] : memory.transactions)
    if (transaction.deadline <= now)
      late.push_back(serial);
    else
      first = std::min(first, transaction.deadline);
  for (const Serial serial : late)
    if (memory.transactions.contains(serial)) time_out_transaction(serial, ctx);
  if (memory.repairing && memory.repairing->deadline <= now) repair_next_range(ctx);
  if (memory.repairing) first = std::min(first, memory.repairing->deadline);
  if (first != kForever) watch(first, ctx);
}

// Whoever has not answered may have it or not, and will be told again.
void Replica::time_out(Writing& writing, Context& ctx) {
  const ReplicaSet& replicas = ring.replicas_of_range(writing.range);
  if (writing.sent == 0) writing.sent = replicas.all();  // a shard that the disk has not yet
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
