// Holds an engine to the table of its promises, type by type: two coasts, a cut of 43 s, clients on
// both sides; and counts how often what a type guarantees was broken.
#pragma once
#include "models/store/engine.h"
#include "models/store/state_machine.h"
#include "models/store/workload_client.h"
#include "tests/support/lab.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace cleave::models::store {

constexpr Time kCut{60'000'000'000};
constexpr Time kHeal{103'000'000'000};
constexpr Time kEnd{180'000'000'000};

// The objects that a replica holds.
using MachineOf = const StateMachine& (*)(const World& world, NodeId replica);
template <class Replica>
const StateMachine& machine_of(const World& world, NodeId replica) {
  return world.node<Replica>(replica).memory.machine;
}

struct TwoCoasts {
  support::Lab lab;
  StoreId store;
  MachineOf machine;

  // The options are those of the promise, and `options`. Two of the three replicas are in the west.
  TwoCoasts(const Engine& engine, MachineOf how, const Promise& promise, ObjectType type,
            Section options = map_of({}), std::uint64_t seed = 1)
      : lab({"east", "west"}, 43'500_us, seed), machine(how) {
    for (const auto& [key, value] : promise.options)
      options.entries.push_back({std::string(key), {}, scalar(value)});
    store = lab.add_store("accounts", {"east", "west", "west"}, [&](World& world, StorePlan plan) {
      plan.options = options;
      Diagnostics diagnostics;
      engine.check(options, {{"east", "west"}, {"east", "west", "west"}}, diagnostics);
      EXPECT_TRUE(diagnostics.empty()) << diagnostics.format();
      return engine.build(world, plan);
    });
    for (const char* region : {"east", "west"})
      add_client(region, type);
  }

  void add_client(const std::string& region, ObjectType type) {
    WorkloadClient client;
    client.name = region + " client";
    client.seed = 7;
    client.stores = {lab.access(region, "accounts")};
    Load load;
    load.store = store;
    load.until = kEnd - 30_s;
    load.from = Time{} + (region == "east" ? 20_ms : 0_ms);
    load.pace = OpenLoop{.every = 40_ms};
    load.type = type;
    for (const Action action : actions_of(type))
      if (action != Action::acknowledge && action != Action::remove)
        load.mix.push_back({action, 1});
    if (type == ObjectType::pool) load.mix = {{Action::put, 5}, {Action::take, 4}};
    load.keys.prefix = "object";
    if (type == ObjectType::max_register && region == "east") load.number = 3;
    load.bound = 6000;
    load.patience = {.deadline = 5_s, .answer_within = 1_s};
    client.loads = {load};
    lab.add(client.name, region, client);
  }

  void run() {
    lab.run_until(kCut);
    lab.cut({{"east"}, {"west"}});
    lab.run_until(kHeal);
    lab.heal();
    lab.run_until(kEnd);
    ASSERT_FALSE(lab.world.failure()) << lab.world.failure()->what;
    ASSERT_TRUE(lab.converged("accounts"));
  }
  const Object& object() const {
    return machine(lab.world, lab.replicas("accounts")[1]).objects.at(key_of("object"));
  }
  bool in_east(OperationId id) const { return lab.world.name(id.client) == "east client"; }
};

struct Served {
  Invoked asked;
  Completed told;
};

inline std::vector<Served> acknowledged(const TwoCoasts& run, Action action) {
  std::vector<Served> all;
  for (const OperationId id : run.lab.recorder.acknowledged(run.store))
    if (run.lab.recorder.invoked.at(id).action == action)
      all.push_back({run.lab.recorder.invoked.at(id), run.lab.recorder.completed.at(id)});
  return all;
}

// Pairs beyond the first that share what they should not.
template <class Of>
std::uint64_t repeats(const std::vector<Served>& operations, Of&& of) {
  std::set<std::uint64_t> seen;
  std::uint64_t count = 0;
  for (const Served& served : operations)
    if (!seen.insert(of(served)).second) ++count;
  return count;
}

inline std::set<std::uint64_t> digests(const std::vector<Blob>& values) {
  std::set<std::uint64_t> set;
  for (const Blob& value : values)
    set.insert(value.digest());
  return set;
}

inline std::uint64_t missing(const std::vector<Served>& operations,
                             const std::set<std::uint64_t>& from) {
  return static_cast<std::uint64_t>(std::count_if(
      operations.begin(), operations.end(),
      [&from](const Served& served) { return !from.contains(served.asked.argument); }));
}

// Answers lower than one that was acknowledged before they were asked for.
inline std::uint64_t falls(const TwoCoasts& run) {
  std::vector<std::pair<Time, std::uint64_t>> told;
  for (const Served& served : acknowledged(run, Action::raise))
    told.emplace_back(served.told.at, served.told.values.at(0));
  std::sort(told.begin(), told.end());
  std::vector<std::uint64_t> highest;  // of those up to each
  for (const auto& [at, value] : told)
    highest.push_back(highest.empty() ? value : std::max(highest.back(), value));
  std::uint64_t count = 0;
  for (const auto& [id, done] : run.lab.recorder.completed) {
    if (done.outcome != Outcome::ok) continue;
    const std::pair<Time, std::uint64_t> asked{run.lab.recorder.invoked.at(id).at, 0};
    const auto before = std::lower_bound(told.begin(), told.end(), asked) - told.begin();
    if (before > 0 && highest[static_cast<std::size_t>(before - 1)] > done.values.at(0)) ++count;
  }
  return count;
}

// How often guarantee(type) was broken, from what clients were told and what is left in the end.
inline std::uint64_t broken(const TwoCoasts& run, ObjectType type) {
  const std::uint64_t lost = run.lab.lost("accounts").size();
  const Object& object = run.object();
  switch (type) {
    case ObjectType::reg:
      return lost + repeats(acknowledged(run, Action::compare_and_set),
                            [](const Served& s) { return s.asked.expected_version; });
    case ObjectType::map:
      return lost;
    case ObjectType::max_register:
      return falls(run);
    case ObjectType::set: {
      const auto& members = std::get<Set>(object).members;
      return missing(acknowledged(run, Action::add), digests({members.begin(), members.end()}));
    }
    case ObjectType::log: {
      const auto& entries = std::get<Sequence>(object).entries;
      std::uint64_t moved = 0;
      for (const Served& served : acknowledged(run, Action::append))
        if (served.told.version > entries.size() ||
            entries[served.told.version - 1].digest() != served.asked.argument)
          ++moved;
      return moved;
    }
    case ObjectType::queue: {
      std::set<std::uint64_t> there;
      for (const auto& [position, value] : std::get<Queue>(object).entries)
        there.insert(value.digest());
      return missing(acknowledged(run, Action::append), there);
    }
    case ObjectType::counter: {
      const std::uint64_t held =
          run.lab.world.ledger().held(run.store, run.lab.replicas("accounts")[1]).size();
      const auto value = static_cast<std::uint64_t>(std::get<Counter>(object).value);
      return lost + (held > value ? held - value : value - held);
    }
    case ObjectType::pool: {
      const std::vector<Served> taken = acknowledged(run, Action::take);
      return lost + repeats(taken, [](const Served& s) { return s.told.values.at(0); });
    }
  }
  return 0;
}

inline std::string name_of(const Promise& promise) {
  std::string name;
  for (const auto& [key, value] : promise.options)
    name += std::string(key) + ": " + std::string(value) + ", ";
  return name;
}

}  // namespace cleave::models::store
