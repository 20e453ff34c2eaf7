// A Raft group in three regions, for tests to tell stories with.
#pragma once
#include "models/store/raft/install.h"
#include "models/store/raft/replica.h"
#include "tests/support/lab.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace cleave::models::store::raft {

using Names = std::vector<std::string>;

inline support::Build with(const Options& options) {
  return [=](World& world, const StorePlan& plan) { return install(world, plan, options); };
}

// A replica in each region, 20 ms apart. Alice lives in the region of the first leader, Bob in
// another.
struct Raft : ::testing::Test {
  support::Lab lab{regions(), 20_ms};
  Options options;
  NodeId alice, bob;
  std::string home, away, third;  // regions: of the first leader, of Bob, the last

  static Names regions() { return {"east", "west", "north"}; }
  static std::string path(const std::string& region) { return "accounts/" + region + "/0"; }

  // With `reset`, in a new World.
  void build(std::uint64_t seed = 1) {
    lab = support::Lab(regions(), 20_ms, seed);
    lab.add_store("accounts", regions(), with(options));
    for (const std::string& region : regions())
      person(region);
    lab.run_for(10_s);
    ASSERT_EQ(leaders().size(), 1u);
    home = leaders().front().substr(9, leaders().front().size() - 11);
    Names others = regions();
    std::erase(others, home);
    away = others[0];
    third = others[1];
    alice = lab.node("person in " + home);
    bob = lab.node("person in " + away);
  }
  NodeId person(const std::string& region) {
    const Patience patience{.deadline = 5_s, .answer_within = 1_s};
    return lab.add_person("person in " + region, region, "accounts", Routing::nearest, patience);
  }
  Names leaders() const { return lab.with_role("accounts", "leader"); }
  const Replica& replica(const std::string& region) {
    return lab.world.node<Replica>(lab.node(path(region)));
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
  Duration took(OperationId id) const {
    return lab.recorder.completed.at(id).at - lab.recorder.invoked.at(id).at;
  }
  void cut_off(const std::string& region) { lab.begin(Verb::isolate, {{region}}); }
  void expect_converged_within(Duration duration) {
    lab.run_for(duration);
    EXPECT_TRUE(lab.converged("accounts"));
    EXPECT_TRUE(lab.lost("accounts").empty());
    EXPECT_FALSE(lab.world.failure()) << lab.world.failure()->what;
  }

 private:
  int value_ = 0;
};

}  // namespace cleave::models::store::raft
