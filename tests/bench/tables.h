// What the benchmarks share, so that ours, the reference loops and the peer do the same work. In
// C++17, because the headers of ns-3 are not C++20.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cleave::bench {

inline constexpr std::uint32_t kNodes = 1000;
inline constexpr std::uint32_t kRegions = 8;

// Exponential quantiles at equally likely knots.
std::vector<std::uint64_t> exponential_knots(std::uint64_t mean, std::size_t knots);

// Base latency between two regions: 5 to 85 ms.
std::vector<std::int64_t> latency_matrix();

// The generator and the draws of sim/base, for both.
struct Draws {
  __extension__ using Wide = unsigned __int128;
  std::uint64_t state;
  std::uint64_t bits() {
    std::uint64_t z = (state += 0x9e3779b97f4a7c15ull);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
  }
  std::uint32_t below(std::uint32_t n) {
    return static_cast<std::uint32_t>(static_cast<Wide>(bits()) * n >> 64);
  }
  std::uint64_t quantile(const std::vector<std::uint64_t>& knots) {
    const Wide p = static_cast<Wide>(bits()) * (knots.size() - 1);
    const auto i = static_cast<std::size_t>(p >> 64);
    const auto part = static_cast<Wide>(static_cast<std::uint64_t>(p));
    return knots[i] + static_cast<std::uint64_t>(part * (knots[i + 1] - knots[i]) >> 64);
  }
};

}  // namespace cleave::bench
