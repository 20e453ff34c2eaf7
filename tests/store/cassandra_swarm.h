// Cassandra stores whose invariants are looked at after every event, with clients whose answers are
// looked at in the end.
#pragma once
#include "models/store/cassandra/install.h"
#include "models/store/cassandra/invariants.h"
#include "models/store/cassandra/replica.h"
#include "models/store/workload_client.h"
#include "tests/store/chaos.h"
#include "tests/support/lab.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cleave::models::store::cassandra {

using support::Lab;

// Times so short that a node is taken to be down, and repaired, within a second.
inline Options quick() {
  Options options;
  options.read = options.write = Level::quorum;
  options.commitlog_sync = CommitLogSync::batch;
  options.gossip_every = 20_ms;
  options.hints_flush_period = 100_ms;
  options.read_request_timeout = 300_ms;
  options.write_request_timeout = 200_ms;
  options.counter_write_request_timeout = 300_ms;
  options.cas_contention_timeout = 300_ms;
  options.repair_every = 600_ms;
  options.repair_request_timeout = 300_ms;
  options.compact_every = 200_ms;
  return options;
}

struct Plot {
  Options options;
  Names regions;
  Time writes_until;
  Duration every = 25_ms;
  std::uint64_t seed = 1;
  std::vector<std::pair<std::string, std::uint32_t>> replication{};
};

inline Load load_of(StoreId store, const Plot& plot, ObjectType type,
                    std::vector<ActionShare> mix) {
  Load load = appends(store, plot.writes_until, plot.every);
  load.type = type;
  load.mix = std::move(mix);
  load.keys.prefix = std::string(to_string(type));
  load.from = Time{} + 1_ms * (1 + static_cast<std::int64_t>(type));
  return load;
}

// Clients in two regions do to one object of each type whatever it can do.
inline Lab make_lab(const Plot& plot) {
  Lab lab({"east", "west", "north"}, 10_ms, plot.seed);
  const StoreId store = lab.add_store("s", plot.regions, [&](World& world, const StorePlan& plan) {
    return install(world, plan, {plot.options, 3, plot.replication});
  });
  for (const std::string region : {"east", "west"}) {
    std::vector<Load> loads{
        load_of(store, plot, ObjectType::max_register, {{Action::raise, 1}, {Action::read, 2}}),
        load_of(store, plot, ObjectType::reg,
                {{Action::write, 2}, {Action::read, 1}, {Action::compare_and_set, 1}}),
        load_of(store, plot, ObjectType::set,
                {{Action::add, 2}, {Action::remove, 1}, {Action::read, 1}}),
        load_of(store, plot, ObjectType::queue,
                {{Action::append, 2}, {Action::read_from, 1}, {Action::acknowledge, 1}}),
        load_of(store, plot, ObjectType::counter, {{Action::add, 2}, {Action::read, 1}}),
        load_of(store, plot, ObjectType::pool, {{Action::put, 2}, {Action::take, 1}}),
        load_of(store, plot, ObjectType::map, {{Action::write, 2}, {Action::read, 1}}),
        load_of(store, plot, ObjectType::log, {{Action::append, 2}, {Action::read_from, 1}})};
    lab.add(region + " client", region, client_in(lab, region, plot.seed, std::move(loads)));
  }
  return lab;
}

// Reads of the watermark lower than what was acknowledged before they were asked for.
inline std::uint64_t stale_reads(const Lab& lab) {
  std::vector<std::pair<Time, std::uint64_t>> raised;
  for (const auto& [id, done] : lab.recorder.completed) {
    const Invoked& asked = lab.recorder.invoked.at(id);
    if (asked.action == Action::raise && done.outcome == Outcome::ok)
      raised.emplace_back(done.at, asked.argument);
  }
  std::uint64_t count = 0;
  for (const auto& [id, done] : lab.recorder.completed) {
    const Invoked& asked = lab.recorder.invoked.at(id);
    if (asked.type != ObjectType::max_register || asked.action != Action::read) continue;
    if (done.outcome != Outcome::ok) continue;
    const std::uint64_t shown = done.values.at(0);
    const bool stale = std::any_of(raised.begin(), raised.end(), [&](const auto& before) {
      return before.first < asked.at && before.second > shown;
    });
    count += stale ? 1u : 0u;
  }
  return count;
}

