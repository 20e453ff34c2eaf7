#include "sim/scenario/cap_rows.h"

#include "models/store/workload_client.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace cleave {
namespace {

bool can_split(const Fault& fault) {
  return fault.verb <= Verb::hold;
}

std::string plain_name(CapLedger::Kind kind) {
  return kind == CapLedger::Kind::reads ? "reads" : "updates";
}

// "east"; of a group that is only in part on the side, "2 of east".
std::vector<std::string> groups_of(const std::vector<NodeId>& clients, const Scenario& scenario,
                                   const Cast& cast) {
  std::vector<std::string> names;
  for (std::size_t g = 0; g < cast.clients.size(); ++g) {
    const auto here =
        std::count_if(cast.clients[g].begin(), cast.clients[g].end(), [&clients](NodeId client) {
          return std::binary_search(clients.begin(), clients.end(), client);
        });
    const auto count = static_cast<std::size_t>(here);
    const std::string& name = scenario.clients[g].name;
    if (count > 0)
      names.push_back(count == cast.clients[g].size() ? name
                                                      : std::to_string(count) + " of " + name);
  }
  return names;
}

}  // namespace

std::unique_ptr<CapLedger> make_cap_ledger(const Scenario& scenario, const Built& built) {
  if (std::none_of(scenario.faults.begin(), scenario.faults.end(), can_split)) return nullptr;
  CapLedger::Options options;
  const World& world = built.world;
  options.reach = [&world]() -> const Reach& { return world.reach(); };
  options.replicas = built.cast.replicas;
  for (const std::vector<NodeId>& group : built.cast.clients)
    for (const NodeId client : group) {
      options.clients.push_back(client);
      for (const models::store::StoreAccess& access :
           world.node<models::store::WorkloadClient>(client).stores)
        options.nearest[{client, access.store}] = access.replicas.front();
    }
  return std::make_unique<CapLedger>(std::move(options));
}

std::vector<CapRow> name_rows(const std::vector<CapLedger::Row>& rows, const Scenario& scenario,
                              const Built& built) {
  std::vector<CapRow> named;
  for (const CapLedger::Row& row : rows) {
    CapRow r;
    r.window = {row.from, row.to};
    r.sides = row.sides;
    r.clients = groups_of(row.clients, scenario, built.cast);
    r.store = scenario.stores[row.store.value].name;
    r.kind = plain_name(row.kind);
    const OutcomeCounts& c = row.outcomes;
    // What was never answered may or may not have happened, as what timed out.
    r.outcomes = {c.ok, c.refused, c.conflict, c.unavailable, c.unknown + c.open};
    r.p50 = row.p50;
    r.p99 = row.p99;
    r.reaching = {row.reaching.operations, row.reaching.served};
    r.sticky = {row.sticky.operations, row.sticky.served};
    for (const CapLedger::Requests& requests : row.requests)
      r.replicas.push_back(
          {std::string(built.world.name(requests.replica)), requests.received, requests.answered});
    r.compared = row.compared;
    r.stale = row.stale;
    r.most_behind = row.most_behind;
    r.most_late = row.most_late;
    r.acknowledged = row.acknowledged;
    r.lost = row.lost;
    r.unknown_held = row.unknown_held;
    named.push_back(std::move(r));
  }
  return named;
}

}  // namespace cleave
