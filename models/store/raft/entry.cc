// What raft says of itself.
#include "models/catalogue.h"
#include "models/store/raft/install.h"
#include "models/store/raft/invariants.h"
#include "models/store/raft/options.h"
#include "models/store/raft/probes.h"
#include "models/store/raft/replica.h"
#include "sim/base/assert.h"

#include <algorithm>
#include <utility>

namespace cleave::models::store::raft {

namespace {

constexpr std::array<Kept, kObjectTypes> always() {
  std::array<Kept, kObjectTypes> each{};
  each.fill(Kept::always);
  return each;
}

std::vector<Promise> promises() {
  return {
      {.options = {{"reads", "read-index"}},
       .kept = always(),
       .blocks = true,
       .about = "Nothing acknowledged is lost while a majority of the replicas' disks survives. A "
                "side of a cut without a majority serves neither updates nor reads."},
      {.options = {{"reads", "log"}},
       .kept = always(),
       .blocks = true,
       .about = "As the first; a read costs what an update costs."},
      {.options = {{"reads", "lease"}},
       .kept = always(),
       .blocks = true,
       .about = "As the first, as long as clocks do not drift apart by more than election_timeout "
                "is longer than the lease; a leader that is cut off serves reads until its lease "
                "runs out."},
      {.options = {{"reads", "local"}},
       .kept = always(),
       .blocks = true,
       .stale_reads = true,
       .about = "Updates as in the first. Every replica serves reads, and one that is cut off "
                "serves what it last heard of, for as long as the cut lasts."},
      {.options = {{"preset", "waraft-default"}},
       .kept = always(),
       .blocks = true,
       .about = "As the first. A leader that is cut off does not notice, and its clients wait in "
                "vain; the others elect one after 5 s to 7.5 s."},
  };
}

void check(const Section& options, const Setting& setting, Diagnostics& diagnostics) {
  read_options(options, setting, diagnostics);
}

BuiltStore build(World& world, const StorePlan& plan) {
  Diagnostics diagnostics;
  const Choice choice = read_options(plan.options, setting_of(world, plan), diagnostics);
  CLEAVE_CHECK(diagnostics.empty(), "a store is built from options that have been checked");
  return install(world, plan, choice);
}

std::vector<StoreOrder> orders(const Section& options, const Setting& setting) {
  Diagnostics diagnostics;
  return read_options(options, setting, diagnostics).administration.orders;
}

Inspector inspector() {
  return [invariants = Invariants{}](const World& world, NodeId handler) mutable {
    Inspection found;
    found.wrong = invariants.after_event(handler, world.node<Replica>(handler));
    const Invariants::Looked& looked = invariants.looked();
    found.checked = looked.leaders + looked.entries + looked.commits + looked.votes +
                    looked.snapshots + looked.changes;
    return found;
  };
}

bool is_off(const Section& option) {
  return option.is_scalar() && (option.text == "off" || option.text == "0");
}

// In the options, or in an item of `administration`.
bool has(const Section& options, std::string_view key) {
  if (key.empty()) return false;
  if (const Section* option = options.find(key)) return !is_off(*option);
  const Section* orders = options.find("administration");
  return orders && std::any_of(orders->items.begin(), orders->items.end(),
                               [&](const Section& item) { return item.find(key); });
}

bool asks_for(const Section& options, const Probe& probe) {
  const auto placed =
      std::find_if(probes::kAll.begin(), probes::kAll.end(),
                   [&](const probes::Placed& each) { return each.probe.hash == probe.hash; });
  if (placed == probes::kAll.end()) return true;
  const Section* off = placed->unless_off.empty() ? nullptr : options.find(placed->unless_off);
  if (off && is_off(*off)) return false;
  return placed->needs.empty() || has(options, placed->needs) || has(options, placed->or_else);
}

std::vector<store::PlantedBug> bugs() {
  std::vector<store::PlantedBug> all;
  for (const PlantedBug& bug : kBugs)
    all.push_back({bug.name, bug.what, bug.caught_by, bug.scenario});
  return all;
}

}  // namespace

models::Entry entry() {
  constexpr std::string_view kName = "raft";
  constexpr std::string_view kAbout =
      "Replicas elect a leader, which orders all updates in its log; what a majority has is "
      "committed, and a minority refuses.";
  Engine engine{kName, kAbout, schema(), promises(), check, build};
  engine.orders = orders;
  engine.invariants = "Raft's invariants";
  engine.inspector = inspector;
  engine.bugs = bugs();
  for (const probes::Placed& placed : probes::kAll)
    engine.probes.push_back(placed.probe);
  engine.asks_for = asks_for;
  return {kName, kAbout, std::move(engine)};
}

}  // namespace cleave::models::store::raft
