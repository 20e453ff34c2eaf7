// Hinted handoff: a coordinator keeps what a replica missed, on its own disk, and delivers it when
// that is up again. Nobody else knows of a hint: it is not delivered while the coordinator is down,
// and gone with its disk.
#include "models/store/cassandra/probes.h"
#include "models/store/cassandra/replica.h"

#include <algorithm>

namespace cleave::models::store::cassandra {

// For a replica that has been down for too long none is kept, nor, if the window is persistent, for
// one of which the oldest hint has waited for too long.
bool Replica::may_hint(NodeId target, Context& ctx) const {
  if (!options.hinted_handoff) return false;
  const Peer& of = peer(target);
  if (of.down_since && ctx.monotonic() - *of.down_since > options.max_hint_window) return false;
  const auto first = memory.first_hint.find(target);
  return !options.persistent_hint_window || first == memory.first_hint.end() ||
         ctx.now() - first->second <= options.max_hint_window;
}

void Replica::keep_hint(NodeId target, const Mutation& mutation, Context& ctx) {
  if (target == ctx.self() || ctx.disk_full()) return;
  if (!may_hint(target, ctx)) {
    if (options.hinted_handoff) ctx.sometimes(probes::kNoHint);
    return;
  }
  ctx.sometimes(probes::kHintKept);
  disk.hints.put({target, ++memory.last_hint}, {mutation, ctx.now()});
  memory.first_hint.try_emplace(target, ctx.now());
  watch_hints(ctx);
}

void Replica::watch_hints(Context& ctx) {
  if (memory.hints_due || disk.hints.rows().empty()) return;
  memory.hints_due = true;
  ctx.start_timer(options.hints_flush_period, HintsDue{});
}

void Replica::on(const HintsDue& /*due*/, NodeId /*self*/, Context& ctx) {
  memory.hints_due = false;
  ctx.sync_then(HintsSynced{});
  const auto others = static_cast<std::int64_t>(std::max<std::size_t>(memory.peers.size() - 1, 1));
  const std::int64_t milliseconds = options.hints_flush_period.ns / 1'000'000;
  const Bytes most{options.hint_throttle.count * milliseconds / 1000 / others};
  for (const NodeId node : ring.members())
    if (node != ctx.self() && peer(node).alive) deliver_hints(node, most, ctx);
  watch_hints(ctx);
}

// The oldest first, until they are acknowledged.
void Replica::deliver_hints(NodeId target, Bytes most, Context& ctx) {
  std::vector<HintId> sent;
  std::vector<HintId> expired;  // a tombstone that deletes what they bring may be gone
  for (auto hint = disk.hints.rows().lower_bound({target, 0});
       hint != disk.hints.rows().end() && hint->first.target == target; ++hint) {
    if (ctx.now() - hint->second.written > options.gc_grace) {
      expired.push_back(hint->first);
      continue;
    }
    HintedWrite message{hint->first.number, hint->second.mutation};
    complete_shard(target, message.mutation, ctx);
    if (options.has(Bug::hint_with_new_timestamp)) {
      message.mutation.cell.timestamp = timestamp_of(ctx.now());
      for (Included& each : message.mutation.includes)
        each.timestamp = message.mutation.cell.timestamp;
    }
    const Bytes size = message.wire_size();
    if (size > most && !sent.empty()) break;
    most = {most.count - size.count};
    ctx.send(target, message);
    sent.push_back(hint->first);
  }
  for (const HintId& id : expired)
    disk.hints.erase(id);
  if (!options.has(Bug::hint_forgotten_when_sent)) return;
  for (const HintId& id : sent)
    disk.hints.erase(id);
}

void Replica::on(const HintedWrite& hint, NodeId from, Context& ctx) {
  if (store_locally(hint.mutation, ctx)) when_safe(from, HintStored{hint.number}, ctx);
}

void Replica::on(const HintStored& stored, NodeId target, Context& ctx) {
  ctx.sometimes(probes::kHintDelivered);
  if (const Hint* hint = disk.hints.find({target, stored.number}))
    note_counted(target, hint->mutation);
  disk.hints.erase({target, stored.number});
  const auto next = disk.hints.rows().lower_bound({target, 0});
  if (next == disk.hints.rows().end() || next->first.target != target)
    memory.first_hint.erase(target);
  else
    memory.first_hint[target] = next->second.written;
}

}  // namespace cleave::models::store::cassandra
