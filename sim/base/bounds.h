// The range of a field, from its text in the schema: "1ms..1h", "1..", "..64". For reader.cc and
// schema.cc.
#pragma once
#include "sim/base/quantity.h"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace cleave::detail {

template <class T>
struct Bounds {
  T low{};
  T high{};
  bool contains(const T& value) const { return low <= value && value <= high; }
};

// What the type holds; of durations those that do not point into the past.
template <class T>
Bounds<T> widest() {
  if constexpr (std::is_integral_v<T>)
    return {std::numeric_limits<T>::min(), std::numeric_limits<T>::max()};
  else if constexpr (std::is_same_v<T, Duration>)
    return {Duration{0}, Duration{INT64_MAX}};
  else if constexpr (std::is_same_v<T, Probability>)
    return {Probability{}, Probability::certain()};
  else if constexpr (std::is_same_v<T, Bytes> || std::is_same_v<T, BitRate>)
    return {T{0}, T{INT64_MAX}};
  else
    return {T{INT64_MIN}, T{INT64_MAX}};
}

template <class T>
Parsed<Bounds<T>> bounds_of(std::string_view range) {
  Bounds<T> bounds = widest<T>();
  if (range.empty()) return bounds;
  const std::size_t dots = range.find("..");
  if (dots == std::string_view::npos)
    return Mistake{in_quotes(range) + " has no '..'", "LOW..HIGH, LOW.. or ..HIGH", ""};
  const std::string_view low = range.substr(0, dots);
  const std::string_view high = range.substr(dots + 2);
  for (const auto& [text, end] : {std::pair{low, &bounds.low}, std::pair{high, &bounds.high}}) {
    if (text.empty()) continue;
    const Parsed<T> parsed = parse_quantity<T>(text);
    if (const auto* mistake = std::get_if<Mistake>(&parsed)) return *mistake;
    *end = std::get<T>(parsed);
  }
  if (bounds.high < bounds.low)
    return Mistake{in_quotes(range) + " is empty", "LOW below HIGH", ""};
  return bounds;
}

}  // namespace cleave::detail
