#include "models/store/workload_client.h"

#include "models/store/objects.h"
#include "models/store/primary_backup/install.h"
#include "models/store/primary_backup/replica.h"
#include "tests/support/lab.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace cleave::models::store {
namespace {

using support::Lab;

struct OneClient {
  Lab lab{{"east", "west"}};
  StoreId store;
  NodeId client;

  static Load writes(OpenLoop pace) {
    Load load;
    load.from = Time{} + 1_s;
    load.until = Time{} + 11_s;
    load.pace = pace;
    load.mix = {{Action::write, 1}};
    load.keys = {"user-", KeyNames::Range{0, 100}, ""};
    return load;
  }
  void build(const std::vector<Load>& loads, const std::string& region = "east") {
    store = lab.add_store("s", {"east", "west"}, [](World& world, const StorePlan& plan) {
      return primary_backup::install(world, plan, {{}, "west"});
    });
    WorkloadClient node;
    node.name = "client/0";
    node.seed = lab.world.seed();
    node.stores = {lab.access(region, "s")};
    node.loads = loads;
    client = lab.add("client/0", region, node);
  }
  std::vector<Duration> times() const {
    std::vector<Duration> times;
    for (const auto& [id, operation] : lab.recorder.invoked)
      times.push_back(operation.at - Time{});
    return times;
  }
  std::map<std::uint64_t, int> keys() const {
    std::map<std::uint64_t, int> count;
    for (const auto& [id, operation] : lab.recorder.invoked)
      ++count[operation.key];
    return count;
  }
};

struct WorkloadClientTest : OneClient, ::testing::Test {};

TEST_F(WorkloadClientTest, an_open_loop_keeps_its_times) {
  build({writes({.every = 250_ms})});
  lab.run_for(60_s);
  std::vector<Duration> expected;
  for (Duration t = 1_s; t < 11_s; t += 250_ms)
    expected.push_back(t);
  EXPECT_EQ(times(), expected);
  EXPECT_EQ(lab.recorder.count(Outcome::ok), expected.size());
}

TEST_F(WorkloadClientTest, a_poisson_loop_has_the_mean_asked_for_and_no_regular_times) {
  Load load = writes({.every = 10_ms, .arrivals = OpenLoop::Arrivals::poisson});
  load.until = Time{} + 101_s;
  build({load});
  lab.run_for(110_s);
  const auto arrivals = static_cast<double>(times().size());
  EXPECT_NEAR(arrivals, 10'000, 400) << "four standard deviations";
  std::set<std::int64_t> gaps;
  for (std::size_t i = 1; i < times().size() && i < 100; ++i)
    gaps.insert((times()[i] - times()[i - 1]).ns);
  EXPECT_GT(gaps.size(), 90u);
}

TEST_F(WorkloadClientTest, what_is_asked_does_not_depend_on_how_the_store_fares) {
  Load load = writes({.every = 50_ms, .arrivals = OpenLoop::Arrivals::poisson});
  load.mix = {{Action::write, 1}, {Action::read, 3}};
  const auto asked = [&load](bool troubled) {
    OneClient test;
    test.build({load});
    if (troubled) test.lab.cut({{"client/0"}, {"s"}});
    test.lab.run_for(30_s);
    std::vector<std::tuple<std::int64_t, std::uint64_t, Action, std::uint64_t>> all;
    for (const auto& [id, operation] : test.lab.recorder.invoked)
      all.emplace_back(operation.at.ns, operation.key, operation.action, operation.argument);
    return all;
  };
  EXPECT_EQ(asked(false), asked(true));
  EXPECT_GT(asked(true).size(), 100u);
}

TEST_F(WorkloadClientTest, a_closed_loop_waits_for_answers_and_thinks) {
  Load load = writes({});
  load.pace = ClosedLoop{.in_flight = 3, .think = 500_ms};
  build({load});
  lab.run_for(60_s);
  // An operation in the region takes 2 ms and a sync of 2 ms, the first of a round a little more.
  std::map<Time, int> changes;
  for (const auto& [id, operation] : lab.recorder.invoked)
    ++changes[operation.at];
  for (const auto& [id, operation] : lab.recorder.completed)
    --changes[operation.at];
  int under_way = 0;
  int most = 0;
  for (const auto& [at, change] : changes)
    most = std::max(most, under_way += change);
  EXPECT_EQ(most, 3);
  EXPECT_EQ(under_way, 0) << "and none begins after the end";
  EXPECT_NEAR(static_cast<double>(times().size()), 3 * 10.0 / 0.504, 3);
}

TEST_F(WorkloadClientTest, a_closed_loop_goes_on_after_an_unknown_outcome) {
  Load load = writes({});
  load.pace = ClosedLoop{.in_flight = 1, .think = 0_s};
  load.patience = {.deadline = 1_s, .answer_within = 1_s};
  build({load});
  lab.cut({{"client/0"}, {"s"}});
  lab.run_for(60_s);
  EXPECT_EQ(lab.recorder.count(Outcome::unknown), 10u);
}

TEST_F(WorkloadClientTest, keys_are_uniform_in_turn_or_by_zipf) {
  Load uniform = writes({.every = 1_ms});
  Load in_turn = uniform;
  in_turn.key_choice = KeyOrder::sequential;
  in_turn.keys = {"turn-", KeyNames::Range{5, 3}, "-x"};
  Load popular = uniform;
  popular.keys = {"zipf-", KeyNames::Range{0, 100}, ""};
  popular.key_choice = Zipf({.ranks = 100, .exponent_thousandths = 1000});
  Load single = uniform;
  single.keys = {"the only one", {}, ""};
  build({uniform, in_turn, popular, single});
  lab.run_for(12_s);
  auto count = keys();
  const auto hits = [&count](const std::string& name) { return count[key_of(name).value]; };
  for (const int i : {0, 50, 99})
    EXPECT_NEAR(hits("user-" + std::to_string(i)), 100, 45) << i;
  for (const char* name : {"turn-5-x", "turn-6-x", "turn-7-x"})
    EXPECT_NEAR(hits(name), 3333, 1) << name;
  EXPECT_NEAR(hits("zipf-0"), 10'000 / 5.187, 160) << "1 / (1 + 1/2 + ... + 1/100)";
  EXPECT_NEAR(hits("zipf-1"), 10'000 / 5.187 / 2, 120);
  EXPECT_EQ(hits("the only one"), 10'000);
}

TEST_F(WorkloadClientTest, actions_come_by_their_weights) {
  Load load = writes({.every = 1_ms});
  load.mix = {{Action::read, 9}, {Action::write, 1}, {Action::compare_and_set, 0}};
  build({load});
  lab.run_for(12_s);
  std::map<Action, int> count;
  for (const auto& [id, operation] : lab.recorder.invoked)
    ++count[operation.action];
  EXPECT_NEAR(count[Action::read], 9000, 120);
  EXPECT_NEAR(count[Action::write], 1000, 120);
  EXPECT_EQ(count[Action::compare_and_set], 0);
}

TEST_F(WorkloadClientTest, no_value_is_written_twice) {
  Load load = writes({.every = 10_ms});
  build({load, load});
  lab.run_for(5_s);
  lab.crash("client/0");
  lab.run_for(1_s);
  lab.restart("client/0");
  lab.run_for(10_s);
  std::set<std::uint64_t> values;
  for (const auto& [id, operation] : lab.recorder.invoked)
    EXPECT_TRUE(values.insert(operation.argument).second);
  EXPECT_GT(values.size(), 1700u);
}

TEST_F(WorkloadClientTest, what_was_missed_while_down_is_not_made_up_for) {
  build({writes({.every = 100_ms})});
  lab.run_for(3050_ms);
  lab.crash("client/0");
  lab.run_for(4_s);
  lab.restart("client/0");
  lab.run_for(10_s);
  std::vector<Duration> expected;
  for (Duration t = 1_s; t < 11_s; t += 100_ms)
    if (t < 3050_ms || t > 7050_ms) expected.push_back(t);
  EXPECT_EQ(times(), expected);
}

// Every type with all its actions, by one client that learns from its answers.

TEST_F(WorkloadClientTest, each_type_is_used_as_it_is_meant_to_be) {
  std::vector<Load> loads;
  for (int t = 0; t < 8; ++t) {
    Load load = writes({.every = 40_ms});
    load.type = static_cast<ObjectType>(t);
    load.mix.clear();
    for (const Action action : actions_of(load.type))
      load.mix.push_back({action, 1});
    load.keys = {"object of type " + std::to_string(t), {}, ""};
    load.bound = 80;
    loads.push_back(load);
  }
  build(loads);
  lab.run_for(60_s);
  ASSERT_FALSE(lab.world.failure());
  std::map<std::pair<ObjectType, Action>, int> ok;
  std::map<ObjectType, std::set<std::uint64_t>> read;
  for (const auto& [id, done] : lab.recorder.completed) {
    const Invoked& operation = lab.recorder.invoked.at(id);
    if (done.outcome != Outcome::ok) continue;
    ++ok[{operation.type, operation.action}];
    read[operation.type].insert(done.values.begin(), done.values.end());
  }
  for (const Load& load : loads)
    for (const ActionShare& share : load.mix)
      EXPECT_GE((ok[{load.type, share.action}]), 20)
          << to_string(load.type) << " " << to_string(share.action);
  EXPECT_GT(lab.recorder.count(Outcome::refused), 20u) << "reservations beyond the bound";
  EXPECT_GT(read[ObjectType::log].size(), 50u) << "entries of the log, by reading on";
  EXPECT_GT(read[ObjectType::max_register].size(), 50u) << "a value that rises";
  const auto& objects =
      lab.world.node<primary_backup::Replica>(lab.replicas("s")[0]).memory.machine.objects;
  const auto& queue = std::get<Queue>(objects.at(key_of("object of type 4")));
  EXPECT_GT(queue.acknowledged, 20u) << "what was read is acknowledged";
  const auto& set = std::get<Set>(objects.at(key_of("object of type 2")));
  EXPECT_LT(set.members.size(), set.version) << "what was added is removed again";
  EXPECT_EQ(std::get<RegisterMap>(objects.at(key_of("object of type 7"))).registers.size(),
            WorkloadClient::kFields);
}

}  // namespace
}  // namespace cleave::models::store
