#include "sim/base/fixed_point.h"

namespace cleave {
namespace {

constexpr std::uint64_t kHalf = std::uint64_t{1} << 63;
constexpr std::uint64_t kSeriesEndsAtQ32 = std::uint64_t{5} << 31;  // z = 2.5

// Standard normal density at z, in Q64. Requires: z <= 12.
std::uint64_t density_q64(std::uint64_t z_q32) {
  constexpr std::uint64_t kLog2OfEQ63 = 0xb8aa3b295c17f0bb;
  constexpr std::uint64_t kOneOverRoot2PiQ64 = 0x662114cf50d94234;
  const u128 square_q64 = u128(z_q32) * z_q32;
  const u128 exponent_q116 = (square_q64 >> 12) * kLog2OfEQ63;  // of 2^-..., with its half in the Q
  const auto fraction = static_cast<std::uint64_t>(exponent_q116 >> 52);
  const auto whole = static_cast<unsigned>(exponent_q116 >> 116) + (fraction != 0 ? 1 : 0);
  const std::uint64_t power_q63 = exp2_of_fraction_q63(0 - fraction);
  return static_cast<std::uint64_t>(u128(power_q63) * kOneOverRoot2PiQ64 >> (63 + whole));
}

// 1/2 minus density(z) times the sum of z^(2k+1) / (2k+1)!!: terms without cancellation.
std::uint64_t tail_by_series_q64(std::uint64_t z_q32) {
  constexpr std::uint64_t kMaxTerms = 80;
  const auto square_q56 = static_cast<std::uint64_t>(u128(z_q32) * z_q32 >> 8);
  auto term = static_cast<std::uint64_t>(u128(density_q64(z_q32)) * z_q32 >> 32);
  std::uint64_t sum = 0;
  for (std::uint64_t k = 0; k < kMaxTerms && term != 0; ++k) {
    sum += term;
    term = static_cast<std::uint64_t>(u128(term) * square_q56 >> 56) / (2 * k + 3);
  }
  return kHalf - sum;
}

// density(z) / (z + 1/(z + 2/(z + 3/(...)))), Laplace's continued fraction of Mills' ratio.
std::uint64_t tail_by_fraction_q64(std::uint64_t z_q32) {
  constexpr std::uint64_t kDepth = 40;
  const std::uint64_t z_q56 = z_q32 << 24;
  std::uint64_t below_q56 = z_q56;
  for (std::uint64_t i = kDepth; i > 0; --i)
    below_q56 = z_q56 + static_cast<std::uint64_t>((u128(i) << 112) / below_q56);
  return static_cast<std::uint64_t>((u128(density_q64(z_q32)) << 56) / below_q56);
}

std::uint64_t tail_q64(std::uint64_t z_q32) {
  return z_q32 < kSeriesEndsAtQ32 ? tail_by_series_q64(z_q32) : tail_by_fraction_q64(z_q32);
}

}  // namespace

// Newton's method on the upper tail, which is convex there: starting below the root, every step
// stays below it.
std::int64_t normal_quantile_q32(std::uint64_t p) {
  if (p > kHalf) return -normal_quantile_q32(0 - p);
  constexpr int kMaxSteps = 64;
  std::uint64_t z_q32 = tail_q64(kSeriesEndsAtQ32) >= p ? kSeriesEndsAtQ32 : 0;
  for (int i = 0; i < kMaxSteps; ++i) {
    const std::uint64_t tail = tail_q64(z_q32);
    if (tail <= p) break;
    const std::uint64_t step =
        static_cast<std::uint64_t>((u128(tail - p) << 32) / density_q64(z_q32));
    if (step == 0) break;
    z_q32 += step;
  }
  return -static_cast<std::int64_t>(z_q32);
}

}  // namespace cleave
