// Counters. A replica that leads an addition adds it to its own shard, a cell with the sum of all
// that it ever led and a clock, and sends the shard to the others. What was added cannot be told
// from what was added twice: a client that tries again adds again.
#include "models/store/answering.h"
#include "models/store/cassandra/probes.h"
#include "models/store/cassandra/replica.h"

#include <algorithm>
#include <utility>

namespace cleave::models::store::cassandra {

// This node leads if it is a replica, else the nearest that is one.
void Replica::delegate(const Request& request, Context& ctx) {
  const ReplicaSet& replicas = ring.replicas_of(token_of(request.key, request.type));
  const ReplicaMask up = alive(replicas, ctx);
  if (!enough(options.write, replicas, up, home(ctx))) {
    ctx.sometimes(probes::kUnavailable);
    return turn_away(request.id, Outcome::unavailable, Reason::no_leader, ctx);
  }
  if (replicas.bit(ctx.self()) != 0) return count(request, Client{request.id}, ctx);
  const Serial serial = ++memory.last_serial;
  const Time deadline = ctx.monotonic() + options.counter_write_request_timeout;
  memory.delegated.emplace(serial, Delegated{request.id, deadline});
  watch(deadline, ctx);
  ctx.send(replicas.nodes[nearest(replicas, up, ctx).front()], Count{serial, request});
}

void Replica::on(const Count& asked, NodeId coordinator, Context& ctx) {
  count(asked.request, CountingFor{coordinator, asked.serial}, ctx);
}

void Replica::on(const Counted& counted, NodeId /*leader*/, Context& ctx) {
  const auto found = memory.delegated.find(counted.serial);
  if (found == memory.delegated.end()) return;
  if (counted.result.outcome == Outcome::ok)
    believes(static_cast<Timestamp>(counted.result.version), ctx);
  reply(found->second.operation, counted.result, ctx);
  memory.delegated.erase(found);
}

void Replica::count(const Request& request, WriteFor purpose, Context& ctx) {
  Writing writing;
  writing.purpose = purpose;
  writing.level = options.write;
  writing.range = ring.range_of(token_of(request.key, request.type));
  writing.deadline = ctx.monotonic() + options.counter_write_request_timeout;
  const ReplicaSet& replicas = ring.replicas_of_range(writing.range);
  const auto refuse = [&](Outcome outcome, Reason reason) {
    finish_write(writing, {outcome, reason, 0, 0, {}}, ctx);
  };
  if (!enough(options.write, replicas, alive(replicas, ctx), home(ctx)))
    return refuse(Outcome::unavailable, Reason::no_leader);
  Mutation& shard = writing.mutation;
  shard.name = {token_of(request.key, request.type), {Column::Kind::shard, ctx.self().value, 0}};
  const auto own = memory.table.cells.find(shard.name);
  const Cell seen = own == memory.table.cells.end() ? Cell{} : own->second.cell;
  Cell& led = memory.shards[shard.name.partition];
  if (supersedes(seen, led)) led = seen;
  shard.cell = led;
  shard.since = shard.cell.timestamp;
  if (__builtin_add_overflow(shard.cell.number, request.number, &shard.cell.number))
    return refuse(Outcome::refused, Reason::bounded);
  if (!may_stamp(ctx)) return refuse(Outcome::unavailable, Reason::clock);
  shard.cell.timestamp = next_after(shard.since, ctx);
  if (!believes(shard, ctx)) return refuse(Outcome::unavailable, Reason::clock);
  shard.includes = {{shard.cell.timestamp, request.id}};
  note_stamps(shard);
  const Page before = memory.table.read(slice_of(request), Books::without);
  if (!store_locally(shard, ctx)) return refuse(Outcome::refused, Reason::disk_full);
  led = shard.cell;
  writing.result = result_of(request, shard);
  writing.result.number = result_of(request, before).number - seen.number + shard.cell.number;
  watch(writing.deadline, ctx);
  const Serial serial = ++memory.last_serial;
  memory.writes.emplace(serial, std::move(writing));
  when_safe(ctx.self(), Written{serial}, ctx);
}

// When its leader has it safe: one that goes back to an older shard would count on from there, and
// what others had of it would be gone.
void Replica::send_shard(Serial serial, Writing& writing, Context& ctx) {
  const ReplicaSet& replicas = ring.replicas_of_range(writing.range);
  writing.sent = alive(replicas, ctx);
  for (std::size_t i = 0; i < replicas.nodes.size(); ++i) {
    const NodeId node = replicas.nodes[i];
    if (node == ctx.self()) continue;
    if ((writing.sent >> i & 1) == 0) {
      keep_hint(node, writing.mutation, ctx);
      continue;
    }
    Write message{serial, ctx.self(), writing.mutation, {}, {}};
    complete_shard(node, message.mutation, ctx);
    ctx.send(node, message);
  }
}

// A shard stands for all that was counted before: with it goes what the receiver may not know of.
void Replica::complete_shard(NodeId to, Mutation& shard, Context& ctx) {
  const Column& column = shard.name.column;
  if (column.kind != Column::Kind::shard || column.major != ctx.self().value) return;
  const auto own = memory.table.cells.find(shard.name);
  if (own == memory.table.cells.end() || own->second.cell.timestamp < shard.cell.timestamp) return;
  const Timestamp known = memory.counted[shard.name.partition][to];
  if (known >= shard.since) return;
  shard.since = known;
  const auto after = [&own](Timestamp clock) {
    const std::vector<Included>& all = own->second.includes;
    return std::lower_bound(all.begin(), all.end(), Included{clock + 1, {}});
  };
  shard.includes.assign(after(known), after(shard.cell.timestamp));
}

// A replica has this shard, and knows what is in it.
void Replica::note_counted(NodeId node, const Mutation& shard) {
  if (shard.name.column.kind != Column::Kind::shard) return;
  Timestamp& clock = memory.counted[shard.name.partition][node];
  clock = std::max(clock, shard.cell.timestamp);
}

}  // namespace cleave::models::store::cassandra
