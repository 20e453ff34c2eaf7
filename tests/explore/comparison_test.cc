#include "sim/explore/comparison.h"

#include "sim/explore/parting.h"
#include "sim/scenario/build.h"
#include "sim/scenario/load.h"
#include "sim/scenario/run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cleave {
namespace {

Measured with(Measure measure, std::int64_t value) {
  Measured m;
  m.values[static_cast<std::size_t>(measure)] = value;
  return m;
}

Compared lost(std::vector<std::int64_t> by_seed) {
  Compared compared;
  for (const std::int64_t value : by_seed)
    compared.of_seeds.push_back(with(Measure::lost, value));
  return compared;
}

TEST(Spread, is_by_nearest_rank) {
  std::vector<std::int64_t> hundred;
  for (std::int64_t i = 100; i >= 1; --i)
    hundred.push_back(i);
  EXPECT_EQ(spread_of(hundred), (Spread{100, 50, 5, 95}));
  std::vector<std::int64_t> twenty(hundred.end() - 20, hundred.end());
  EXPECT_EQ(spread_of(twenty), (Spread{20, 10, 1, 19}));
}

TEST(Spread, of_few_seeds_is_from_the_least_to_the_most) {
  EXPECT_EQ(spread_of(std::vector<std::int64_t>{7}), (Spread{1, 7, 7, 7}));
  std::vector<std::int64_t> nineteen;
  for (std::int64_t i = 1; i <= 19; ++i)
    nineteen.push_back(i);
  EXPECT_EQ(spread_of(nineteen), (Spread{19, 10, 1, 19}));
  EXPECT_EQ(spread_of(std::vector<std::int64_t>{}), std::nullopt);
}

TEST(Spread, leaves_out_seeds_without_a_value) {
  Compared compared = lost({3, 5});
  compared.of_seeds.emplace_back();
  EXPECT_EQ(spread_of(compared, Measure::lost), (Spread{2, 3, 3, 5}));
  EXPECT_EQ(spread_of(compared, Measure::stale), std::nullopt);
}

// Seed by seed nearly all are lower, though all together look the same.
TEST(PairedDifference, is_of_each_seed_with_itself) {
  const auto found = difference(lost({10, 20, 30, 40}), lost({9, 19, 29, 41}), Measure::lost);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->lower, 3u);
  EXPECT_EQ(found->higher, 1u);
  EXPECT_EQ(found->equal, 0u);
  EXPECT_EQ(found->median, -1);
  EXPECT_FALSE(difference(lost({1}), lost({1}), Measure::p99));
  EXPECT_EQ(difference(lost({1}), lost({1}), Measure::lost)->equal, 1u);
}

TEST(Measured, comes_back_from_its_line) {
  Measured m = with(Measure::lost, 4'309);
  m.values[static_cast<std::size_t>(Measure::together)] = -1;
  m.status = Status::liveness;
  m.operations = {{"write accounts", Duration{4'000'000}}, {"read a b", Duration{1}}};
  EXPECT_EQ(read_measured(to_line(m)), m);
  EXPECT_EQ(read_measured(to_line(Measured{})), Measured{});
}

TEST(Measured, is_what_the_run_says) {
  const Loaded loaded = load_file("scenarios/incidents/github-2018.yaml");
  const RunResult result = run(loaded.configurations[0].scenario);
  const Measured m = measured(result);
  const auto value = [&m](Measure measure) { return m.values[static_cast<std::size_t>(measure)]; };
  EXPECT_EQ(value(Measure::apart), static_cast<std::int64_t>(result.stores[0].curve.peak));
  EXPECT_EQ(value(Measure::together), result.stores[0].curve.converged->ns);
  EXPECT_EQ(value(Measure::lost), 4'309);
  EXPECT_EQ(value(Measure::stale), 0);
  EXPECT_EQ(*value(Measure::least_served) / 1'000, 739);
  EXPECT_EQ(value(Measure::p50), result.latency[0].p50.ns);
  EXPECT_EQ(value(Measure::p99), result.latency[0].p99.ns);
}

Compared at_delay(std::int64_t delay, std::vector<std::int64_t> p50s) {
  Compared compared;
  compared.delay = Duration{delay};
  for (const std::int64_t p50 : p50s) {
    compared.of_seeds.emplace_back();
    compared.of_seeds.back().operations = {{"write", Duration{p50}}};
  }
  return compared;
}

TEST(DelaySlope, is_the_median_of_all_pairs) {
  Comparison comparison;
  // 2 d + 93; one point is far off, and the middle seed counts.
  for (const std::int64_t d : {10, 20, 30, 40, 50})
    comparison.all.push_back(at_delay(d, {0, 2 * d + 93, 1'000'000}));
  comparison.all[2] = at_delay(30, {500});
  const std::vector<DelaySlope> slopes = delay_slopes(comparison);
  ASSERT_EQ(slopes.size(), 1u);
  EXPECT_EQ(slopes[0].operation, "write");
  EXPECT_EQ(slopes[0].thousandths, 2'000);
  EXPECT_EQ(slopes[0].delays, 5u);
}

TEST(DelaySlope, is_not_there_for_one_delay_or_none) {
  Comparison comparison;
  comparison.all = {at_delay(10, {1})};
  EXPECT_TRUE(delay_slopes(comparison).empty());
  comparison.all = {at_delay(10, {1}), at_delay(20, {2})};
  comparison.all[1].delay.reset();
  EXPECT_TRUE(delay_slopes(comparison).empty());
}

Parting parting_of(const std::string& configuration) {
  const Loaded loaded = load_file("scenarios/incidents/github-2018.yaml");
  const Configuration& other = *loaded.find(configuration);
  const RunResult a = run(loaded.configurations[0].scenario);
  RunResult b = run(other.scenario);
  b.configuration = configuration;
  return parting(loaded.configurations[0].scenario, a, other.scenario, b);
}

TEST(Parting, is_the_first_event_that_is_not_the_same) {
  const Parting found = parting_of("semi-sync");
  ASSERT_TRUE(found.difference && found.difference->first && found.difference->second);
  const Loaded loaded = load_file("scenarios/incidents/github-2018.yaml");
  // Up to the event before it, both have the same digest of their traces; with it they have not.
  const std::uint64_t event =
      std::min(found.difference->first->event.value, found.difference->second->event.value);
  World first = build(loaded.configurations[0].scenario, 42).world;
  World second = build(loaded.find("semi-sync")->scenario, 42).world;
  first.run(event - 1, Time{1'000'000'000'000});
  second.run(event - 1, Time{1'000'000'000'000});
  EXPECT_EQ(first.trace().value(), second.trace().value());
  first.run(1, Time{1'000'000'000'000});
  second.run(1, Time{1'000'000'000'000});
  EXPECT_NE(first.trace().value(), second.trace().value());
  EXPECT_NE(words(found).find("event "), std::string::npos);
}

TEST(Parting, is_nowhere_for_the_same_run) {
  const Parting found = parting_of("");
  EXPECT_FALSE(found.difference);
  EXPECT_EQ(words(found), "nowhere: the same bits from start to end");
}

}  // namespace
}  // namespace cleave
