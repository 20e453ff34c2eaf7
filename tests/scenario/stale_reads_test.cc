// What scenarios/raft/leases.yaml is about, counted: reads that were told less than what had been
// acknowledged, to whomever, before they began.
#include "sim/scenario/load.h"
#include "sim/scenario/run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>

namespace cleave {
namespace {

// Of registers. Versions of one register count its writes.
class StaleReads : public Observer {
 public:
  std::uint64_t reads = 0;
  std::uint64_t stale = 0;

  using Observer::on;
  void on(const Invoked& operation) override {
    open_[operation.id] = {operation.action, operation.key, acknowledged_[operation.key]};
  }
  void on(const Completed& operation) override {
    const Open open = open_.at(operation.id);
    open_.erase(operation.id);
    if (operation.outcome != Outcome::ok) return;
    if (open.action == Action::write) {
      std::uint64_t& known = acknowledged_[open.key];
      known = std::max(known, operation.version);
      return;
    }
    ++reads;
    if (operation.version < open.least) ++stale;
  }

 private:
  struct Open {
    Action action = Action::read;
    std::uint64_t key = 0;
    std::uint64_t least = 0;  // version that was acknowledged when it began
  };
  std::map<OperationId, Open> open_;
  std::map<std::uint64_t, std::uint64_t> acknowledged_;  // by key
};

StaleReads counted(const std::string& configuration, std::uint64_t seed) {
  static const Loaded loaded = load_file("scenarios/raft/leases.yaml");
  const Configuration* found = loaded.find(configuration);
  EXPECT_NE(found, nullptr) << configuration;
  StaleReads count;
  run(found->scenario, {.seed = seed, .observer = &count});
  return count;
}

TEST(StaleReads, are_none_where_the_leader_asks_or_holds_a_lease) {
  for (const char* configuration :
       {"", "log", "lease", "lease-slow-clock", "lease-after-a-pause"}) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      const StaleReads count = counted(configuration, seed);
      EXPECT_GT(count.reads, 300u) << configuration;
      EXPECT_EQ(count.stale, 0u) << configuration << " with seed " << seed;
    }
  }
}

// For most of the 20 s of the cut, 40 reads a second.
TEST(StaleReads, are_many_where_any_replica_answers_or_a_lease_is_too_long) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    EXPECT_GT(counted("local", seed).stale, 500u) << "seed " << seed;
    EXPECT_GT(counted("lease-too-long", seed).stale, 100u) << "seed " << seed;
  }
}

}  // namespace
}  // namespace cleave
