// What distance costs: the slopes that theory gives, whatever else goes wrong in the scenario.
#include "sim/explore/distance.h"

#include "sim/scenario/load.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace cleave {
namespace {

struct Row {
  const char* name;
  const char* regions;
  const char* store;
  std::optional<std::int64_t> write, read;  // thousandths; none: not measured
};

Scenario scenario_of(const Row& row, const std::string& faults) {
  const std::string text = std::string("cleave: 1\nname: Far\nrun_for: 30s\n") +
                           "topology: {latency: aws-2017, regions: " + row.regions +
                           "}\nstores:\n  notes: " + row.store +
                           "\nclients:\n  near: {region: us-east}\nworkload:\n"
                           "  - {from: 10s, to: 25s, every: 1s, by: near, do: {read: 1, write: 1}, "
                           "on: notes, key: a}\n" +
                           faults;
  return load_text("far.yaml", text).configurations.front().scenario;
}

class Distance : public ::testing::TestWithParam<Row> {};

TEST_P(Distance, costs_as_many_ways_as_are_waited_for) {
  const Row& row = GetParam();
  const Scenario scenario = scenario_of(row, "");
  const std::vector<DelaySlope> slopes = cost_of_distance(scenario);
  std::optional<std::int64_t> write, read;
  for (const DelaySlope& slope : slopes) {
    EXPECT_EQ(slope.delays, kDistances.size()) << slope.operation;
    (slope.operation == "write notes" ? write : read) = slope.thousandths;
  }
  const auto close = [](std::optional<std::int64_t> is, std::optional<std::int64_t> expected) {
    return is.has_value() == expected.has_value() && (!is || std::abs(*is - *expected) <= 60);
  };
  EXPECT_TRUE(close(write, row.write)) << write.value_or(-1);
  EXPECT_TRUE(close(read, row.read)) << read.value_or(-1);
}

INSTANTIATE_TEST_SUITE_P(
    Slopes, Distance,
    ::testing::Values(
        Row{"primary_beside_the_client", "[us-east, us-west]",
            "{engine: primary-backup, replicas: {us-east: 1, us-west: 1}}", 0, 0},
        Row{"primary_across_the_continent", "[us-east, us-west]",
            "{engine: primary-backup, replicas: {us-west: 1, us-east: 1}}", 2000, 2000},
        Row{"primary_that_waits_for_its_backup", "[us-east, us-west]",
            "{engine: primary-backup, replicas: {us-east: 1, us-west: 1}, options: {acknowledge: "
            "semi-sync}}",
            2000, 0},
        Row{"majority_in_one_region", "[us-east, us-west]",
            "{engine: raft, replicas: {us-east: 3}}", 0, 0},
        Row{"one_region", "[us-east]", "{engine: raft, replicas: {us-east: 3}}", std::nullopt,
            std::nullopt}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Distances, are_measured_without_what_goes_wrong) {
  const Row row{"",
                "[us-east, us-west]",
                "{engine: primary-backup, replicas: {us-east: 1, us-west: 1}}",
                {},
                {}};
  const Scenario calm = without_faults(scenario_of(row, ""), Duration{1'000'000});
  const Scenario torn = without_faults(
      scenario_of(row,
                  "faults:\n  - {name: split, at: 5s, for: 20s, cut: [us-east, us-west]}\n"
                  "expect:\n  - {converges: notes, within: 1s, after: split}\n"),
      Duration{1'000'000});
  EXPECT_EQ(torn.faults.size(), calm.faults.size());
  EXPECT_TRUE(torn.expect.empty());
  EXPECT_EQ(run(torn).digest, run(calm).digest);
}

}  // namespace
}  // namespace cleave
