// Integer-only, stateless randomness: the same bits from every compiler, optimisation level and
// CPU. A draw is named, not sequenced: Random::at(seed, purpose, entity, index) is the small
// generator of ONE decision, so a new draw elsewhere, or another number of nodes, never shifts it.
#pragma once
#include <cstdint>

namespace cleave {

__extension__ using u128 = unsigned __int128;

// A folded 64x64 multiply: every bit of the result depends on every bit of both arguments.
constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  const u128 m = u128(a ^ 0x9e3779b97f4a7c15ull) * (b ^ 0xd1342543de82ef95ull);
  return static_cast<std::uint64_t>(m) ^ static_cast<std::uint64_t>(m >> 64);
}

// A probability as a threshold: a draw of bits() below it means yes. Certainty becomes 2^64 - 1,
// which differs from it once in 2^64 draws. Requires: denominator > 0.
constexpr std::uint64_t threshold(std::uint64_t numerator, std::uint64_t denominator) {
  if (numerator >= denominator) return UINT64_MAX;
  return static_cast<std::uint64_t>((u128(numerator) << 64) / denominator);
}

struct Random {
  std::uint64_t state = 0;

  static constexpr Random at(std::uint64_t seed, std::uint64_t purpose, std::uint64_t entity,
                             std::uint64_t index) {
    return {mix(mix(seed, purpose), mix(entity, index))};
  }
  constexpr std::uint64_t bits() {  // splitmix64 (Steele, Lea, Flood 2014)
    std::uint64_t z = (state += 0x9e3779b97f4a7c15ull);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
  }
  // Uniform in [0, n), unbiased (Lemire 2019). Requires: n > 0.
  constexpr std::uint64_t below(std::uint64_t n) {
    u128 m = u128(bits()) * n;
    if (static_cast<std::uint64_t>(m) < n) {
      const std::uint64_t threshold = (0 - n) % n;
      while (static_cast<std::uint64_t>(m) < threshold)
        m = u128(bits()) * n;
    }
    return static_cast<std::uint64_t>(m >> 64);
  }
  constexpr bool chance(std::uint64_t numerator, std::uint64_t denominator) {
    return below(denominator) < numerator;
  }
};

}  // namespace cleave
