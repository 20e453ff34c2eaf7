// Raft groups whose invariants are looked at after every event, with clients whose answers are
// looked at in the end.
#pragma once
#include "models/store/raft/administrator.h"
#include "models/store/raft/install.h"
#include "models/store/raft/invariants.h"
#include "models/store/raft/replica.h"
#include "models/store/workload_client.h"
#include "tests/store/chaos.h"
#include "tests/support/lab.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace cleave::models::store::raft {

using support::Lab;

// Times so short that an election fits into half a second.
inline Options quick() {
  Options options;
  options.heartbeat_every = 20_ms;
  options.election_timeout = 120_ms;
  options.longest_election_timeout = 240_ms;
  options.quorum_within = 120_ms;
  options.lease = 60_ms;
  options.reconnect_after = 200_ms;
  return options;
}

struct Plot {
  Options options;
  Administration administration;
  Names regions;
  Time writes_until;
  Duration every = 25_ms;
  std::uint64_t seed = 1;
};

// Clients in two regions append to one log, and raise and read one watermark.
inline Lab make_lab(const Plot& plot) {
  Lab lab({"east", "west", "north"}, 10_ms, plot.seed);
  const StoreId store = lab.add_store("s", plot.regions, [&](World& world, const StorePlan& plan) {
    return install(world, plan, {plot.options, plot.administration});
  });
  for (const std::string region : {"east", "west"}) {
    const Load log = appends(store, plot.writes_until, plot.every);
    Load watermark = log;
    watermark.type = ObjectType::max_register;
    watermark.mix = {{Action::raise, 1}, {Action::read, 2}};
    watermark.keys.prefix = "watermark";
    watermark.from = Time{} + 3_ms;
    lab.add(region + " client", region, client_in(lab, region, plot.seed, {log, watermark}));
  }
  return lab;
}

// Answers about the watermark that are lower than one given before they were asked for.
inline std::uint64_t stale_answers(const Lab& lab) {
  std::vector<std::pair<Time, std::uint64_t>> told;
  for (const auto& [id, done] : lab.recorder.completed)
    if (lab.recorder.invoked.at(id).type == ObjectType::max_register && done.outcome == Outcome::ok)
      told.emplace_back(done.at, done.values.at(0));
  std::sort(told.begin(), told.end());
  std::vector<std::uint64_t> highest;  // of those up to each
  for (const auto& [at, value] : told)
    highest.push_back(highest.empty() ? value : std::max(highest.back(), value));
  std::uint64_t count = 0;
  for (const auto& [id, done] : lab.recorder.completed) {
    const Invoked& asked = lab.recorder.invoked.at(id);
    if (asked.type != ObjectType::max_register || done.outcome != Outcome::ok) continue;
    const std::pair<Time, std::uint64_t> from{asked.at, 0};
    const auto before = std::lower_bound(told.begin(), told.end(), from) - told.begin();
    if (before > 0 && highest[static_cast<std::size_t>(before - 1)] > done.values.at(0)) ++count;
  }
  return count;
}

// The replica that leads, if one does and no other.
inline std::optional<NodeId> only_leader(const Lab& lab) {
  const Names leaders = lab.with_role("s", "leader");
  return leaders.size() == 1 ? std::optional{lab.node(leaders.front())} : std::nullopt;
}

// An administrator who is not done, if there is one.
inline bool is_at_work(const Lab& lab) {
  const std::optional<NodeId> found = lab.world.find("s/administrator");
  if (!found) return false;
  const auto& administrator = lab.world.node<Administrator>(*found);
  return administrator.disk.done.get() < administrator.chores.size();
}

inline bool appended_twice(const StateMachine& machine) {
  const auto object = machine.objects.find(key_of("log"));
  if (object == machine.objects.end()) return false;
  std::set<std::uint64_t> values;
  const auto& entries = std::get<Sequence>(object->second).entries;
  for (std::uint64_t i = 0; i < entries.size(); ++i)
    if (!values.insert(entries[i].digest()).second) return true;
  return false;
}

// What must be true once everything is up, healed and quiet, whatever happened before. Returns what
// is not.
inline std::string wrong_in(const Lab& lab, const Options& options) {
  if (lab.world.failure()) return "model bug: " + lab.world.failure()->what;
  if (options.reads != Reads::local && stale_answers(lab) > 0)
    return "stale read: it missed what was known before it";
  const std::optional<NodeId> leader = only_leader(lab);
  if (!leader) return "there is not one leader";
  const Replica& best = lab.world.node<Replica>(*leader);
  if (appended_twice(best.memory.state.machine)) return "an entry was appended twice";
  const UpdateSet& held = lab.world.ledger().held({}, *leader);
  for (const NodeId member : best.members().voters)
    if (lab.world.ledger().held({}, member) != held ||
        lab.world.replicated_state(member) != lab.world.replicated_state(*leader))
      return "the members have not converged";
  for (const OperationId update : lab.recorder.acknowledged({}, {}, kForever))
    if (!held.contains(update)) return "an acknowledged update is lost";
  if (is_at_work(lab)) return "the administrator is not done";
  return {};
}

// A lab whose invariants are looked at after every event.
struct Watched {
  Lab lab;
  Invariants invariants;
  std::string violated;

  void run_until(Time time) {
    while (violated.empty() && lab.world.step(time, &lab.recorder))
      if (const auto wrong = invariants.after_event(lab.world, lab.replicas("s")))
        violated = *wrong + ", event " + std::to_string(lab.world.event().value);
    if (violated.empty()) lab.run_until(time);  // the clock stands there
  }
  void run_for(Duration duration) { run_until(lab.world.now() + duration); }
  std::string wrong(const Options& options) const {
    return violated.empty() ? wrong_in(lab, options) : violated;
  }
};

}  // namespace cleave::models::store::raft
