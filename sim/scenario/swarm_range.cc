#include "sim/scenario/swarm_range.h"

#include "sim/base/quantity.h"

#include <algorithm>

namespace cleave {
namespace {

constexpr std::size_t kMostDigits = 15;

std::string backwards(std::string_view text) {
  return in_quotes(text) + " ends before it begins";
}

std::variant<SwarmRange, Mistake> durations(std::string_view text, Duration low, Duration high) {
  if (high < low) return Mistake{backwards(text), "the shorter one first", ""};
  std::int64_t step = 1'000'000;
  while (low.ns % step != 0 || high.ns % step != 0)
    step /= 1000;
  const auto count = static_cast<std::uint64_t>((high.ns - low.ns) / step) + 1;
  return SwarmRange{count, [low, step](std::uint64_t i) {
                      return to_text(Duration{low.ns + static_cast<std::int64_t>(i) * step});
                    }};
}

// "0.50%" is 50, with 2 decimals and the unit "%".
struct Number {
  std::int64_t scaled = 0;
  std::size_t decimals = 0;
  std::string unit;
};

std::optional<Number> parse_number(std::string_view text) {
  Number number;
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  std::size_t digits = 0;
  bool after_point = false;
  while (!text.empty()) {
    const char c = text.front();
    if (c == '.' && !after_point && digits > 0 && text.size() > 1 && text[1] >= '0' &&
        text[1] <= '9') {
      after_point = true;
    } else if (c >= '0' && c <= '9') {
      if (++digits > kMostDigits) return std::nullopt;
      number.scaled = number.scaled * 10 + (c - '0');
      if (after_point) ++number.decimals;
    } else {
      break;
    }
    text.remove_prefix(1);
  }
  if (digits == 0) return std::nullopt;
  if (negative) number.scaled = -number.scaled;
  number.unit = text;
  return number;
}

// Null if it would have too many digits.
bool raise_decimals(Number& number, std::size_t decimals) {
  constexpr std::int64_t kMost = 1'000'000'000'000'000;
  for (; number.decimals < decimals; ++number.decimals) {
    if (number.scaled > kMost || number.scaled < -kMost) return false;
    number.scaled *= 10;
  }
  return true;
}

std::string text_of(std::int64_t scaled, std::size_t decimals, const std::string& unit) {
  std::string digits = std::to_string(scaled < 0 ? -scaled : scaled);
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  if (decimals > 0) digits.insert(digits.size() - decimals, ".");
  while (decimals > 0 && (digits.ends_with('0') || digits.ends_with('.'))) {
    const bool point = digits.ends_with('.');
    digits.pop_back();
    if (point) break;
  }
  return (scaled < 0 ? "-" : "") + digits + unit;
}

}  // namespace

std::optional<std::variant<SwarmRange, Mistake>> parse_swarm_range(std::string_view text) {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  const std::string_view left = text.substr(0, dots);
  const std::string_view right = text.substr(dots + 2);
  const auto low_duration = parse_quantity<Duration>(left);
  const auto high_duration = parse_quantity<Duration>(right);
  if (std::holds_alternative<Duration>(low_duration) &&
      std::holds_alternative<Duration>(high_duration))
    return durations(text, std::get<Duration>(low_duration), std::get<Duration>(high_duration));

  std::optional<Number> low = parse_number(left);
  std::optional<Number> high = parse_number(right);
  if (!low) return std::nullopt;  // some other text with two dots in it
  const std::string expected = "LOW..HIGH, two numbers in the same unit";
  if (!high) return Mistake{in_quotes(text) + " is no range", expected, ""};
  if (low->unit != high->unit)
    return Mistake{in_quotes(text) + " has two units", expected,
                   "for example 1..8, 0.1%..5.0% or 100ms..10s"};
  const std::size_t decimals = std::max(low->decimals, high->decimals);
  if (!raise_decimals(*low, decimals) || !raise_decimals(*high, decimals))
    return Mistake{in_quotes(text) + " has too many digits", expected, ""};
  if (high->scaled < low->scaled) return Mistake{backwards(text), "the lower one first", ""};
  return SwarmRange{static_cast<std::uint64_t>(high->scaled - low->scaled) + 1,
                    [low = *low, decimals](std::uint64_t i) {
                      return text_of(low.scaled + static_cast<std::int64_t>(i), decimals, low.unit);
                    }};
}

}  // namespace cleave
