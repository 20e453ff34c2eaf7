#include "sim/network/access_profiles.h"

#include "sim/base/distribution.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace cleave {
namespace {

TEST(AccessProfiles, are_found_by_name) {
  const auto all = access_profiles();
  EXPECT_EQ(all.size(), 10u);
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end(),
                             [](const auto& a, const auto& b) { return a.name < b.name; }));
  for (const AccessProfile& profile : all) {
    EXPECT_EQ(find_access_profile(profile.name), &profile);
    EXPECT_FALSE(profile.about.empty());
    EXPECT_FALSE(profile.source.empty());
    EXPECT_EQ(profile.promotion.ns == 0, profile.idle_after.ns == 0) << profile.name;
  }
  EXPECT_EQ(find_access_profile("6g"), nullptr);
}

TEST(AccessProfiles, have_the_published_figures) {
  struct Case {
    const char* name;
    std::int64_t rtt_from_ms, rtt_to_ms;
    std::uint64_t loss_from, loss_to;  // per million
    std::int64_t down_kilobits, up_kilobits;
    Duration promotion;
  };
  for (const Case& c : std::vector<Case>{
           {"wifi", 10, 25, 1'000, 2'000, 0, 0, 0_s},
           {"4g", 25, 50, 2'000, 5'000, 0, 0, 100_ms},
           {"lte", 70, 70, 0, 0, 0, 0, 100_ms},
           {"3g", 300, 300, 0, 0, 1600, 768, 2_s},
           {"3g-fast", 150, 150, 0, 0, 1600, 768, 2_s},
           {"3g-slow", 400, 400, 0, 0, 400, 400, 2_s},
           {"2g", 800, 800, 10'000, 10'000, 280, 256, 0_s},
           {"edge", 840, 840, 10'000, 10'000, 240, 200, 0_s},
           {"5g", 20, 60, 0, 2'000, 45'000, 10'000, 100_ms},
       }) {
    SCOPED_TRACE(c.name);
    const AccessProfile* profile = find_access_profile(c.name);
    ASSERT_NE(profile, nullptr);
    EXPECT_GE(profile->rtt, Duration{c.rtt_from_ms * 1'000'000});
    EXPECT_LE(profile->rtt, Duration{c.rtt_to_ms * 1'000'000});
    EXPECT_GE(profile->loss_per_million, c.loss_from);
    EXPECT_LE(profile->loss_per_million, c.loss_to);
    EXPECT_EQ(profile->down.bits_per_second, c.down_kilobits * 1000);
    EXPECT_EQ(profile->up.bits_per_second, c.up_kilobits * 1000);
    EXPECT_EQ(profile->promotion, c.promotion);
  }
}

// A log-normal of sigma 0.3 has its quantiles at median * exp(0.3 z).
TEST(AccessDelay, is_log_normal_above_its_floor) {
  const AccessDelay delay = access_delay(100_ms);
  std::vector<double> seconds;
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    Random r = Random::at(1, 2, 3, i);
    const std::uint64_t more = quantile(r, delay.more_ns);
    seconds.push_back(static_cast<double>(delay.floor.ns + static_cast<std::int64_t>(more)) / 1e9);
  }
  std::stable_sort(seconds.begin(), seconds.end());
  struct Point {
    double p, z;
  };
  for (const auto [p, z] : {Point{0.05, -1.6449},
                            {0.25, -0.6745},
                            {0.5, 0},
                            {0.75, 0.6745},
                            {0.95, 1.6449},
                            {0.99, 2.3263}})
    EXPECT_NEAR(seconds[static_cast<std::size_t>(p * 100'000)] / (0.1 * std::exp(0.3 * z)), 1, 0.02)
        << "quantile " << p;
  EXPECT_EQ(delay.more_ns.front(), 0u);
  EXPECT_GT(delay.floor, 30_ms);
}

}  // namespace
}  // namespace cleave
