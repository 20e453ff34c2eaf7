#include "sim/trace/divergence_ledger.h"

#include "sim/base/assert.h"

#include <algorithm>

namespace cleave {
namespace {

void check_named(OperationId update) {
  CLEAVE_ASSERT(update.index > 0, "a replica reports updates by the operation that made them");
}

}  // namespace

std::size_t DivergenceLedger::Store::index_of(NodeId replica) const {
  for (std::size_t i = 0; i < replicas.size(); ++i)
    if (replicas[i] == replica) return i;
  CLEAVE_CHECK(false, "only declared replicas of a store report to the divergence ledger");
}

std::uint64_t DivergenceLedger::Store::largest_distance() const {
  return distances.empty() ? 0 : *std::max_element(distances.begin(), distances.end());
}

ReplicaUpdate DivergenceLedger::Store::report(ReplicaUpdate::Kind kind, std::size_t replica) const {
  ReplicaUpdate report;
  report.kind = kind;
  report.replica = replicas[replica];
  report.distance = largest_distance();
  return report;
}

ReplicaUpdate DivergenceLedger::Store::change(ReplicaUpdate::Kind kind, std::size_t replica,
                                              OperationId update) {
  const bool applies = kind == ReplicaUpdate::Kind::applied;
  const bool changed = applies ? held[replica].insert(update) : held[replica].erase(update);
  const std::size_t place = held[replica].place(update.client);
  std::uint32_t holders = held[replica].contains(update, place) ? 1 : 0;
  const std::size_t n = replicas.size();
  for (std::size_t other = 0; other < n; ++other) {
    if (other == replica) continue;
    const bool other_holds = held[other].contains(update, place);
    holders += other_holds ? 1 : 0;
    if (!changed) continue;
    std::uint64_t& distance = distances[replica * n + other];
    distance += other_holds == applies ? std::uint64_t{0} - 1 : std::uint64_t{1};
    distances[other * n + replica] = distance;
  }
  ReplicaUpdate result = report(kind, replica);
  result.update = update;
  result.changed = changed;
  result.holders = holders;
  return result;
}

DivergenceLedger::Store& DivergenceLedger::of(StoreId store) {
  CLEAVE_CHECK(store.value < stores_.size(), "a store declares its replicas before they report");
  return stores_[store.value];
}

const DivergenceLedger::Store& DivergenceLedger::of(StoreId store) const {
  CLEAVE_CHECK(store.value < stores_.size(), "this store has no declared replicas");
  return stores_[store.value];
}

void DivergenceLedger::declare(StoreId store, NodeId replica) {
  if (store.value >= stores_.size()) stores_.resize(store.value + 1);
  Store& s = stores_[store.value];
  CLEAVE_CHECK(std::count(s.replicas.begin(), s.replicas.end(), replica) == 0,
               "a replica is declared once per store");
  const std::size_t before = s.replicas.size();
  const std::size_t n = before + 1;
  std::vector<std::uint64_t> distances(n * n, 0);
  for (std::size_t a = 0; a < before; ++a) {
    std::copy_n(s.distances.begin() + static_cast<std::ptrdiff_t>(a * before), before,
                distances.begin() + static_cast<std::ptrdiff_t>(a * n));
    distances[a * n + before] = distances[before * n + a] = s.held[a].size();
  }
  s.replicas.push_back(replica);
  s.held.emplace_back();
  s.distances = std::move(distances);
}

ReplicaUpdate DivergenceLedger::applied(StoreId store, NodeId replica, OperationId update) {
  check_named(update);
  Store& s = of(store);
  ReplicaUpdate result = s.change(ReplicaUpdate::Kind::applied, s.index_of(replica), update);
  result.store = store;
  return result;
}

ReplicaUpdate DivergenceLedger::retracted(StoreId store, NodeId replica, OperationId update) {
  check_named(update);
  Store& s = of(store);
  ReplicaUpdate result = s.change(ReplicaUpdate::Kind::retracted, s.index_of(replica), update);
  result.store = store;
  return result;
}

std::vector<ReplicaUpdate> DivergenceLedger::installed(StoreId store, NodeId replica,
                                                       std::span<const OperationId> updates) {
  std::for_each(updates.begin(), updates.end(), check_named);
  Store& s = of(store);
  const std::size_t i = s.index_of(replica);
  std::vector<OperationId> sorted(updates.begin(), updates.end());
  std::stable_sort(sorted.begin(), sorted.end());
  UpdateSet target;
  for (const OperationId update : sorted)
    target.insert(update);

  std::vector<ReplicaUpdate> reports;
  for (const OperationId update : difference(s.held[i], target))
    reports.push_back(s.change(ReplicaUpdate::Kind::retracted, i, update));
  for (const OperationId update : updates)
    if (!s.held[i].contains(update))
      reports.push_back(s.change(ReplicaUpdate::Kind::applied, i, update));
  const bool changed = !reports.empty();
  reports.push_back(s.report(ReplicaUpdate::Kind::installed, i));
  reports.back().changed = changed;
  for (ReplicaUpdate& report : reports)
    report.store = store;
  return reports;
}

std::span<const NodeId> DivergenceLedger::replicas(StoreId store) const {
  if (store.value >= stores_.size()) return {};
  return stores_[store.value].replicas;
}

const UpdateSet& DivergenceLedger::held(StoreId store, NodeId replica) const {
  const Store& s = of(store);
  return s.held[s.index_of(replica)];
}

std::uint32_t DivergenceLedger::holders(StoreId store, OperationId update) const {
  std::uint32_t count = 0;
  for (const UpdateSet& held : of(store).held)
    count += held.contains(update) ? 1 : 0;
  return count;
}

std::uint64_t DivergenceLedger::distance(StoreId store, NodeId a, NodeId b) const {
  const Store& s = of(store);
  return s.distances[s.index_of(a) * s.replicas.size() + s.index_of(b)];
}

std::uint64_t DivergenceLedger::largest_distance(StoreId store) const {
  return of(store).largest_distance();
}

void DivergenceLedger::check() const {
  for (const Store& s : stores_) {
    const std::size_t n = s.replicas.size();
    CLEAVE_CHECK(s.held.size() == n && s.distances.size() == n * n, "one row for each replica");
    for (const UpdateSet& held : s.held)
      held.check();
    for (std::size_t a = 0; a < n; ++a)
      for (std::size_t b = 0; b < n; ++b)
        CLEAVE_CHECK(s.distances[a * n + b] == symmetric_difference(s.held[a], s.held[b]),
                     "distances are the symmetric differences of the update sets");
  }
}

}  // namespace cleave
