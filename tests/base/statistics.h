// What the tests of distributions compare samples with. Floating point is fine here: nothing of it
// reaches a run. All seeds are fixed, so a limit is met always or never; limits are those of a test
// at the level of one in a thousand, so that no seed had to be chosen for its luck.
#pragma once
#include "sim/base/random.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cleave::test {

struct Moments {
  double mean = 0;
  double variance = 0;
};

template <class T>
Moments moments(const std::vector<T>& sample) {
  const auto n = static_cast<double>(sample.size());
  double sum = 0;
  for (const T x : sample)
    sum += static_cast<double>(x);
  const double mean = sum / n;
  double squares = 0;
  for (const T x : sample)
    squares += (static_cast<double>(x) - mean) * (static_cast<double>(x) - mean);
  return {mean, squares / (n - 1)};
}

// Largest distance between the sample's distribution and `cdf` (Kolmogorov, Smirnov).
template <class T, class Cdf>
double kolmogorov_smirnov(std::vector<T> sample, Cdf&& cdf) {
  std::stable_sort(sample.begin(), sample.end());
  const auto n = static_cast<double>(sample.size());
  double worst = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double p = cdf(static_cast<double>(sample[i]));
    worst = std::max({worst, p - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - p});
  }
  return worst;
}
inline double kolmogorov_smirnov_limit(std::size_t n) {
  return 1.95 / std::sqrt(static_cast<double>(n));
}

inline double chi_square(const std::vector<std::uint64_t>& seen,
                         const std::vector<double>& expected) {
  double sum = 0;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const double off = static_cast<double>(seen[i]) - expected[i];
    sum += off * off / expected[i];
  }
  return sum;
}
// Wilson and Hilferty 1931.
inline double chi_square_limit(std::size_t degrees_of_freedom) {
  const auto k = static_cast<double>(degrees_of_freedom);
  const double root = 1 - 2 / (9 * k) + 3.09 * std::sqrt(2 / (9 * k));
  return k * root * root * root;
}

// Standard deviations between `seen` of n draws and an expected share.
inline double deviations(std::uint64_t seen, std::uint64_t n, double share) {
  const auto draws = static_cast<double>(n);
  return std::abs(static_cast<double>(seen) - draws * share) /
         std::sqrt(draws * share * (1 - share));
}
constexpr double kManyDeviations = 3.3;

inline double normal_cdf(double z) {
  return std::erfc(-z / std::sqrt(2.0)) / 2;
}

// A generator whose next bits() are given: splitmix64's step, undone.
inline Random generator_of(std::uint64_t bits) {
  std::uint64_t z = bits;
  z ^= z >> 31 ^ z >> 62;
  z *= 0x319642b2d24d8ec3;  // inverse of 0x94d049bb133111eb modulo 2^64
  z ^= z >> 27 ^ z >> 54;
  z *= 0x96de1b173f119089;  // inverse of 0xbf58476d1ce4e5b9
  z ^= z >> 30 ^ z >> 60;
  return {z - 0x9e3779b97f4a7c15};
}

}  // namespace cleave::test
