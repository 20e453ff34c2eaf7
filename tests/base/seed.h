// Seeds of random tests: the given one, or that of the environment's CLEAVE_TEST_SEED. A test says
// which it used, so that a failure can be had again.
#pragma once
#include <cstdint>
#include <cstdlib>
#include <string>

namespace cleave::test {

inline std::uint64_t seed(std::uint64_t usual) {
  const char* given = std::getenv("CLEAVE_TEST_SEED");
  return given != nullptr ? std::stoull(given) : usual;
}

}  // namespace cleave::test
