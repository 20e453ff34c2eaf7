// Numbers with their units, from the text that a person wrote: exact, in integers, or a Mistake
// that says what to write instead. Units are required; a value that needs rounding is refused.
#pragma once
#include "sim/base/bytes.h"
#include "sim/base/diagnostics.h"
#include "sim/base/probability.h"
#include "sim/base/time.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace cleave {

// A clock's rate against true time: +1000 gains a microsecond a second.
struct Drift {
  std::int64_t parts_per_billion = 0;
  auto operator<=>(const Drift&) const = default;
  CLEAVE_DESCRIBE(parts_per_billion)
};

// A pure number with up to six decimals, such as the exponent of a Zipf distribution.
struct Decimal {
  std::int64_t millionths = 0;
  auto operator<=>(const Decimal&) const = default;
  CLEAVE_DESCRIBE(millionths)
};

template <class T>
using Parsed = std::variant<T, Mistake>;

// | T             | written                                   | limits                      |
// | Duration      | 250ms 1.5s 20us 3ns 2m 8h 1d -50ms        | whole ns, +-36500 days      |
// | Bytes         | 64B 1kB 1.5MB 2GB 1TB 64KiB MiB GiB TiB   | whole bytes, 0 to 1 EB      |
// | BitRate       | 9600bit/s 400kbit/s 1Mbit/s 1Gbit/s Tbit/s| whole bit/s, 0 to 1 Ebit/s  |
// | Probability   | 0% 0.1% 100%                              | 0% to 100%, 17 decimals     |
// | Drift         | 50ppm -0.5ppm 20ppb                       | whole ppb, +-500000 ppm     |
// | Decimal       | 0.99 2 -1.5                               | six decimals, +-1,000,000   |
// | int64, uint64 | 42 -7: decimal digits, no leading zero    | those of the type           |
// | bool          | true false on off                         |                             |
template <class T>
Parsed<T> parse_quantity(std::string_view text);

template <>
Parsed<Duration> parse_quantity(std::string_view text);
template <>
Parsed<Bytes> parse_quantity(std::string_view text);
template <>
Parsed<BitRate> parse_quantity(std::string_view text);
template <>
Parsed<Probability> parse_quantity(std::string_view text);
template <>
Parsed<Drift> parse_quantity(std::string_view text);
template <>
Parsed<Decimal> parse_quantity(std::string_view text);
template <>
Parsed<std::int64_t> parse_quantity(std::string_view text);
template <>
Parsed<std::uint64_t> parse_quantity(std::string_view text);
template <>
Parsed<bool> parse_quantity(std::string_view text);

// Names of regions, stores, clients, faults: letters, digits, '-' and '_', beginning with a letter
// or a digit, at most 64 characters. Free of dots and slashes, which join names to paths.
Parsed<std::string> parse_name(std::string_view text);

// A short text that reads back as the same value: "1.5s", "64KiB", "400kbit/s", "50ppm".
std::string to_text(Duration duration);
std::string to_text(Bytes bytes);
std::string to_text(BitRate rate);
std::string to_text(Drift drift);

}  // namespace cleave
