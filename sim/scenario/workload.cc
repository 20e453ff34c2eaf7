#include "sim/scenario/workload.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace cleave {
namespace {

namespace store = models::store;

constexpr Duration kLongest{1'000'000'000'000'000'000};  // between two operations of a client

// Clients take turns: first the first of every group, then the second, and so on.
struct Turn {
  std::uint64_t rank = 0;
  std::uint64_t of = 0;
};

std::optional<Turn> turn_of(const Scenario& scenario, const WorkloadSpec& work, std::uint32_t group,
                            std::uint32_t index) {
  if (std::find(work.by.begin(), work.by.end(), group) == work.by.end()) return std::nullopt;
  Turn turn;
  bool before = true;
  for (const std::uint32_t other : work.by) {
    const std::uint32_t count = scenario.clients[other].count;
    before = before && other != group;
    turn.of += count;
    turn.rank += std::min(count, index);
    if (before && count > index) ++turn.rank;
  }
  return turn;
}

Duration times(Duration d, std::uint64_t n) {
  const u128 product = u128(static_cast<std::uint64_t>(d.ns)) * n;
  return product < static_cast<std::uint64_t>(kLongest.ns)
             ? Duration{static_cast<std::int64_t>(product)}
             : kLongest;
}

store::KeyNames names_of(const KeySpec& keys) {
  store::KeyNames names{keys.prefix, std::nullopt, keys.suffix};
  if (keys.numbered) names.range = {keys.first, keys.last - keys.first + 1};
  return names;
}

std::variant<store::KeyOrder, Zipf> choice_of(const WorkloadSpec& work) {
  if (work.order == KeyOrder::sequential) return store::KeyOrder::sequential;
  if (!work.zipf) return store::KeyOrder::uniform;
  return Zipf({static_cast<std::uint32_t>(work.keys.last - work.keys.first + 1),
               static_cast<std::uint32_t>(work.zipf->millionths / 1000)});
}

store::Load load_of(const WorkloadSpec& work) {
  store::Load load;
  load.store = StoreId{work.store};
  load.from = work.from;
  load.until = work.to;
  if (work.every)
    load.pace = store::OpenLoop{*work.every, work.arrivals == Arrivals::poisson
                                                 ? store::OpenLoop::Arrivals::poisson
                                                 : store::OpenLoop::Arrivals::regular};
  else
    load.pace = store::ClosedLoop{work.in_flight, work.think};
  load.type = work.object;
  for (const ActionShare& share : work.mix)
    load.mix.push_back({share.action, share.weight});
  load.keys = names_of(work.keys);
  load.key_choice = choice_of(work);
  load.number = work.amount;
  load.bound = work.bound;
  load.reads = work.consistency;
  load.patience = work.patience;
  return load;
}

}  // namespace

std::vector<store::Load> loads_of(const Scenario& scenario) {
  std::vector<store::Load> loads;
  for (const WorkloadSpec& work : scenario.workload)
    loads.push_back(load_of(work));
  return loads;
}

store::WorkloadClient client_of(const Scenario& scenario, const ClientPlace& place,
                                std::uint32_t index, const std::vector<store::Load>& loads) {
  store::WorkloadClient client;
  client.name = scenario.clients[place.group].name + "/" + std::to_string(index);
  client.stores = place.stores;
  for (std::size_t i = 0; i < loads.size(); ++i) {
    const WorkloadSpec& work = scenario.workload[i];
    const auto turn = turn_of(scenario, work, place.group, index);
    if (!turn) continue;
    client.loads.push_back(loads[i]);
    auto* open = std::get_if<store::OpenLoop>(&client.loads.back().pace);
    if (!open) continue;
    open->every = times(*work.every, turn->of);
    if (work.arrivals == Arrivals::regular)
      client.loads.back().from += times(*work.every, turn->rank);
  }
  return client;
}

}  // namespace cleave
