// A Raft group in three regions, for tests to tell stories with.
#pragma once
#include "models/store/raft/install.h"
#include "models/store/raft/replica.h"
#include "tests/store/account_story.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cleave::models::store::raft {

using Names = std::vector<std::string>;

inline support::Build with(const Options& options) {
  return [=](World& world, const StorePlan& plan) { return install(world, plan, {options, {}}); };
}

// A replica in each region, 20 ms apart. Alice lives in the region of the first leader, Bob in
// another.
struct Raft : AccountStory {
  Options options;
  NodeId alice, bob;
  std::string home, away, third;  // regions: of the first leader, of Bob, the last

  Raft() : AccountStory(support::Lab(regions(), 20_ms)) {}

  static Names regions() { return {"east", "west", "north"}; }
  static std::string path(const std::string& region) { return "accounts/" + region + "/0"; }

  // With `reset`, in a new World.
  void build(std::uint64_t seed = 1) {
    lab = support::Lab(regions(), 20_ms, seed);
    lab.add_store("accounts", regions(), with(options));
    for (const std::string& region : regions())
      person("person in " + region, region);
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
  Names leaders() const { return lab.with_role("accounts", "leader"); }
  const Replica& replica(const std::string& region) {
    return lab.world.node<Replica>(lab.node(path(region)));
  }
  Duration took(OperationId id) const {
    return lab.recorder.completed.at(id).at - lab.recorder.invoked.at(id).at;
  }
  void cut_off(const std::string& region) { lab.begin(Verb::isolate, {{region}}); }
  void expect_converged_within(Duration duration) {
    AccountStory::expect_converged_within(duration);
    EXPECT_TRUE(lab.lost("accounts").empty());
  }
};

}  // namespace cleave::models::store::raft