// Items that were given out twice.
inline std::uint64_t taken_twice(const Lab& lab) {
  std::vector<std::uint64_t> taken;
  for (const auto& [id, done] : lab.recorder.completed)
    if (lab.recorder.invoked.at(id).action == Action::take && done.outcome == Outcome::ok)
      taken.push_back(done.values.at(0));
  std::sort(taken.begin(), taken.end());
  return static_cast<std::uint64_t>(taken.end() - std::unique(taken.begin(), taken.end()));
}

// What must be true once everything is up, healed and quiet, whatever happened before. Returns what
// is not.
inline std::string wrong_in(const Lab& lab, const Options& options) {
  if (lab.world.failure()) return "model bug: " + lab.world.failure()->what;
  if (stale_reads(lab) > 0) return "stale read: it missed what was acknowledged before it";
  if (options.write == Level::serial && taken_twice(lab) > 0) return "an item was taken twice";
  const std::vector<NodeId>& replicas = lab.replicas("s");
  for (const NodeId node : replicas)
    lab.world.node<Replica>(node).memory.table.check();
  for (const OperationId update : lab.recorder.acknowledged({}, {}, kForever))
    if (lab.world.ledger().holders({}, update) == 0) return "an acknowledged update is lost";
  return {};
}

// How the replicas differ, if each holds everything.
inline std::string apart(const Lab& lab) {
  const std::vector<NodeId>& replicas = lab.replicas("s");
  const UpdateSet& first = lab.world.ledger().held({}, replicas.front());
  for (const NodeId node : replicas) {
    const UpdateSet& held = lab.world.ledger().held({}, node);
    for (const auto& updates : {difference(first, held), difference(held, first)})
      for (const OperationId update : updates)
        return "the replicas have not converged: not everywhere is " +
               std::string(to_string(lab.recorder.invoked.at(update).action)) + " of a " +
               std::string(to_string(lab.recorder.invoked.at(update).type));
    if (lab.world.replicated_state(node) != lab.world.replicated_state(replicas.front()))
      return "the replicas hold the same updates and differ";
  }
  return {};
}

// A lab whose invariants are looked at after every event.
struct Watched {
  Lab lab;
  Invariants invariants;
  std::string violated;

  void run_until(Time time) {
    while (violated.empty() && lab.world.step(time, &lab.recorder))
      look();
    if (violated.empty()) lab.run_until(time);  // the clock stands there
  }
  void run_for(Duration duration) { run_until(lab.world.now() + duration); }
  // As Lab does, and looks at what happens at that instant.
  void begin(Fault fault) {
    fault.at = lab.world.now();
    fault.may_be_inert = true;
    lab.world.schedule(std::move(fault));
    run_until(lab.world.now());
  }
  void begin(Verb verb, const std::string& who) { begin(lab.make_fault(verb, {{who}})); }
  void mend_all(const Names& nodes) {
    begin(lab.make_fault(Verb::heal, {}));
    begin(lab.make_fault(Verb::release, {}));
    for (const std::string& node : nodes) {
      begin(Verb::restart, node);
      begin(Verb::resume, node);
    }
  }
  void look() {
    const std::optional<NodeId> handler = lab.world.handler();
    const std::vector<NodeId>& replicas = lab.replicas("s");
    if (!handler || std::find(replicas.begin(), replicas.end(), *handler) == replicas.end()) return;
    if (const auto wrong = invariants.after_event(lab.world, *handler))
      violated = *wrong + ", event " + std::to_string(lab.world.event().value);
  }
  std::string wrong(const Options& options) const {
    return violated.empty() ? wrong_in(lab, options) : violated;
  }
};

}  // namespace cleave::models::store::cassandra
