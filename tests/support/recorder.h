// Keeps what a run tells its observers, for tests to ask about.
#pragma once
#include "sim/base/name.h"
#include "sim/trace/observer.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace cleave::support {

class Recorder : public Observer {
 public:
  using Observer::on;
  void on(const Fact& fact) override { facts.push_back(fact); }
  void on(const Invoked& operation) override { invoked.emplace(operation.id, operation); }
  void on(const Completed& operation) override { completed.emplace(operation.id, operation); }
  void on(const ReplicaUpdate& update) override { updates.push_back(update); }

  // Nothing while the operation is under way.
  std::optional<Outcome> outcome(OperationId id) const {
    const auto found = completed.find(id);
    if (found == completed.end()) return {};
    return found->second.outcome;
  }
  std::vector<Fact> facts_named(Purpose name) const {
    std::vector<Fact> found;
    std::copy_if(facts.begin(), facts.end(), std::back_inserter(found),
                 [&](const Fact& fact) { return fact.name == name.hash; });
    return found;
  }
  // Updates of a store that were answered with ok from `from` on and before `to`.
  std::vector<OperationId> acknowledged(StoreId store, Time from = {}, Time to = kForever) const {
    std::vector<OperationId> found;
    for (const auto& [id, done] : completed) {
      const Invoked& operation = invoked.at(id);
      if (done.outcome == Outcome::ok && is_update(operation.action) && operation.store == store &&
          done.at >= from && done.at < to)
        found.push_back(id);
    }
    return found;
  }
  std::size_t count(Outcome outcome) const {
    return static_cast<std::size_t>(
        std::count_if(completed.begin(), completed.end(),
                      [&](const auto& entry) { return entry.second.outcome == outcome; }));
  }

  std::vector<Fact> facts;
  std::vector<ReplicaUpdate> updates;
  std::map<OperationId, Invoked> invoked;
  std::map<OperationId, Completed> completed;
};

}  // namespace cleave::support
