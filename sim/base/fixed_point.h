// Logarithm, exponential and normal quantile in fixed point: the same bits on every machine, which
// libm cannot promise. A name that ends in _q32 holds a number times 2^32, and so on.
#pragma once
#include "sim/base/random.h"

#include <bit>
#include <cstdint>

namespace cleave {

__extension__ using i128 = __int128;

constexpr std::uint64_t kLn2Q32 = 2977044471;
constexpr std::uint64_t kLn2Q64 = 0xb17217f7d1cf79ab;
constexpr std::int64_t kLog2OfEQ32 = 6196328018;

// -log2(u / 2^64) in Q32 by repeated squaring. Requires: u > 0.
constexpr std::uint64_t neg_log2_q32(std::uint64_t u) {
  const int zeros = std::countl_zero(u);
  std::uint64_t m = u << zeros;
  std::uint64_t fraction = 0;
  for (int i = 0; i < 32; ++i) {
    const u128 square = u128(m) * m;
    const bool high = (static_cast<std::uint64_t>(square >> 127) & 1) != 0;
    fraction = fraction << 1 | (high ? 1u : 0u);
    m = high ? static_cast<std::uint64_t>(square >> 64) : static_cast<std::uint64_t>(square >> 63);
  }
  return (static_cast<std::uint64_t>(1 + zeros) << 32) - fraction;
}

// 2^(fraction / 2^64) in Q63, by the series of exp(fraction ln 2). Never too large, and too small
// by less than 2^-61 of it.
constexpr std::uint64_t exp2_of_fraction_q63(std::uint64_t fraction) {
  constexpr std::uint64_t kOne = std::uint64_t{1} << 63;
  constexpr std::uint64_t kTerms = 20;
  const auto y = static_cast<std::uint64_t>(u128(fraction) * kLn2Q64 >> 64);
  std::uint64_t sum = kOne;
  for (std::uint64_t k = kTerms; k > 0; --k)
    sum = kOne + static_cast<std::uint64_t>(u128(sum) * y >> 64) / k;
  return sum;
}

// x * 2^(exponent / 2^32), rounded to the nearest; UINT64_MAX where that is too large.
constexpr std::uint64_t scale_by_exp2(std::uint64_t x, std::int64_t exponent_q32) {
  const std::int64_t whole = exponent_q32 >> 32;
  const auto fraction = static_cast<std::uint64_t>(exponent_q32) << 32;
  if (x == 0 || whole < -65) return 0;
  if (whole > 63) return UINT64_MAX;
  const u128 product = u128(x) * exp2_of_fraction_q63(fraction);
  if (whole == 63) return product >> 64 != 0 ? UINT64_MAX : static_cast<std::uint64_t>(product);
  const u128 rounded = ((product >> (62 - whole)) + 1) >> 1;
  return rounded >> 64 != 0 ? UINT64_MAX : static_cast<std::uint64_t>(rounded);
}

// The z below which a standard normal variable falls with probability p / 2^64, in Q32; negative
// for p < 2^63. Within 2^-31 of the truth for p from 2^43 to 2^64 - 2^43, which tables of a million
// knots need. Requires: p > 0.
std::int64_t normal_quantile_q32(std::uint64_t p);

}  // namespace cleave
