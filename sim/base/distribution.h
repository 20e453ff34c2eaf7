// Distributions in integers. A latency is an inverse CDF as a table of equally likely knots: one
// multiplication a draw, and the same bits everywhere, which libm cannot promise. The tables of
// unbounded distributions end somewhere, and are built so that their mean is the distribution's.
#pragma once
#include "sim/base/fixed_point.h"
#include "sim/base/random.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cleave {

// Exponential with the given mean, by inversion. Requires: mean < 2^58.
constexpr std::uint64_t exponential(Random& r, std::uint64_t mean) {
  const std::uint64_t bits = r.bits();
  const u128 e = u128(neg_log2_q32(bits != 0 ? bits : 1)) * kLn2Q32;  // Q64
  return static_cast<std::uint64_t>((e >> 32) * mean >> 32);
}

// Inverse CDF as equally likely knots, linear between them. Requires: at least two knots, sorted.
constexpr std::uint64_t quantile(Random& r, std::span<const std::uint64_t> knots) {
  const std::uint64_t bits = r.bits();
  const u128 p = u128(bits) * (knots.size() - 1);
  const auto i = static_cast<std::size_t>(p >> 64);
  return knots[i] + static_cast<std::uint64_t>(
                        u128(static_cast<std::uint64_t>(p)) * (knots[i + 1] - knots[i]) >> 64);
}

// All in one unit of the caller's choice, as nanoseconds.
struct UniformLaw {
  std::uint64_t low = 0, high = 0;  // low <= high; draws are below high, or low if they are equal
};
struct ExponentialLaw {
  std::uint64_t mean = 0;  // below 2^48: three days in nanoseconds
};
struct NormalLaw {
  std::uint64_t mean = 0, deviation = 0;  // below 2^48; what would be negative is 0
};
struct LogNormalLaw {
  std::uint64_t median = 0;             // below 2^48, as is the mean, median * exp(sigma^2 / 2)
  std::uint32_t sigma_thousandths = 0;  // of the logarithm; at most 3000
};

// Knots for quantile(). Knot i of n + 1 is the quantile of i / n, but for the ends of unbounded
// tails: there the last interval gets its share of the mean, and so a finite end. Requires: 3 to
// 2^20 + 1 knots.
constexpr std::size_t kUsualKnots = 1025;
std::vector<std::uint64_t> quantile_table(const UniformLaw& law);
std::vector<std::uint64_t> quantile_table(const ExponentialLaw& law,
                                          std::size_t knots = kUsualKnots);
std::vector<std::uint64_t> quantile_table(const NormalLaw& law, std::size_t knots = kUsualKnots);
std::vector<std::uint64_t> quantile_table(const LogNormalLaw& law, std::size_t knots = kUsualKnots);

}  // namespace cleave
