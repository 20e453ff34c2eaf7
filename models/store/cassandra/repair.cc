// Anti-entropy repair (nodetool repair --full -pr): a node makes the replicas of its primary ranges
// equal, one range after the other. Replicas that are down are left out, as an operator who goes on
// with --hosts does; what they miss the next repair has to bring, within gc_grace.
#include "models/store/cassandra/probes.h"
#include "models/store/cassandra/replica.h"

#include <algorithm>
#include <utility>

namespace cleave::models::store::cassandra {

namespace {

// What a replica with these cells lacks of all.
std::vector<Mutation> lacking(const std::vector<Mutation>& own,
                              const std::map<CellName, Mutation>& all) {
  std::map<CellName, const Mutation*> has;
  for (const Mutation& mutation : own)
    has.emplace(mutation.name, &mutation);
  std::vector<Mutation> missing;
  for (const auto& [name, mutation] : all) {
    const auto found = has.find(name);
    if (found == has.end() || *found->second != mutation) missing.push_back(mutation);
  }
  return missing;
}

std::map<CellName, Mutation> merge_cells(const std::map<NodeId, std::vector<Mutation>>& cells) {
  std::map<CellName, Mutation> all;
  for (const auto& [node, held] : cells)
    for (const Mutation& mutation : held) {
      const auto [at, is_new] = all.try_emplace(mutation.name, mutation);
      if (!is_new) merge_into(at->second, mutation);
    }
  return all;
}

}  // namespace

void Replica::watch_repair(Duration after, Context& ctx) {
  if (options.repair_every) ctx.start_timer(after, RepairDue{});
}

void Replica::on(const RepairDue& /*due*/, NodeId self, Context& ctx) {
  watch_repair(*options.repair_every, ctx);
  if (memory.repairing) return;  // the last one is not done
  Repairing repairing;
  for (std::size_t range = 0; range < ring.ranges(); ++range)
    if (ring.primary(range) == self) repairing.ranges.push_back(range);
  if (options.has(Bug::repair_skips_a_range) && !repairing.ranges.empty())
    repairing.ranges.pop_back();
  memory.repairing = std::move(repairing);
  repair_next_range(ctx);
}

void Replica::repair_next_range(Context& ctx) {
  Repairing& repairing = *memory.repairing;
  while (!repairing.ranges.empty()) {
    repairing.range = repairing.ranges.back();
    repairing.ranges.pop_back();
    const ReplicaSet& replicas = ring.replicas_of_range(repairing.range);
    const ReplicaMask up = alive(replicas, ctx);
    std::set<NodeId> others;
    for (std::size_t i = 0; i < replicas.nodes.size(); ++i)
      if ((up >> i & 1) != 0 && replicas.nodes[i] != ctx.self()) others.insert(replicas.nodes[i]);
    if (others.size() + 1 < replicas.nodes.size()) ctx.sometimes(probes::kRepairedWithoutSome);
    if (others.empty()) continue;
    const TokenRange range = ring.range(repairing.range);
    begin_stage(Repairing::Stage::validating, std::move(others), ctx);
    repairing.trees = {{ctx.self(), hash_tree(memory.table, range, purgeable(ctx))}};
    repairing.cells.clear();
    for (const NodeId node : repairing.awaited)
      ctx.send(node, Validate{repairing.serial, range});
    return;
  }
  memory.repairing.reset();
  ctx.sometimes(probes::kRepaired);
}

void Replica::begin_stage(Repairing::Stage stage, std::set<NodeId> awaited, Context& ctx) {
  Repairing& repairing = *memory.repairing;
  repairing.stage = stage;
  repairing.awaited = std::move(awaited);
  repairing.serial = ++memory.last_serial;
  repairing.deadline = ctx.monotonic() + options.repair_request_timeout;
  watch(repairing.deadline, ctx);
}

// Whether this is an answer that the stage waits for, and the last one.
bool Replica::all_answered(Repairing::Stage stage, Serial serial, NodeId from) {
  if (!is_awaited(stage, serial, from)) return false;
  memory.repairing->awaited.erase(from);
  return memory.repairing->awaited.empty();
}

bool Replica::is_awaited(Repairing::Stage stage, Serial serial, NodeId from) const {
  return memory.repairing && memory.repairing->serial == serial &&
         memory.repairing->stage == stage && memory.repairing->awaited.contains(from);
}

// A replica that went down would not answer: the range is given up.
void Replica::repair_without(NodeId down, Context& ctx) {
  if (memory.repairing && memory.repairing->awaited.contains(down)) repair_next_range(ctx);
}

void Replica::on(const Validate& validate, NodeId from, Context& ctx) {
  ctx.send(from,
           Validated{validate.serial, hash_tree(memory.table, validate.range, purgeable(ctx))});
}

void Replica::on(const Validated& validated, NodeId from, Context& ctx) {
  constexpr auto kStage = Repairing::Stage::validating;
  if (!is_awaited(kStage, validated.serial, from)) return;
  Repairing& repairing = *memory.repairing;
  repairing.trees.emplace(from, validated.tree);
  if (!all_answered(kStage, validated.serial, from)) return;
  LeafMask leaves = 0;
  std::set<NodeId> others;
  for (const auto& [node, tree] : repairing.trees) {
    leaves |= differing(tree, repairing.trees.at(ctx.self()));
    if (node != ctx.self()) others.insert(node);
  }
  if (leaves == 0) return repair_next_range(ctx);
  const TokenRange range = ring.range(repairing.range);
  begin_stage(Repairing::Stage::fetching, std::move(others), ctx);
  repairing.cells[ctx.self()] = cells_in(memory.table, range, leaves, purgeable(ctx));
  for (const NodeId node : repairing.awaited)
    ctx.send(node, Fetch{repairing.serial, range, leaves});
}

void Replica::on(const Fetch& fetch, NodeId from, Context& ctx) {
  ctx.send(from, Fetched{fetch.serial,
                         cells_in(memory.table, fetch.range, fetch.leaves, purgeable(ctx))});
}

void Replica::on(const Fetched& fetched, NodeId from, Context& ctx) {
  constexpr auto kStage = Repairing::Stage::fetching;
  if (!is_awaited(kStage, fetched.serial, from)) return;
  Repairing& repairing = *memory.repairing;
  repairing.cells[from] = fetched.cells;
  if (!all_answered(kStage, fetched.serial, from)) return;
  const std::map<CellName, Mutation> all = merge_cells(repairing.cells);
  std::map<NodeId, std::vector<Mutation>> missing;
  for (const auto& [node, own] : repairing.cells) {
    std::vector<Mutation> lacks = lacking(own, all);
    if (!lacks.empty()) missing.emplace(node, std::move(lacks));
  }
  if (const auto own = missing.extract(ctx.self()))
    for (const Mutation& mutation : own.mapped())
      store_locally(mutation, ctx);
  if (missing.empty()) return repair_next_range(ctx);
  ctx.sometimes(probes::kStreamed);
  std::set<NodeId> others;
  for (const auto& [node, lacks] : missing)
    others.insert(node);
  begin_stage(Repairing::Stage::streaming, std::move(others), ctx);
  for (auto& [node, lacks] : missing)
    ctx.send(node, StreamIn{repairing.serial, std::move(lacks)});
}

void Replica::on(const StreamIn& stream, NodeId from, Context& ctx) {
  for (const Mutation& mutation : stream.cells)
    if (!store_locally(mutation, ctx)) return;
  ctx.send(from, Streamed{stream.serial});
}

void Replica::on(const Streamed& streamed, NodeId from, Context& ctx) {
  if (all_answered(Repairing::Stage::streaming, streamed.serial, from)) repair_next_range(ctx);
}

}  // namespace cleave::models::store::cassandra
