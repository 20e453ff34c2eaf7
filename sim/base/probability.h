// The probability of one decision, as the number of 64-bit draws that mean yes: exact, without
// floating point. 2^64 of 2^64 does not fit into 64 bits, so certainty has a flag of its own.
#pragma once
#include "sim/base/describe.h"

#include <compare>
#include <cstdint>

namespace cleave {

struct Probability {
  std::uint64_t below = 0;  // a draw strictly below it means yes
  bool always = false;      // 100 %; then `below` is the largest number, for orders of size

  static constexpr Probability certain() { return {UINT64_MAX, true}; }
  auto operator<=>(const Probability&) const = default;
  CLEAVE_DESCRIBE(below, always)
};

}  // namespace cleave
