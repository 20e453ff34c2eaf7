// Holds Raft to the table of its promises, type by type: two of three replicas are in the west, the
// leader is in the east when the coasts are cut apart. What it promises must hold; what it does not
// promise must break, or the test shows nothing.
#include "models/catalogue.h"
#include "models/store/raft/replica.h"
#include "tests/store/two_coasts.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace cleave::models::store::raft {

models::Entry entry();

namespace {

const StateMachine& machine_of_replica(const World& world, NodeId replica) {
  return world.node<Replica>(replica).memory.state.machine;
}

std::vector<Promise> all_promises() {
  return entry().engine->promises;
}

// The first seed that elects a leader in the east.
TwoCoasts two_coasts(const Promise& promise, ObjectType type) {
  for (std::uint64_t seed = 1;; ++seed) {
    TwoCoasts run(*entry().engine, machine_of_replica, promise, type, map_of({}), seed);
    run.lab.run_until(Time{} + 20_s);
    if (run.lab.with_role("accounts", "leader") == std::vector<std::string>{"accounts/east/0"})
      return run;
  }
}

class RaftPromise : public ::testing::TestWithParam<std::size_t> {};

TEST_P(RaftPromise, is_kept_by_each_type) {
  const Promise promise = all_promises()[GetParam()];
  for (std::size_t t = 0; t < kObjectTypes; ++t) {
    const auto type = static_cast<ObjectType>(t);
    TwoCoasts run = two_coasts(promise, type);
    run.run();
    if (HasFatalFailure()) return;
    const std::string what = name_of(promise) + std::string(to_string(type));
    EXPECT_EQ(promise.kept[t], Kept::always);
    EXPECT_GT(run.lab.recorder.acknowledged(run.store).size(), 1000u) << what;
    // Of a max-register, falls are what a stale read shows.
    const bool may_be_stale = promise.stale_reads && type == ObjectType::max_register;
    EXPECT_EQ(broken(run, type) > 0, may_be_stale) << what;
  }
}

INSTANTIATE_TEST_SUITE_P(OfEachRow, RaftPromise,
                         ::testing::Range(std::size_t{0}, all_promises().size()));

TEST(RaftPromises, a_side_without_a_majority_serves_no_updates_and_only_local_reads) {
  for (const Promise& promise : all_promises()) {
    TwoCoasts run = two_coasts(promise, ObjectType::reg);
    run.run();
    std::map<std::pair<bool, bool>, int> served;  // in the east, updates
    for (const auto& [id, done] : run.lab.recorder.completed) {
      const Invoked& asked = run.lab.recorder.invoked.at(id);
      if (done.outcome == Outcome::ok && asked.at > kCut + 10_s && done.at < kHeal)
        ++served[{run.in_east(id), is_update(asked.action)}];
    }
    const std::string what = name_of(promise);
    EXPECT_TRUE(promise.blocks) << what;
    EXPECT_EQ((served[{true, true}]), 0) << what;
    EXPECT_GT((served[{false, true}]), 500) << what;
    EXPECT_EQ((served[{true, false}]) > 0, promise.stale_reads) << what;
    EXPECT_GT((served[{false, false}]), 200) << what;
  }
}

}  // namespace
}  // namespace cleave::models::store::raft
