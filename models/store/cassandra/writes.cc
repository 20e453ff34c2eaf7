// A write on its way from its coordinator to all replicas of its key.
#include "models/store/answering.h"
#include "models/store/cassandra/probes.h"
#include "models/store/cassandra/replica.h"

#include <bit>
#include <utility>

namespace cleave::models::store::cassandra {

// If too few replicas are up, nothing is sent, and nothing can have happened.
void Replica::write(const Request& request, Context& ctx) {
  const std::size_t range = ring.range_of(token_of(request.key, request.type));
  const ReplicaSet& replicas = ring.replicas_of_range(range);
  if (!enough(options.write, replicas, alive(replicas, ctx), home(ctx))) {
    ctx.sometimes(probes::kUnavailable);
    return turn_away(request.id, Outcome::unavailable, Reason::no_leader, ctx);
  }
  Writing writing;
  writing.purpose = Client{request.id};
  writing.level = options.write;
  writing.range = range;
  writing.mutation = mutation_of(request, stamp(request, ctx));
  writing.result = result_of(request, writing.mutation);
  writing.deadline = ctx.monotonic() + options.write_request_timeout;
  note_stamps(writing.mutation);
  watch(writing.deadline, ctx);
  const Serial serial = ++memory.last_serial;
  send_write(serial, memory.writes.emplace(serial, std::move(writing)).first->second, ctx);
}

// To each replica that is up; of another region one gets it, for the others too. Those that are
// down get a hint at once.
void Replica::send_write(Serial serial, Writing& writing, Context& ctx) {
  const ReplicaSet& replicas = ring.replicas_of_range(writing.range);
  const ReplicaMask up = alive(replicas, ctx);
  const ReplicaMask own = replicas.bit(ctx.self());
  writing.sent = up;
  Write message{serial, ctx.self(), writing.mutation, {}, writing.ballot};
  for (Region region = 0; region < replicas.regions.size(); ++region) {
    const bool near = region == home(ctx);
    std::optional<NodeId> first;  // of another region
    message.forward.clear();
    for (ReplicaMask left = replicas.regions[region]; left != 0; left &= left - 1) {
      const auto i = static_cast<std::size_t>(std::countr_zero(left));
      const NodeId node = replicas.nodes[i];
      if ((up >> i & 1) == 0)
        keep_hint(node, writing.mutation, ctx);
      else if (near && node != ctx.self())
        ctx.send(node, message);
      else if (!near && !first)
        first = node;
      else if (!near)
        message.forward.push_back(node);
    }
    if (first) ctx.send(*first, message);
  }
  if (own != 0) take_write(message, ctx);
}

void Replica::on(const Write& write, NodeId /*from*/, Context& ctx) {
  for (const NodeId node : write.forward)
    ctx.send(node, Write{write.serial, write.coordinator, write.mutation, {}, write.ballot});
  take_write(write, ctx);
}

void Replica::take_write(const Write& write, Context& ctx) {
  if (!believes(write.mutation, ctx)) {
    if (write.coordinator == ctx.self()) return refused_by(write.serial, ctx.self(), ctx);
    return ctx.send(write.coordinator, WriteRefused{write.serial});
  }
  if (!store_locally(write.mutation, ctx)) return;
  std::optional<std::pair<Mutation, Ballot>> decided;
  if (write.ballot) decided.emplace(write.mutation, *write.ballot);
  when_safe(write.coordinator, Written{write.serial}, ctx, std::move(decided));
}

void Replica::on(const Written& written, NodeId from, Context& ctx) {
  stored_by(written.serial, from, ctx);
}

void Replica::stored_by(Serial serial, NodeId node, Context& ctx) {
  const auto found = memory.writes.find(serial);
  if (found == memory.writes.end()) return;  // its time was up
  Writing& writing = found->second;
  const ReplicaSet& replicas = ring.replicas_of_range(writing.range);
  writing.stored |= replicas.bit(node);
  if (node != ctx.self())
    note_counted(node, writing.mutation);
  else if (writing.sent == 0)
    send_shard(serial, writing, ctx);
  if (!writing.answered && has_enough(writing, ctx))
    finish_write(writing, std::exchange(writing.result, {}), ctx);
  if (writing.answered && writing.stored == writing.sent) memory.writes.erase(found);
}

void Replica::on(const WriteRefused& refused, NodeId from, Context& ctx) {
  refused_by(refused.serial, from, ctx);
}

// If the others are too few nobody is told of the write again; some may have it.
void Replica::refused_by(Serial serial, NodeId node, Context& ctx) {
  const auto found = memory.writes.find(serial);
  if (found == memory.writes.end()) return;
  Writing& writing = found->second;
  const ReplicaSet& replicas = ring.replicas_of_range(writing.range);
  writing.refused |= replicas.bit(node);
  if (writing.answered ||
      enough(writing.level, replicas, writing.sent & ~writing.refused, home(ctx)))
    return;
  finish_write(writing, {Outcome::unknown, Reason::clock, 0, 0, {}}, ctx);
  memory.writes.erase(found);
}

bool Replica::has_enough(const Writing& writing, Context& ctx) const {
  const ReplicaSet& replicas = ring.replicas_of_range(writing.range);
  ReplicaMask counted = writing.stored;
  if (options.has(Bug::count_twice) && (counted & replicas.bit(ctx.self())) != 0) {
    const ReplicaMask others = replicas.in(home(ctx)) & ~counted;
    counted |= others & (~others + 1);
  }
  return enough(writing.level, replicas, counted, home(ctx));
}

void Replica::finish_write(Writing& writing, Result result, Context& ctx) {
  writing.answered = true;
  if (const auto* step = std::get_if<StepOf>(&writing.purpose))
    return after_step(step->transaction, result.outcome, ctx);
  if (const auto* counting = std::get_if<CountingFor>(&writing.purpose))
    return ctx.send(counting->coordinator, Counted{counting->serial, std::move(result)});
  const OperationId operation = std::get<Client>(writing.purpose).operation;
  if (result.outcome == Outcome::ok) {
    ++memory.acknowledgements;
    memory.acknowledged = {operation, writing.level, writing.range};
  }
  reply(operation, std::move(result), ctx);
}

}  // namespace cleave::models::store::cassandra
