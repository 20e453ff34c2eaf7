// Engines' own invariants, looked at after every event of a run: one verdict a store, unasked. It
// holds no part of the World, so that both may be copied and go on.
#pragma once
#include "models/store/engine.h"
#include "sim/engine/world.h"
#include "sim/scenario/build.h"
#include "sim/scenario/run_result.h"
#include "sim/scenario/scenario.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cleave {

class Inspections {
 public:
  // None if the scenario switches them off.
  Inspections(const Scenario& scenario, const Cast& cast);

  bool any() const { return !stores_.empty(); }
  // To be called after every event.
  void after_event(const World& world);
  // In the order of the stores.
  std::vector<ExpectationResult> results() const;

 private:
  struct OfStore {
    std::string name;  // "accounts: Raft's invariants"
    models::store::Inspector inspect;
    std::uint64_t checked = 0;
    std::optional<Verdict> violation;
  };
  std::vector<OfStore> stores_;
  std::vector<std::optional<std::size_t>> store_of_;  // by node; of those beyond, none
};

}  // namespace cleave
