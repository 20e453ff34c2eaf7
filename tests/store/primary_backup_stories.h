// A primary-backup store between two coasts, for tests to tell stories with.
#pragma once
#include "models/store/primary_backup/install.h"
#include "models/store/primary_backup/replica.h"
#include "tests/support/lab.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
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
struct PrimaryBackup : ::testing::Test {
  support::Lab lab{{"east", "west"}};
  Options options;
  NodeId alice, bob;

  void build(const Names& regions = {"east", "west"}, const std::string& monitor = "west") {
    options.promote_after = 20_s;
    if (options.lease == Options{}.lease) options.lease = 10_s;
    lab.add_store("accounts", regions, with(options, monitor));
    const Patience patience{.deadline = 5_s, .answer_within = 1_s};
    alice = lab.add_person("alice", "east", "accounts", Routing::nearest, patience);
    bob = lab.add_person("bob", "west", "accounts", Routing::nearest, patience);
    lab.run_for(10_s);
  }
  OperationId write(NodeId person) {
    return lab.write(person, "accounts", "name", std::to_string(++value_));
  }
  // One every 100 ms.
  std::vector<OperationId> write_for(NodeId person, Duration duration) {
    std::vector<OperationId> written;
    for (Duration t; t < duration; t += 100_ms) {
      written.push_back(write(person));
      lab.run_for(100_ms);
    }
    return written;
  }
  std::size_t count(const std::vector<OperationId>& operations, Outcome outcome) const {
    return static_cast<std::size_t>(
        std::count_if(operations.begin(), operations.end(),
                      [&](OperationId id) { return lab.outcome(id) == outcome; }));
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
  void expect_converged_within(Duration duration) {
    lab.run_for(duration);
    EXPECT_TRUE(lab.converged("accounts"));
    EXPECT_FALSE(lab.world.failure()) << lab.world.failure()->what;
  }

 private:
  int value_ = 0;
};

inline const std::string kEast = "accounts/east/0";
inline const std::string kWest = "accounts/west/0";
inline const std::string kWest1 = "accounts/west/1";
inline const std::string kMonitor = "accounts/monitor";

}  // namespace cleave::models::store::primary_backup
