// A primary-backup store between two coasts, for tests to tell stories with.
#pragma once
#include "models/store/primary_backup/install.h"
#include "models/store/primary_backup/replica.h"
#include "tests/store/account_story.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cleave::models::store::primary_backup {

using Names = std::vector<std::string>;

inline support::Build with(const Options& options, const std::string& monitor = "west") {
  return [=](World& world, const StorePlan& plan) {
    return install(world, plan, {options, monitor});
  };
}

// The east has the primary, the west the monitor and, as a rule, the backups. Alice lives in the
// east, Bob in the west.
struct PrimaryBackup : AccountStory {
  Options options;
  NodeId alice, bob;

  PrimaryBackup() : AccountStory(support::Lab({"east", "west"})) {}

  void build(const Names& regions = {"east", "west"}, const std::string& monitor = "west") {
    options.promote_after = 20_s;
    if (options.lease == Options{}.lease) options.lease = 10_s;
    lab.add_store("accounts", regions, with(options, monitor));
    alice = person("alice", "east");
    bob = person("bob", "west");
    lab.run_for(10_s);
  }
  Names primaries() const { return lab.with_role("accounts", "primary"); }
  const Replica& replica(const std::string& path) {
    return lab.world.node<Replica>(lab.node(path));
  }
  std::vector<Time> times_of(Purpose fact) const {
    std::vector<Time> times;
    for (const Fact& stated : lab.recorder.facts_named(fact))
      times.push_back(stated.at);
    return times;
  }
};

inline const std::string kEast = "accounts/east/0";
inline const std::string kWest = "accounts/west/0";
inline const std::string kWest1 = "accounts/west/1";
inline const std::string kMonitor = "accounts/monitor";

}  // namespace cleave::models::store::primary_backup
