#include "sim/check/consistency_table.h"

#include "sim/check/consistency.h"
#include "sim/check/history/by_object.h"
#include "sim/check/history/judge_history.h"

#include <algorithm>
#include <optional>
#include <span>

namespace cleave {
namespace {

using Row = ConsistencyTable::Row;

std::vector<Level> levels_to_ask(Model model) {
  const std::vector<Level> possible = levels_of(model);
  std::vector<Level> levels;
  for (const Level level : levels_of_runs())
    if (std::find(possible.begin(), possible.end(), level) != possible.end())
      levels.push_back(level);
  return levels;
}

// Rows of objects that stand alike are one.
void add_to(std::vector<Row>& rows, Row row) {
  for (Row& other : rows) {
    if (!(other.standing == row.standing)) continue;
    other.objects += row.objects;
    other.operations += row.operations;
    if (other.names.size() < ConsistencyTable::kMostNames) other.names.push_back(row.names.front());
    return;
  }
  rows.push_back(std::move(row));
}

std::vector<Row> rows_of_objects(const std::vector<History>& objects, Model model,
                                 std::span<const Level> levels, Budget budget) {
  budget.steps = std::max<std::uint64_t>(1'000, budget.steps / objects.size());
  std::vector<Row> rows;
  for (const History& object : objects) {
    Row row;
    row.together = false;
    row.objects = 1;
    row.names = {to_text(object.keys.front(), object.names)};
    row.operations = object.operations.size();
    row.standing = standing_of(object, model, levels, budget);
    add_to(rows, std::move(row));
  }
  return rows;
}

std::vector<std::uint32_t> keys_in_use(const History& history) {
  std::vector<bool> used(history.keys.size());
  for (const Operation& operation : history.operations)
    used[operation.key] = true;
  std::vector<std::uint32_t> keys;
  for (std::uint32_t key = 0; key < used.size(); ++key)
    if (used[key]) keys.push_back(key);
  return keys;
}

std::vector<Row> rows_of(const History& history, Model model, const Budget& budget) {
  const std::vector<Level> levels = levels_to_ask(model);
  Row all;
  const std::vector<std::uint32_t> keys = keys_in_use(history);
  all.objects = keys.size();
  all.operations = history.operations.size();
  for (std::size_t i = 0; i < std::min(keys.size(), ConsistencyTable::kMostNames); ++i)
    all.names.push_back(to_text(history.keys[keys[i]], history.names));
  all.standing = standing_of(history, model, levels, budget);
  std::vector<Row> rows{std::move(all)};
  const Standing& together = rows[0].standing;
  const bool differ = keys.size() > 1 && !(together.violated.empty() && together.undecided.empty());
  if (differ && keys.size() <= ConsistencyTable::kMostObjects)
    for (Row& row : rows_of_objects(by_object(history), model, levels, budget))
      rows.push_back(std::move(row));
  return rows;
}

}  // namespace

void ConsistencyTable::on(const Invoked& operation) {
  const Kind kind{operation.store, operation.type};
  auto found = recorders_.find(kind);
  if (found == recorders_.end()) {
    const HistoryRecorder::Options options{.store = operation.store,
                                           .type = operation.type,
                                           .names = options_.names[operation.store.value],
                                           .most_operations = options_.most_operations};
    found = recorders_.emplace(kind, options).first;
  }
  found->second.on(operation);
}

void ConsistencyTable::on(const Completed& operation) {
  for (auto& [kind, recorder] : recorders_)
    recorder.on(operation);
}

std::vector<Row> ConsistencyTable::rows(std::uint64_t events) && {
  Budget budget;
  budget.steps = 20'000 + events / 10;
  std::vector<Row> rows;
  for (auto& [kind, recorder] : recorders_) {
    const std::optional<Model> model = model_of(kind.second);
    if (!model) continue;
    const bool cut_short = recorder.is_cut_short();
    for (Row& row : rows_of(std::move(recorder).build(), *model, budget)) {
      row.store = kind.first;
      row.type = kind.second;
      row.cut_short = cut_short;
      rows.push_back(std::move(row));
    }
  }
  recorders_.clear();
  return rows;
}

}  // namespace cleave
