// A size in bytes, and a rate in bits per second.
#pragma once
#include "sim/base/describe.h"

#include <compare>
#include <cstdint>

namespace cleave {

struct Bytes {
  std::int64_t count = 0;
  auto operator<=>(const Bytes&) const = default;
  CLEAVE_DESCRIBE(count)
};
constexpr Bytes operator+(Bytes a, Bytes b) {
  return {a.count + b.count};
}
constexpr Bytes operator-(Bytes a, Bytes b) {
  return {a.count - b.count};
}

struct BitRate {
  std::int64_t bits_per_second = 0;
  auto operator<=>(const BitRate&) const = default;
  CLEAVE_DESCRIBE(bits_per_second)
};

}  // namespace cleave
