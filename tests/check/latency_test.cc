#include "sim/check/latency.h"

#include "sim/base/assert.h"
#include "sim/base/random.h"
#include "tests/check/story.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace cleave::test {
namespace {

TEST(LatencyHistogram, small_values_are_exact) {
  LatencyHistogram histogram;
  for (std::int64_t n = 1; n <= 200; ++n)
    histogram.add(Duration{n});
  EXPECT_EQ(histogram.count(), 200u);
  EXPECT_EQ(histogram.quantile(1, 2), Duration{100});
  EXPECT_EQ(histogram.quantile(1, 200), Duration{1});
  EXPECT_EQ(histogram.quantile(99, 100), Duration{198});
  EXPECT_EQ(histogram.quantile(1, 1), Duration{200});
}

TEST(LatencyHistogram, one_value_is_every_quantile_exactly) {
  for (const std::int64_t ns :
       {std::int64_t{0}, std::int64_t{1}, std::int64_t{255}, std::int64_t{256}, std::int64_t{257},
        std::int64_t{87'000'001}, INT64_MAX}) {
    LatencyHistogram histogram;
    histogram.add(Duration{ns});
    EXPECT_EQ(histogram.quantile(1, 1000), Duration{ns});
    EXPECT_EQ(histogram.quantile(999, 1000), Duration{ns});
    EXPECT_EQ(histogram.largest(), Duration{ns});
  }
}

TEST(LatencyHistogram, is_never_too_low_and_at_most_one_part_in_128_too_high) {
  for (std::uint64_t round = 0; round < 60; ++round) {
    SCOPED_TRACE(round);
    Random r = Random::at(99, 1, 2, round);
    LatencyHistogram histogram;
    std::vector<std::int64_t> values;
    const std::uint64_t range = std::uint64_t{2} << round;
    for (int i = 0; i < 500; ++i) {
      values.push_back(static_cast<std::int64_t>(r.below(range)));
      histogram.add(Duration{values.back()});
    }
    std::stable_sort(values.begin(), values.end());
    for (const std::uint64_t permille : {1ull, 250ull, 500ull, 990ull, 999ull, 1000ull}) {
      const std::uint64_t rank = (values.size() * permille + 999) / 1000;
      const std::int64_t exact = values[static_cast<std::size_t>(rank - 1)];
      const std::int64_t told = histogram.quantile(permille, 1000).ns;
      EXPECT_GE(told, exact);
      EXPECT_LE(told - exact, exact / 128);
    }
  }
}

TEST(LatencyHistogram, refuses_what_cannot_be) {
  LatencyHistogram histogram;
  EXPECT_THROW(histogram.add(Duration{-1}), EngineBug);
  EXPECT_THROW(static_cast<void>(histogram.quantile(1, 2)), EngineBug);
}

TEST(LatencyMeasure, keeps_stores_and_actions_apart_and_served_operations_only) {
  LatencyMeasure table;
  Story story(table);
  const OperationId write = story.at(0).invoke(kAlice, {Action::write});
  const OperationId read = story.at(1).invoke(kBob, {Action::read});
  const OperationId elsewhere =
      story.at(1).invoke(kCarol, {Action::write, kChat, 0, 0, kOtherStore});
  const OperationId refused = story.at(2).invoke(kBob, {Action::write});
  const OperationId lost = story.at(2).invoke(kAlice, {Action::write});
  story.at(3).complete(write, Outcome::ok);
  story.at(5).complete(read, Outcome::ok);
  story.at(6).complete(elsewhere, Outcome::conflict);
  story.at(7).complete(refused, Outcome::refused);
  story.at(900).complete(lost, Outcome::unknown);
  story.at(900).told(kAlice, Outcome::unavailable, {Action::take});
  const auto& histograms = table.histograms();
  ASSERT_EQ(histograms.size(), 3u);
  EXPECT_EQ(histograms.at({kStore, Action::write}).count(), 2u);
  EXPECT_EQ(histograms.at({kStore, Action::write}).largest(), Duration{5'000'000});
  EXPECT_EQ(histograms.at({kStore, Action::read}).largest(), Duration{4'000'000});
  EXPECT_EQ(histograms.at({kOtherStore, Action::write}).largest(), Duration{5'000'000});
}

}  // namespace
}  // namespace cleave::test
