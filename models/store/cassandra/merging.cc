// What several copies of a partition come to, and read repair: making them equal.
#include "models/store/cassandra/probes.h"
#include "models/store/cassandra/replica.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace cleave::models::store::cassandra {

namespace {

using Kind = Column::Kind;

// Where the first of the copies that leave rows out ends: nobody knows what all have after it.
std::optional<Column> common_end(const std::vector<Reading::Answer>& answers) {
  std::optional<Column> end;
  for (const Reading::Answer& answer : answers)
    if (answer.page->more) {
      const Column last = answer.page->cells.back().column;
      end = end ? std::min(*end, last) : last;
    }
  return end;
}

}  // namespace

// A shard includes what it says, and no more: a lesser one is not part of it.
void merge_into(Mutation& merged, const Mutation& copy) {
  const bool wins = supersedes(copy.cell, merged.cell);
  if (merged.name.column.kind == Kind::shard) {
    if (wins) merged = copy;
    return;
  }
  if (wins) merged.cell = copy.cell;
  unite(merged.includes, copy.includes);
}

Page merge(const std::vector<Reading::Answer>& answers) {
  const std::optional<Column> end = common_end(answers);
  std::map<Column, Mutation> cells;
  Page merged;
  merged.more = end.has_value();
  for (const Reading::Answer& answer : answers) {
    merged.newest = std::max(merged.newest, answer.page->newest);
    for (const Copy& copy : answer.page->cells) {
      if (end && copy.column > *end) break;
      const Mutation held{{{}, copy.column}, copy.cell, copy.includes, 0};
      const auto [at, is_new] = cells.try_emplace(copy.column, held);
      if (!is_new) merge_into(at->second, held);
    }
  }
  for (auto& [column, held] : cells)
    merged.cells.push_back({column, std::move(held.cell), std::move(held.includes)});
  return merged;
}

std::vector<Mutation> missing_from(const Page& page, const Page& merged, Token partition) {
  std::vector<Mutation> missing;
  auto own = page.cells.begin();
  for (const Copy& copy : merged.cells) {
    while (own != page.cells.end() && own->column < copy.column)
      ++own;
    const bool has = own != page.cells.end() && own->column == copy.column;
    if (has && own->cell == copy.cell) continue;
    missing.push_back({{partition, copy.column},
                       copy.cell,
                       copy.includes,
                       std::numeric_limits<Timestamp>::min()});
  }
  return missing;
}

// Everything is there of all that answered. Those that lack something get it; if repair is
// blocking, the client waits for them, and a later read cannot show less (monotonic quorum reads).
void Replica::repair(Serial serial, Reading& reading, Context& ctx) {
  reading.merged = merge(reading.answers);
  reading.stage = Reading::Stage::repairing;
  if (options.read_repair == ReadRepair::none)
    return finish_read(serial, Page(reading.merged), ctx);
  const ReplicaSet& replicas = ring.replicas_of_range(reading.range);
  const Token partition = slice_of(reading.request).partition;
  std::vector<Mutation> own;
  for (const Reading::Answer& answer : reading.answers) {
    RepairWrite message{serial, missing_from(*answer.page, reading.merged, partition)};
    if (message.mutations.empty()) continue;
    ctx.sometimes(probes::kReadRepaired);
    if (options.has(Bug::repair_with_own_clock))
      for (Mutation& mutation : message.mutations)
        mutation.cell.timestamp = timestamp_of(ctx.now());
    reading.repairing |= ReplicaMask{1} << answer.replica;
    const NodeId node = replicas.nodes[answer.replica];
    if (node == ctx.self())
      own = std::move(message.mutations);
    else
      ctx.send(node, message);
  }
  if (reading.repairing == 0) return finish_read(serial, Page(reading.merged), ctx);
  if (!own.empty()) on(RepairWrite{serial, std::move(own)}, ctx.self(), ctx);
}

void Replica::on(const RepairWrite& write, NodeId coordinator, Context& ctx) {
  for (const Mutation& mutation : write.mutations)
    if (!store_locally(mutation, ctx)) return;
  when_safe(coordinator, RepairWritten{write.serial}, ctx);
}

void Replica::on(const RepairWritten& written, NodeId from, Context& ctx) {
  repaired_by(written.serial, from, ctx);
}

void Replica::repaired_by(Serial serial, NodeId node, Context& ctx) {
  const auto found = memory.reads.find(serial);
  if (found == memory.reads.end()) return;
  Reading& reading = found->second;
  reading.repairing &= ~ring.replicas_of_range(reading.range).bit(node);
  if (reading.repairing == 0) finish_read(serial, Page(reading.merged), ctx);
}

}  // namespace cleave::models::store::cassandra
