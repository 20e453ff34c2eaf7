// What engines say that sometimes happens is counted, and a campaign notices what never does.
#include "sim/explore/sweep.h"
#include "sim/report/sweep.h"
#include "sim/scenario/engines.h"
#include "sim/scenario/load.h"
#include "sim/scenario/run.h"
#include "sim/scenario/swarm.h"
#include "tests/scenario/story.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>

namespace cleave {
namespace {

using Frequency = Probe::Frequency;

std::uint64_t count_of(const RunResult& run, std::string_view name) {
  for (const ProbeResult& probe : run.probes)
    if (probe.name == name) return probe.count;
  ADD_FAILURE() << "no probe " << name;
  return 0;
}

RunResult run_text(const std::string& text) {
  return run(load_text("story.yaml", text).configurations.at(0).scenario);
}

TEST(Probes, are_counted_of_the_engines_in_use_and_of_no_other) {
  const RunResult calm = run_text(std::string(test::kStory));
  EXPECT_EQ(calm.probes.size(), find_engine("primary-backup")->probes.size());
  EXPECT_EQ(count_of(calm, "primary-backup: a backup was promoted"), 0u);
  const RunResult failover =
      run_text(test::with(test::kStory, "us-west: 1}}",
                          "us-west: 1}, options: {promote_after: 5s, monitor: "
                          "us-west, fencing: epoch}}"));
  EXPECT_EQ(count_of(failover, "primary-backup: a backup was promoted"), 1u);
  EXPECT_EQ(count_of(failover, "primary-backup: a primary left office"), 1u);
  EXPECT_GE(count_of(failover, "primary-backup: a primary's lease ran out"), 1u);
}

bool tells_of(const RunResult& run, std::string_view name) {
  return std::any_of(run.probes.begin(), run.probes.end(),
                     [&](const ProbeResult& probe) { return probe.name == name; });
}

// Nobody should wonder that no member was removed where none was to be.
TEST(Probes, are_those_that_a_stores_options_ask_for) {
  const auto raft = [](const std::string& options) {
    return run_text(
        test::with(test::kStory, "primary-backup, replicas: {us-east: 1, us-west: 1}}",
                   "raft, replicas: {us-east: 2, us-west: 2}, options: {" + options + "}}"));
  };
  const RunResult plain = raft("");
  EXPECT_TRUE(tells_of(plain, "raft: an election had no winner"));
  for (const char* name :
       {"raft: a snapshot was taken", "raft: a member was removed", "raft: a learner was added",
        "raft: the lead was handed over", "raft: a change of members was taken back"})
    EXPECT_FALSE(tells_of(plain, name)) << name;
  const RunResult small = raft("snapshot_every: 10, administration: [{at: 5s, remove: us-west/1}]");
  EXPECT_GT(count_of(small, "raft: a snapshot was taken"), 0u);
  EXPECT_EQ(count_of(small, "raft: a member was removed"), 1u);
  EXPECT_TRUE(tells_of(small, "raft: a change of members was taken back"));
  EXPECT_FALSE(tells_of(small, "raft: a learner was added"));
  EXPECT_FALSE(tells_of(small, "raft: the lead was handed over"));
  EXPECT_TRUE(tells_of(small, "raft: a pre-vote was refused"));
  const RunResult off = raft(
      "snapshot_every: 0, pre_vote: off, check_quorum: off, administration: [{at: 5s, transfer_to: "
      "us-west/1}]");
  for (const char* name : {"raft: a snapshot was taken", "raft: a pre-vote was refused",
                           "raft: a change of members was taken back"})
    EXPECT_FALSE(tells_of(off, name)) << name;
}

TEST(Probes, of_an_engine_have_its_name_and_differ) {
  for (const models::store::Engine& engine : engines()) {
    std::set<std::uint64_t> hashes;
    EXPECT_FALSE(engine.probes.empty()) << engine.name;
    for (const Probe& probe : engine.probes) {
      EXPECT_TRUE(probe.text.starts_with(std::string(engine.name) + ": ")) << probe.text;
      EXPECT_TRUE(hashes.insert(probe.hash).second) << probe.text;
    }
  }
}

// A hundred runs of a swarm that reach what is told.
Sweep campaign(std::uint64_t runs, const std::vector<ProbeResult>& probes) {
  Sweep sweep;
  sweep.swarm = true;
  sweep.probes_required = true;
  sweep.plan.last = runs;
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    SeedResult result;
    result.run.seed = seed;
    result.run.probes = probes;
    sweep.results.push_back(result);
  }
  return sweep;
}

TEST(Probes, that_no_run_of_a_campaign_reached_fail_it) {
  const Sweep sweep = campaign(100, {{"e: often", Frequency::common, 2},
                                     {"e: never", Frequency::common, 0},
                                     {"e: seldom", Frequency::rare, 0}});
  EXPECT_EQ(probes_of(sweep).at(0).count, 200u);
  EXPECT_EQ(probes_missed(sweep), std::vector<std::string>{"e: never"});
  EXPECT_EQ(status_of(sweep), Status::not_reached);
  const std::string text = text_sweep(sweep, {});
  EXPECT_NE(text.find("never  e: never\n"), std::string::npos) << text;
  EXPECT_NE(text.find("never  e: seldom (rare)\n"), std::string::npos) << text;
  EXPECT_NE(text.find("200  e: often\n"), std::string::npos) << text;
  EXPECT_NE(text.find("exit 6: no run reached a probe that the scenario requires"),
            std::string::npos);
}

TEST(Probes, are_missed_neither_by_few_runs_nor_where_nobody_requires_them) {
  const std::vector<ProbeResult> never{{"e: never", Frequency::common, 0}};
  EXPECT_EQ(status_of(campaign(99, never)), Status::as_stated);
  Sweep unasked = campaign(100, never);
  unasked.probes_required = false;
  EXPECT_EQ(status_of(unasked), Status::as_stated);
  Sweep broken = campaign(100, never);
  broken.results[7].run.status = Status::liveness;
  EXPECT_EQ(status_of(broken), Status::liveness) << "what broke goes first";
}

TEST(Probes, are_required_by_a_scenario_that_says_so) {
  const auto tree = [](const std::string& words) {
    return load_text("s.yaml", std::string(test::kStory) + words).configurations.at(0).tree;
  };
  EXPECT_FALSE(requires_probes(tree("")));
  EXPECT_FALSE(requires_probes(tree("swarm: {set: {run_for: 50s..60s}}\n")));
  EXPECT_TRUE(requires_probes(tree("swarm: {probes: required, set: {run_for: 50s..60s}}\n")));
}

}  // namespace
}  // namespace cleave
