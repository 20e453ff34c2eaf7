#include "tests/bench/tables.h"

#include "sim/base/distribution.h"
#include "sim/base/random.h"

namespace cleave::bench {

std::vector<std::uint64_t> exponential_knots(std::uint64_t mean, std::size_t knots) {
  constexpr std::uint64_t kLn2Q32 = 2977044471ull;
  std::vector<std::uint64_t> table(knots);
  for (std::size_t i = 0; i < knots; ++i) {
    const auto tail = static_cast<std::uint64_t>((u128(2 * (knots - i) - 1) << 63) / knots);
    table[i] = static_cast<std::uint64_t>((u128(neg_log2_q32(tail)) * kLn2Q32 >> 32) * mean >> 32);
  }
  return table;
}

std::vector<std::int64_t> latency_matrix() {
  std::vector<std::int64_t> matrix;
  for (std::uint32_t i = 0; i < kRegions * kRegions; ++i) {
    Random r = Random::at(1, 2, i, 0);
    matrix.push_back(5'000'000 + static_cast<std::int64_t>(r.below(80'000'000)));
  }
  return matrix;
}

}  // namespace cleave::bench
