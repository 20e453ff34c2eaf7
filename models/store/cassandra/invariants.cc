#include "models/store/cassandra/invariants.h"

#include <algorithm>

namespace cleave::models::store::cassandra {

namespace {

std::string named(OperationId id) {
  return "operation " + std::to_string(id.index) + " of node " + std::to_string(id.client.value);
}

// What was acknowledged stays, whatever crashes.
bool syncs_first(const Replica& replica) {
  return replica.options.commitlog_sync == CommitLogSync::batch;
}

}  // namespace

std::optional<std::string> Invariants::after_event(const World& world, NodeId handler) {
  const Replica& replica = world.node<Replica>(handler);
  Seen& seen = seen_[handler];
  const bool restarted = seen.generation != replica.memory.generation;
  if (restarted) {  // the disk may have lost the end of the log
    if (syncs_first(replica))
      std::erase_if(seen.stored,
                    [&](const auto& each) { return each.second > replica.disk.log.size(); });
    seen.generation = replica.memory.generation;
    seen.log = std::min(seen.log, replica.disk.log.size());
    seen.stamps = seen.acknowledgements = 0;
  }
  for (; seen.stamps < replica.memory.stamps; ++seen.stamps) {
    const Included& made = replica.memory.stamped[seen.stamps % Replica::kStampsKept];
    stamped_.insert({made.update, made.timestamp});
  }
  if (auto wrong = look_at_log(world, handler, seen)) return wrong;
  if (replica.memory.acknowledgements == seen.acknowledgements) return {};
  seen.acknowledgements = replica.memory.acknowledgements;
  return look_at_answer(world, handler);
}

std::optional<std::string> Invariants::look_at_log(const World& world, NodeId node, Seen& seen) {
  const Replica& replica = world.node<Replica>(node);
  const Time wall = world.host(world.host_of(node)).clock.wall(world.now());
  const Timestamp latest = timestamp_of(wall + replica.options.max_clock_offset);
  for (; seen.log < replica.disk.log.size(); ++seen.log) {
    const auto* entry = std::get_if<Mutation>(&replica.disk.log[seen.log]);
    if (!entry) continue;
    const Mutation& mutation = *entry;
    if (replica.options.timestamps == Timestamps::hybrid && mutation.cell.timestamp > latest &&
        mutation.name.column.kind != Column::Kind::value)
      return "timestamps within the offset: a cell has the timestamp " +
             std::to_string(mutation.cell.timestamp) + ", and nothing later is believed than " +
             std::to_string(latest);
    bool is_theirs = false;
    for (const Included& each : mutation.includes) {
      ++checked_;
      seen.stored.try_emplace(each.update, seen.log + 1);
      is_theirs |= each.timestamp == mutation.cell.timestamp;
      if (!stamped_.contains({each.update, each.timestamp}))
        return "timestamps of coordinators: none gave " + named(each.update) + " the timestamp " +
               std::to_string(each.timestamp);
    }
    if (!is_theirs && !mutation.includes.empty())
      return "timestamps of coordinators: a cell has the timestamp " +
             std::to_string(mutation.cell.timestamp) + ", and no update in it";
  }
  return {};
}

std::optional<std::string> Invariants::look_at_answer(const World& world, NodeId handler) {
  const Replica& replica = world.node<Replica>(handler);
  const auto& [update, level, range] = replica.memory.acknowledged;
  ++checked_;
  const ReplicaSet& replicas = replica.ring.replicas_of_range(range);
  ReplicaMask holders = 0;
  for (const NodeId node : replicas.nodes) {
    const auto& stored = seen_[node].stored;
    const auto found = stored.find(update);
    if (found == stored.end()) continue;
    const auto& log = world.node<Replica>(node).disk.log;
    if (!syncs_first(replica) || found->second + log.unsynced() <= log.size())
      holders |= replicas.bit(node);
  }
  if (enough(level, replicas, holders, replica.ring.region(handler))) return {};
  return "acknowledged at its level: too few replicas hold " + named(update) + " for " +
         std::string(to_string(level));
}

}  // namespace cleave::models::store::cassandra
