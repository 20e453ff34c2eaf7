#include "sim/scenario/inspections.h"

#include "sim/scenario/engines.h"

#include <algorithm>
#include <utility>

namespace cleave {

Inspections::Inspections(const Scenario& scenario, const Cast& cast) {
  for (std::size_t s = 0; scenario.invariants && s < scenario.stores.size(); ++s) {
    const models::store::Engine& engine = *find_engine(scenario.stores[s].engine);
    if (!engine.inspector) continue;
    for (const NodeId replica : cast.replicas[s]) {
      store_of_.resize(std::max<std::size_t>(store_of_.size(), replica.value + 1));
      store_of_[replica.value] = stores_.size();
    }
    stores_.push_back({scenario.stores[s].name + ": " + std::string(engine.invariants),
                       engine.inspector(),
                       0,
                       {}});
  }
}

void Inspections::after_event(const World& world) {
  const std::optional<NodeId> handler = world.handler();
  if (world.failure()) return;  // in the midst of a handler nothing need hold
  if (!handler || handler->value >= store_of_.size() || !store_of_[handler->value]) return;
  OfStore& store = stores_[*store_of_[handler->value]];
  if (store.violation) return;
  const models::store::Inspection found = store.inspect(world, *handler);
  store.checked = found.checked;
  if (found.wrong)
    store.violation =
        Verdict{Word::violated,  std::string(world.name(*handler)) + ": " + *found.wrong,
                found.checked,   world.now(),
                {world.event()}, world.event()};
}

std::vector<ExpectationResult> Inspections::results() const {
  std::vector<ExpectationResult> results;
  for (const OfStore& store : stores_) {
    ExpectationResult result;
    result.name = store.name;
    result.property = Property::safety;
    result.stated_by = ExpectationResult::StatedBy::engine;
    if (store.violation)
      result.verdict = *store.violation;
    else if (store.checked == 0)
      result.verdict.why = "nothing happened that they speak of";
    else
      result.verdict = {Word::holds,
                        "compared " + std::to_string(store.checked) + " times",
                        store.checked,
                        std::nullopt,
                        {}};
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace cleave
