// Simulated time: signed 64-bit nanoseconds (292 years). A Time is a point since the start of the
// run, a Duration a difference. Arithmetic does not check overflow; input is bounded where it is
// parsed.
#pragma once
#include "sim/base/describe.h"

#include <compare>
#include <cstdint>

namespace cleave {

struct Duration {
  std::int64_t ns = 0;
  auto operator<=>(const Duration&) const = default;
  CLEAVE_DESCRIBE(ns)
};

struct Time {
  std::int64_t ns = 0;
  auto operator<=>(const Time&) const = default;
  CLEAVE_DESCRIBE(ns)
};

constexpr Time kForever{INT64_MAX};

constexpr Duration operator+(Duration a, Duration b) {
  return {a.ns + b.ns};
}
constexpr Duration operator-(Duration a, Duration b) {
  return {a.ns - b.ns};
}
constexpr Duration operator*(Duration a, std::int64_t n) {
  return {a.ns * n};
}
constexpr Duration operator/(Duration a, std::int64_t n) {
  return {a.ns / n};
}
constexpr Time operator+(Time t, Duration d) {
  return {t.ns + d.ns};
}
constexpr Time operator-(Time t, Duration d) {
  return {t.ns - d.ns};
}
constexpr Duration operator-(Time a, Time b) {
  return {a.ns - b.ns};
}
constexpr Duration& operator+=(Duration& a, Duration b) {
  return a = a + b;
}
constexpr Time& operator+=(Time& t, Duration d) {
  return t = t + d;
}

inline namespace literals {
constexpr Duration operator""_ns(unsigned long long n) {
  return {static_cast<std::int64_t>(n)};
}
constexpr Duration operator""_us(unsigned long long n) {
  return {static_cast<std::int64_t>(n) * 1'000};
}
constexpr Duration operator""_ms(unsigned long long n) {
  return {static_cast<std::int64_t>(n) * 1'000'000};
}
constexpr Duration operator""_s(unsigned long long n) {
  return {static_cast<std::int64_t>(n) * 1'000'000'000};
}
}  // namespace literals

}  // namespace cleave
