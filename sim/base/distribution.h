// Distributions in integers. Latencies come from inverse-CDF tables of equally likely knots: one
// multiplication a draw, and the same bits everywhere, which libm cannot promise.
#pragma once
#include "sim/base/random.h"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace cleave {

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

// Exponential with the given mean, by inversion.
constexpr std::uint64_t exponential(Random& r, std::uint64_t mean) {
  const std::uint64_t bits = r.bits();
  constexpr std::uint64_t kLn2Q32 = 2977044471ull;
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

}  // namespace cleave
