#include "sim/check/cap_ledger.h"

#include "sim/check/fresh_reads.h"
#include "sim/network/sides.h"

#include <algorithm>
#include <tuple>

namespace cleave {

CapLedger::CapLedger(Options options) : options_(std::move(options)) {
  NodeId last;
  for (const std::vector<NodeId>& replicas : options_.replicas)
    for (const NodeId replica : replicas)
      last = std::max(last, replica);
  for (const NodeId client : options_.clients)
    last = std::max(last, client);
  const std::size_t nodes = last.value + std::size_t{1};
  is_client_.resize(nodes);
  down_.resize(nodes);
  crashes_.resize(nodes);
  concerned_.resize(nodes);
  for (const NodeId client : options_.clients)
    is_client_[client.value] = concerned_[client.value] = true;
  for (const std::vector<NodeId>& replicas : options_.replicas)
    for (const NodeId replica : replicas)
      concerned_[replica.value] = true;
  windows_.push_back({});
}

// ---- windows and sides --------------------------------------------------------------------------

// A rule takes effect after its mark: the sides are looked at when somebody next needs them.
void CapLedger::on(const FaultMark& mark) {
  if (windows_.back().sides.empty()) {
    windows_.back().from = mark.at;
    return;
  }
  if (windows_.size() < kMostWindows && cells_.size() < kMostCells)
    windows_.push_back({mark.at, {}, {}});
}

CapLedger::Window& CapLedger::window() {
  Window& now = windows_.back();
  if (!now.sides.empty()) return now;
  now.side_of.resize(concerned_.size());
  // Before the first rule it knows no nodes.
  if (options_.reach().open()) {
    now.sides.emplace_back();
    for (std::uint32_t i = 0; i < concerned_.size(); ++i)
      if (concerned_[i]) now.sides.back().push_back({i});
    return now;
  }
  for (const Side& side : sides(options_.reach())) {
    std::vector<NodeId> nodes;
    for (const NodeId node : side.nodes)
      if (node.value < concerned_.size() && concerned_[node.value]) nodes.push_back(node);
    if (nodes.empty()) continue;
    if (now.sides.size() < kMostSides) now.sides.emplace_back();
    for (const NodeId node : nodes) {
      now.sides.back().push_back(node);
      now.side_of[node.value] = now.sides.size() - 1;
    }
  }
  std::stable_sort(now.sides.back().begin(), now.sides.back().end());
  return now;
}

std::size_t CapLedger::cell_of(NodeId node, StoreId store, Kind kind) {
  const std::size_t side = window().side_of[node.value];
  const CellKey key{windows_.size() - 1, side, store, kind};
  const auto [found, is_new] = cell_rows_.try_emplace(key, cells_.size());
  if (is_new) {
    Cell cell;
    cell.key = key;
    for (const NodeId replica : options_.replicas[store.value])
      if (windows_.back().side_of[replica.value] == side) cell.requests.push_back({replica, 0, 0});
    cells_.push_back(std::move(cell));
  }
  return found->second;
}

bool CapLedger::reaches(NodeId client, NodeId replica) const {
  const Reach& reach = options_.reach();
  return !down_[replica.value] &&
         (reach.open() || (reach.passes(client, replica) && reach.passes(replica, client)));
}

// ---- operations ---------------------------------------------------------------------------------

void CapLedger::on(const Invoked& operation) {
  const NodeId client = operation.id.client;
  if (client.value >= is_client_.size() || !is_client_[client.value]) return;
  Open open;
  open.at = operation.at;
  open.store = operation.store;
  open.key = operation.key;
  open.kind = is_update(operation.action) ? Kind::updates : Kind::reads;
  open.tells_version = tells_version(operation);
  open.cell = cell_of(client, operation.store, open.kind);
  const auto told = told_.find({operation.store, operation.key});
  if (told != told_.end()) open.known = told->second.back().version;
  for (const NodeId replica : options_.replicas[operation.store.value])
    open.reaching = open.reaching || reaches(client, replica);
  const auto nearest = options_.nearest.find({client, operation.store});
  open.sticky = nearest != options_.nearest.end() && reaches(client, nearest->second);
  Cell& cell = cells_[open.cell];
  ++cell.outcomes.open;
  if (open.reaching) ++cell.reaching.operations;
  if (open.sticky) ++cell.sticky.operations;
  open_.put(operation.id, std::move(open));
}

void CapLedger::on(const Completed& operation) {
  const std::optional<Open> open = open_.take(operation.id);
  if (!open) return;
  Cell& cell = cells_[open->cell];
  const bool served = is_served(operation.outcome);
  --cell.outcomes.open;
  cell.outcomes.add(operation.outcome);
  if (served) {
    cell.latency.add(operation.at - open->at);
    if (open->reaching) ++cell.reaching.served;
    if (open->sticky) ++cell.sticky.served;
  }
  settle(*open, served);
  if (open->kind == Kind::updates && operation.outcome == Outcome::ok)
    cell.acknowledged.insert(operation.id);
  if (open->kind == Kind::updates && operation.outcome == Outcome::unknown)
    cell.unknown.insert(operation.id);
  if (operation.outcome != Outcome::ok || !open->tells_version) return;
  if (open->kind == Kind::reads && open->known > 0) compare(*open, operation.version);
  note_told({open->store, open->key}, operation.version, operation.at);
}

void CapLedger::compare(const Open& open, std::uint64_t version) {
  Cell& cell = cells_[open.cell];
  ++cell.compared;
  if (version >= open.known) return;
  ++cell.stale;
  cell.most_behind = std::max(cell.most_behind, open.known - version);
  const std::vector<Told>& told = told_.at({open.store, open.key});
  const auto next = std::upper_bound(told.begin(), told.end(), version,
                                     [](std::uint64_t v, const Told& t) { return v < t.version; });
  // None if it was told after the read was invoked: what was known then is forgotten by now.
  if (next != told.end()) cell.most_late = std::max(cell.most_late, open.at - next->at);
}

void CapLedger::note_told(const Object& object, std::uint64_t version, Time at) {
  if (version == 0) return;
  const auto found = told_.find(object);
  if (found == told_.end()) {
    if (told_count_ >= kMostTold) return;
    told_[object].push_back({version, at});
    ++told_count_;
    return;
  }
  std::vector<Told>& told = found->second;
  if (version <= told.back().version) return;
  if (told.size() >= kMostVersions) {
    // Half at once, so that each costs little.
    const std::size_t gone = kMostVersions / 2;
    told.erase(told.begin(), told.begin() + static_cast<std::ptrdiff_t>(gone));
    told_count_ -= gone;
  }
  if (told_count_ >= kMostTold) {
    told.erase(told.begin());
    --told_count_;
  }
  told.push_back({version, at});
  ++told_count_;
}

// ---- requests at replicas -----------------------------------------------------------------------

void CapLedger::on(const NodeMark& mark) {
  if (mark.node.value >= down_.size()) return;
  down_[mark.node.value] = mark.phase == NodeMark::Phase::down;
  if (mark.phase == NodeMark::Phase::down) ++crashes_[mark.node.value];
}

CapLedger::Requests& CapLedger::requests_of(const Contact& contact) {
  std::vector<Requests>& all = cells_[contact.cell].requests;
  return *std::find_if(all.begin(), all.end(),
                       [&](const Requests& r) { return r.replica == contact.replica; });
}

void CapLedger::on(const RequestMark& request) {
  using Phase = RequestMark::Phase;
  Open* open = open_.find(request.operation);
  if (open == nullptr) return;
  const std::uint64_t crashes = crashes_[request.replica.value];
  const auto known =
      std::find_if(open->contacts.begin(), open->contacts.end(), [&](const Contact& contact) {
        return contact.replica == request.replica && contact.crashes == crashes;
      });
  if (known != open->contacts.end()) {
    // Asked again, it still owes one answer.
    if (known->phase == Phase::answered) return;
    known->phase = request.phase;
    if (request.phase == Phase::answered) ++requests_of(*known).answered;
    return;
  }
  if (request.phase != Phase::received) return;
  const Contact contact{request.replica, cell_of(request.replica, open->store, open->kind), crashes,
                        Phase::received};
  ++requests_of(contact).received;
  open->contacts.push_back(contact);
}

// The operation has ended for its client.
void CapLedger::settle(const Open& open, bool served) {
  using Phase = RequestMark::Phase;
  for (const Contact& contact : open.contacts) {
    if (contact.phase == Phase::passed_on && served) ++requests_of(contact).answered;
    if (contact.phase == Phase::received && crashes_[contact.replica.value] != contact.crashes)
      --requests_of(contact).received;
  }
}

// ---- the result ---------------------------------------------------------------------------------

std::vector<CapLedger::Row> CapLedger::rows(Time end, const std::vector<UpdateSet>& held) const {
  std::vector<Row> rows;
  for (const auto& [key, index] : cell_rows_) {
    Row row = row_of(cells_[index], end, held);
    const bool asked = std::any_of(row.requests.begin(), row.requests.end(),
                                   [](const Requests& r) { return r.received > 0; });
    if (row.outcomes.total() > 0 || asked) rows.push_back(std::move(row));
  }
  return rows;
}

CapLedger::Row CapLedger::row_of(const Cell& cell, Time end,
                                 const std::vector<UpdateSet>& held) const {
  const auto& [window, side, store, kind] = cell.key;
  Row row;
  row.from = windows_[window].from;
  row.to = window + 1 < windows_.size() ? windows_[window + 1].from : end;
  row.sides = windows_[window].sides.size();
  row.store = store;
  row.kind = kind;
  for (const NodeId node : windows_[window].sides[side])
    if (is_client_[node.value]) row.clients.push_back(node);
  for (const Requests& requests : cell.requests)
    row.replicas.push_back(requests.replica);
  row.outcomes = cell.outcomes;
  if (cell.latency.count() > 0) {
    row.p50 = cell.latency.quantile(50, 100);
    row.p99 = cell.latency.quantile(99, 100);
  }
  row.reaching = cell.reaching;
  row.sticky = cell.sticky;
  row.requests = cell.requests;
  row.compared = cell.compared;
  row.stale = cell.stale;
  row.most_behind = cell.most_behind;
  row.most_late = cell.most_late;
  const UpdateSet& holds = held[store.value];
  row.acknowledged = cell.acknowledged.size();
  row.lost = row.acknowledged - intersection_size(cell.acknowledged, holds);
  row.unknown_held = intersection_size(cell.unknown, holds);
  if (kind == Kind::updates)
    open_.for_each([&](OperationId id, const Open& open) {
      const bool here = &cells_[open.cell] == &cell;
      if (here && holds.contains(id)) ++row.unknown_held;
    });
  return row;
}

}  // namespace cleave
