#include "sim/base/distribution.h"

#include "sim/base/assert.h"
#include "tests/base/statistics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace cleave {
namespace {

constexpr std::size_t kDraws = 1'000'000;

struct Case {
  std::string name;
  std::vector<std::uint64_t> table;
  std::function<double(double)> cdf;
  double mean = 0;
  double variance = 0;
  double variance_tolerance = 0;  // share of it that the table's finite tail may cost
};

std::vector<std::uint64_t> sample(const std::vector<std::uint64_t>& table) {
  Random r = Random::at(11, 12, 13, 14);
  std::vector<std::uint64_t> drawn(kDraws);
  for (auto& x : drawn)
    x = quantile(r, table);
  return drawn;
}

Case log_normal_case(const std::string& name, LogNormalLaw law, double variance_tolerance) {
  const double sigma = law.sigma_thousandths / 1000.0;
  const auto median = static_cast<double>(law.median);
  const double mean = median * std::exp(sigma * sigma / 2);
  return {name,
          quantile_table(law),
          [=](double x) { return x <= 0 ? 0 : test::normal_cdf(std::log(x / median) / sigma); },
          mean,
          mean * mean * (std::exp(sigma * sigma) - 1),
          variance_tolerance};
}

std::vector<Case> cases() {
  return {
      {"uniform", quantile_table(UniformLaw{1'000'000, 3'000'000}),
       [](double x) { return std::clamp((x - 1e6) / 2e6, 0.0, 1.0); }, 2e6, 2e6 * 2e6 / 12, 0},
      {"exponential", quantile_table(ExponentialLaw{5'000'000}),
       [](double x) { return -std::expm1(-x / 5e6); }, 5e6, 25e12, 0.002},
      {"normal", quantile_table(NormalLaw{20'000'000, 2'000'000}),
       [](double x) { return test::normal_cdf((x - 20e6) / 2e6); }, 20e6, 4e12, 0.002},
      log_normal_case("log-normal, 4G jitter", {12'000'000, 300}, 0.002),
      log_normal_case("log-normal, sigma 1", {1'000'000'000, 1000}, 0.12),
  };
}

TEST(QuantileTable, draws_follow_the_closed_form) {
  for (const Case& c : cases()) {
    const auto drawn = sample(c.table);
    const auto [mean, variance] = test::moments(drawn);
    const double mean_error = 3.3 * std::sqrt(c.variance / kDraws);
    EXPECT_NEAR(mean, c.mean, mean_error) << c.name;
    EXPECT_NEAR(variance / c.variance, 1, c.variance_tolerance + 0.01) << c.name;
    EXPECT_LT(test::kolmogorov_smirnov(drawn, c.cdf), test::kolmogorov_smirnov_limit(kDraws))
        << c.name;
  }
}

// Without sampling error: a table's mean is the area under its straight pieces.
TEST(QuantileTable, mean_and_variance_of_the_table_itself) {
  for (const Case& c : cases()) {
    double area = 0;
    double squares = 0;
    for (std::size_t i = 0; i + 1 < c.table.size(); ++i) {
      const auto a = static_cast<double>(c.table[i]) - c.mean;
      const auto b = static_cast<double>(c.table[i + 1]) - c.mean;
      area += (a + b) / 2;
      squares += (a * a + a * b + b * b) / 3;
    }
    const auto n = static_cast<double>(c.table.size() - 1);
    EXPECT_NEAR(area / n, 0, 0.5) << c.name;
    EXPECT_NEAR(squares / n / c.variance, 1, c.variance_tolerance + 1e-9) << c.name;
  }
}

TEST(QuantileTable, inner_knots_are_the_quantiles) {
  for (const std::size_t knots : {3u, 17u, 1025u, 4097u}) {
    const double n = static_cast<double>(knots) - 1;
    const auto exponential_knots = quantile_table(ExponentialLaw{5'000'000}, knots);
    const auto normal_knots = quantile_table(NormalLaw{20'000'000, 2'000'000}, knots);
    const auto log_normal_knots = quantile_table(LogNormalLaw{12'000'000, 300}, knots);
    ASSERT_EQ(log_normal_knots.size(), knots);
    for (std::size_t i = 1; i + 1 < knots; ++i) {
      const double p = static_cast<double>(i) / n;
      EXPECT_NEAR(static_cast<double>(exponential_knots[i]), -5e6 * std::log1p(-p), 1.01) << i;
      const double z = (static_cast<double>(normal_knots[i]) - 20e6) / 2e6;
      EXPECT_NEAR(test::normal_cdf(z), p, 3e-7) << i;
      const double lz = std::log(static_cast<double>(log_normal_knots[i]) / 12e6) / 0.3;
      EXPECT_NEAR(test::normal_cdf(lz), p, 1e-7) << i;
    }
  }
}

TEST(QuantileTable, rises) {
  for (std::size_t knots : {3u, 4u, 5u, 100u, 1025u, 20'001u})
    for (std::uint32_t sigma : {0u, 1u, 100u, 1000u, 3000u}) {
      const auto table = quantile_table(LogNormalLaw{1'000'000, sigma}, knots);
      EXPECT_TRUE(std::is_sorted(table.begin(), table.end())) << knots << " knots, " << sigma;
    }
  for (std::uint64_t deviation : {0u, 10u, 300'000u, 5'000'000u}) {
    const auto table = quantile_table(NormalLaw{1'000'000, deviation});
    EXPECT_TRUE(std::is_sorted(table.begin(), table.end())) << "deviation " << deviation;
  }
}

TEST(QuantileTable, degenerate_laws_are_constants) {
  for (const std::uint64_t x : sample(quantile_table(LogNormalLaw{12'345, 0})))
    ASSERT_EQ(x, 12'345u);
  for (const std::uint64_t x : sample(quantile_table(NormalLaw{12'345, 0})))
    ASSERT_EQ(x, 12'345u);
  for (const std::uint64_t x : sample(quantile_table(UniformLaw{7, 7})))
    ASSERT_EQ(x, 7u);
  for (const std::uint64_t x : sample(quantile_table(ExponentialLaw{0})))
    ASSERT_EQ(x, 0u);
}

TEST(QuantileTable, a_normal_law_is_cut_at_zero) {
  const auto drawn = sample(quantile_table(NormalLaw{1'000'000, 1'000'000}));
  const auto zeros = static_cast<std::uint64_t>(std::count(drawn.begin(), drawn.end(), 0u));
  EXPECT_NEAR(static_cast<double>(zeros) / kDraws, test::normal_cdf(-1), 0.002);
}

TEST(QuantileTable, refuses_what_it_cannot_hold) {
  EXPECT_THROW(quantile_table(UniformLaw{2, 1}), EngineBug);
  EXPECT_THROW(quantile_table(ExponentialLaw{5}, 2), EngineBug);
  EXPECT_THROW(quantile_table(NormalLaw{5, 1}, (1u << 20) + 2), EngineBug);
  EXPECT_THROW(quantile_table(LogNormalLaw{5, 3001}), EngineBug);
}

TEST(Quantile, hits_its_knots_and_the_line_between) {
  const std::vector<std::uint64_t> knots{100, 200, 1000};
  struct Draw {
    std::uint64_t bits, expected;
  };
  constexpr std::uint64_t kHalf = std::uint64_t{1} << 63;
  for (const auto& [bits, expected] :
       {Draw{0, 100}, Draw{kHalf / 2, 150}, Draw{kHalf - 1, 199}, Draw{kHalf, 200},
        Draw{kHalf + kHalf / 2, 600}, Draw{UINT64_MAX, 999}}) {
    Random r = test::generator_of(bits);
    EXPECT_EQ(quantile(r, knots), expected) << "bits " << bits;
  }
}

TEST(Exponential, follows_the_closed_form) {
  Random r = Random::at(21, 22, 23, 24);
  std::vector<std::uint64_t> drawn(kDraws);
  for (auto& x : drawn)
    x = exponential(r, 1'000'000'000);
  const auto [mean, variance] = test::moments(drawn);
  EXPECT_NEAR(mean, 1e9, 3.3e9 / std::sqrt(static_cast<double>(kDraws)));
  EXPECT_NEAR(variance / 1e18, 1, 0.01);
  EXPECT_LT(test::kolmogorov_smirnov(drawn, [](double x) { return -std::expm1(-x / 1e9); }),
            test::kolmogorov_smirnov_limit(kDraws));
}

TEST(FixedPoint, logarithm) {
  static_assert(neg_log2_q32(UINT64_MAX) <= 1);
  static_assert(neg_log2_q32(std::uint64_t{1} << 63) == std::uint64_t{1} << 32);
  static_assert(neg_log2_q32(1) == std::uint64_t{64} << 32);
  Random r{3};
  for (int i = 0; i < 100'000; ++i) {
    const std::uint64_t u = std::max<std::uint64_t>(r.bits() >> (i % 64), 1);
    const long double expected = (64 - std::log2(static_cast<long double>(u))) * 4294967296.0L;
    EXPECT_NEAR(static_cast<double>(static_cast<long double>(neg_log2_q32(u)) - expected), 0, 3)
        << u;
  }
}

TEST(FixedPoint, exponential) {
  static_assert(exp2_of_fraction_q63(0) == std::uint64_t{1} << 63);
  static_assert(scale_by_exp2(1000, 0) == 1000);
  static_assert(scale_by_exp2(1000, std::int64_t{3} << 32) == 8000);
  static_assert(scale_by_exp2(1000, -(std::int64_t{3} << 32)) == 125);
  static_assert(scale_by_exp2(1000, -(std::int64_t{4} << 32)) == 63);  // 62.5, to the nearest
  static_assert(scale_by_exp2(1, std::int64_t{63} << 32) == std::uint64_t{1} << 63);
  static_assert(scale_by_exp2(1, std::int64_t{64} << 32) == UINT64_MAX);
  static_assert(scale_by_exp2(2, std::int64_t{63} << 32) == UINT64_MAX);
  static_assert(scale_by_exp2(UINT64_MAX, INT64_MIN) == 0);
  static_assert(scale_by_exp2(UINT64_MAX, -(std::int64_t{64} << 32)) == 1);
  static_assert(scale_by_exp2(UINT64_MAX, -(std::int64_t{64} << 32) - 1) == 1);
  static_assert(scale_by_exp2(UINT64_MAX, -(std::int64_t{65} << 32)) == 0);
  static_assert(scale_by_exp2(0, INT64_MAX) == 0);
  Random r{4};
  for (int i = 0; i < 100'000; ++i) {
    const std::uint64_t fraction = r.bits();
    const long double power = std::exp2(static_cast<long double>(fraction) / 0x1p64L);
    const auto off = static_cast<double>(
        1 - static_cast<long double>(exp2_of_fraction_q63(fraction)) / 0x1p63L / power);
    EXPECT_GT(off, -0x1p-62) << fraction;
    EXPECT_LT(off, 0x1p-61) << fraction;
  }
}

TEST(FixedPoint, normal_quantile) {
  EXPECT_EQ(normal_quantile_q32(std::uint64_t{1} << 63), 0);
  // From p = 2^-21 on, both sides, more densely near the ends.
  const long double root_2_pi = std::sqrt(2 * std::acos(-1.0L));
  for (std::uint64_t p = std::uint64_t{1} << 43; p < std::uint64_t{1} << 63; p += p / 500) {
    const std::int64_t z_q32 = normal_quantile_q32(p);
    EXPECT_EQ(normal_quantile_q32(0 - p), -z_q32);
    const long double z = static_cast<long double>(z_q32) / 0x1p32L;
    const long double density = std::exp(-z * z / 2) / root_2_pi;
    const long double error =
        (std::erfc(-z / std::sqrt(2.0L)) / 2 - static_cast<long double>(p) / 0x1p64L) / density;
    ASSERT_LT(std::abs(static_cast<double>(error)), 0x1p-31) << p;
  }
}

}  // namespace
}  // namespace cleave
