// The seed of a random test: fixed, or what CLEAVE_TEST_SEED says. Tests name it when they fail.
#pragma once
#include "sim/base/random.h"

#include <cstdint>
#include <cstdlib>

namespace cleave::test {

inline std::uint64_t seed() {
  const char* given = std::getenv("CLEAVE_TEST_SEED");
  return given ? std::strtoull(given, nullptr, 10) : 1;
}

// Draws for one case of a test.
inline Random draws(std::uint64_t test, std::uint64_t i) {
  return Random::at(seed(), test, 0, i);
}

}  // namespace cleave::test
