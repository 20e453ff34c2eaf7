// How each quantity is written: its units, and what people write instead of them. For quantity.cc
// and reader.cc.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace cleave::detail {

struct Unit {
  std::string_view text;
  std::uint64_t scale;  // of the smallest unit that the type holds
};

// How one type is written. `slips` are units that people write instead, each with what they meant.
struct Notation {
  std::string_view expected;
  std::string_view whole;  // what must come out whole: "nanoseconds"
  std::span<const Unit> units;
  std::span<const std::pair<std::string_view, std::string_view>> slips;
  std::array<std::string_view, 2> usual;  // units to propose for a bare number
  std::uint64_t largest;
  std::string_view largest_text;
  enum class Sign : std::uint8_t { positive, either } sign = Sign::positive;
};

using Slip = std::pair<std::string_view, std::string_view>;

inline constexpr std::uint64_t kSecond = 1'000'000'000;
inline constexpr std::array<Unit, 7> kDurationUnits{{{"ns", 1},
                                                     {"us", 1'000},
                                                     {"ms", 1'000'000},
                                                     {"s", kSecond},
                                                     {"m", 60 * kSecond},
                                                     {"h", 3'600 * kSecond},
                                                     {"d", 86'400 * kSecond}}};
inline constexpr std::array<Slip, 18> kDurationSlips{{{"sec", "s"},
                                                      {"secs", "s"},
                                                      {"second", "s"},
                                                      {"seconds", "s"},
                                                      {"S", "s"},
                                                      {"min", "m"},
                                                      {"mins", "m"},
                                                      {"minute", "m"},
                                                      {"minutes", "m"},
                                                      {"hr", "h"},
                                                      {"hour", "h"},
                                                      {"hours", "h"},
                                                      {"day", "d"},
                                                      {"days", "d"},
                                                      {"msec", "ms"},
                                                      {"\xc2\xb5s", "us"},
                                                      {"usec", "us"},
                                                      {"\xce\xbcs", "us"}}};
inline constexpr Notation kDurationNotation{"a duration such as 250ms or 1.5s",
                                            "nanoseconds",
                                            kDurationUnits,
                                            kDurationSlips,
                                            {"s", "ms"},
                                            std::uint64_t{36'500} * 86'400 * kSecond,
                                            "36500d",
                                            Notation::Sign::either};

inline constexpr std::array<Unit, 9> kByteUnits{{{"B", 1},
                                                 {"kB", 1'000},
                                                 {"MB", 1'000'000},
                                                 {"GB", 1'000'000'000},
                                                 {"TB", 1'000'000'000'000},
                                                 {"KiB", std::uint64_t{1} << 10},
                                                 {"MiB", std::uint64_t{1} << 20},
                                                 {"GiB", std::uint64_t{1} << 30},
                                                 {"TiB", std::uint64_t{1} << 40}}};
inline constexpr std::array<Slip, 14> kByteSlips{{{"b", "B"},
                                                  {"bytes", "B"},
                                                  {"byte", "B"},
                                                  {"KB", "kB"},
                                                  {"K", "KiB"},
                                                  {"k", "KiB"},
                                                  {"kb", "kB"},
                                                  {"M", "MiB"},
                                                  {"mb", "MB"},
                                                  {"G", "GiB"},
                                                  {"gb", "GB"},
                                                  {"kib", "KiB"},
                                                  {"kiB", "KiB"},
                                                  {"Ki", "KiB"}}};
inline constexpr Notation kBytesNotation{
    "a size such as 64KiB or 1.5MB", "bytes",    kByteUnits, kByteSlips, {"B", "KiB"},
    1'000'000'000'000'000'000,       "1000000TB"};

inline constexpr std::array<Unit, 5> kBitRateUnits{{{"bit/s", 1},
                                                    {"kbit/s", 1'000},
                                                    {"Mbit/s", 1'000'000},
                                                    {"Gbit/s", 1'000'000'000},
                                                    {"Tbit/s", 1'000'000'000'000}}};
inline constexpr std::array<Slip, 15> kBitRateSlips{{{"bps", "bit/s"},
                                                     {"kbps", "kbit/s"},
                                                     {"Kbps", "kbit/s"},
                                                     {"Mbps", "Mbit/s"},
                                                     {"mbps", "Mbit/s"},
                                                     {"Gbps", "Gbit/s"},
                                                     {"gbps", "Gbit/s"},
                                                     {"bits/s", "bit/s"},
                                                     {"Mb/s", "Mbit/s"},
                                                     {"Gb/s", "Gbit/s"},
                                                     {"kb/s", "kbit/s"},
                                                     {"Kbit/s", "kbit/s"},
                                                     {"Mbit", "Mbit/s"},
                                                     {"Gbit", "Gbit/s"},
                                                     {"kbit", "kbit/s"}}};
inline constexpr Notation kBitRateNotation{"a bit rate such as 400kbit/s or 1Gbit/s",
                                           "bits per second",
                                           kBitRateUnits,
                                           kBitRateSlips,
                                           {"kbit/s", "Mbit/s"},
                                           1'000'000'000'000'000'000,
                                           "1000000Tbit/s"};

inline constexpr std::array<Unit, 2> kDriftUnits{{{"ppb", 1}, {"ppm", 1'000}}};
inline constexpr Notation kDriftNotation{"a clock drift such as 50ppm",
                                         "parts per billion",
                                         kDriftUnits,
                                         {},
                                         {"ppm", "ppb"},
                                         500'000'000,
                                         "500000ppm",
                                         Notation::Sign::either};

inline constexpr std::array<Unit, 1> kDecimalUnits{{{"", 1'000'000}}};
inline constexpr Notation kDecimalNotation{"a number with at most six decimals such as 0.99",
                                           "millionths",
                                           kDecimalUnits,
                                           {},
                                           {},
                                           1'000'000'000'000,
                                           "1000000",
                                           Notation::Sign::either};

inline constexpr std::array<Unit, 1> kCountUnits{{{"", 1}}};
inline constexpr Notation kIntegerNotation{"an integer such as 42",
                                           "units",
                                           kCountUnits,
                                           {},
                                           {},
                                           std::uint64_t{1} << 63,
                                           "9223372036854775807",
                                           Notation::Sign::either};
inline constexpr Notation kNaturalNotation{
    "an integer, 0 or more", "units", kCountUnits, {}, {}, UINT64_MAX, "18446744073709551615"};

inline constexpr std::array<Unit, 1> kPercent{{{"%", 1}}};
inline constexpr Notation kProbabilityNotation{
    "a probability from 0% to 100% such as 0.1%", "", kPercent, {}, {}, 100, "100%"};

}  // namespace cleave::detail
