// What cassandra says of itself.
#include "models/catalogue.h"
#include "models/store/cassandra/install.h"
#include "models/store/cassandra/invariants.h"
#include "models/store/cassandra/options.h"
#include "models/store/cassandra/probes.h"
#include "sim/base/assert.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cleave::models::store::cassandra {

namespace {

constexpr std::array<Kept, kObjectTypes> all(Kept kept) {
  std::array<Kept, kObjectTypes> each{};
  each.fill(kept);
  return each;
}

std::vector<store::Promise> promises() {
  constexpr Kept always = Kept::always;
  constexpr Kept bounded = Kept::within_bounds;
  constexpr Kept no = Kept::no;
  // By ObjectType: register, max-register, set, log, queue, counter, pool, map.
  return {
      {.options = {{"write", "one"}, {"read", "one"}},
       .kept = all(no),
       .stale_reads = true,
       .about = "Every replica answers alone, on both sides of a cut. An update is lost with the "
                "one disk that has it, if that goes before the others got it."},
      {.options = {{"write", "local-quorum"},
                   {"read", "local-quorum"},
                   {"commitlog_sync", "batch"}},
       .kept = {bounded, no, bounded, always, no, no, no, bounded},
       .stale_reads = true,
       .about = "Every region with a majority of its own replicas answers, and what it "
                "acknowledged is kept; other regions see it late. Of writes on both sides one "
                "overwrites the other; what clocks are apart, later may lose against earlier. What "
                "is tried again counts again."},
      {.options = {{"write", "quorum"}, {"read", "quorum"}, {"commitlog_sync", "batch"}},
       .kept = {bounded, always, bounded, always, no, no, no, bounded},
       .blocks = true,
       .about = "Reads see what was acknowledged before. What clocks are apart, a later write may "
                "lose against an earlier one. What is tried again counts again, and stands in a "
                "queue or a pool again."},
      {.options = {{"write", "serial"}, {"read", "serial"}, {"commitlog_sync", "batch"}},
       .kept = all(always),
       .blocks = true,
       .about =
           "Every operation is a lightweight transaction, decided by a majority: linearizable. "
           "It takes four round trips, and under contention most end as unknown."},
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

Inspector inspector() {
  return [invariants = Invariants{}](const World& world, NodeId handler) mutable {
    Inspection found;
    found.wrong = invariants.after_event(world, handler);
    found.checked = invariants.checked();
    return found;
  };
}

bool asks_for(const Section& options, const Probe& probe) {
  const auto placed =
      std::find_if(probes::kAll.begin(), probes::kAll.end(),
                   [&](const probes::Placed& each) { return each.probe.hash == probe.hash; });
  if (placed == probes::kAll.end()) return true;
  if (!placed->needs.empty()) return options.find(placed->needs) != nullptr;
  if (placed->unless_off.empty()) return true;
  const Section* off = options.find(placed->unless_off);
  return !off || !off->is_scalar() || (off->text != "off" && off->text != "none");
}

}  // namespace

models::Entry entry() {
  constexpr std::string_view kName = "cassandra";
  constexpr std::string_view kAbout =
      "Every node coordinates; a write goes to all replicas of its key, as many as the consistency "
      "level says are waited for, and the latest timestamp wins.";
  Engine engine{kName, kAbout, schema(), promises(), check, build};
  engine.invariants = "Cassandra's invariants";
  engine.inspector = inspector;
  for (const PlantedBug& bug : kBugs)
    engine.bugs.push_back({bug.name, bug.what, bug.caught_by, bug.scenario});
  for (const probes::Placed& placed : probes::kAll)
    engine.probes.push_back(placed.probe);
  engine.asks_for = asks_for;
  return {kName, kAbout, std::move(engine)};
}

}  // namespace cleave::models::store::cassandra
