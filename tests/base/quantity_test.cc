#include "sim/base/quantity.h"

#include "sim/base/random.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cleave {
namespace {

template <class T>
struct Accepted {
  std::string_view text;
  T value;
};

// What is wrong, as a whole or in part, and what to do about it.
struct Refused {
  std::string_view text;
  std::string_view found;
  std::string_view advice = "";
};

template <class T>
void expect_accepted(const std::vector<Accepted<T>>& table) {
  for (const auto& [text, value] : table) {
    const Parsed<T> parsed = parse_quantity<T>(text);
    const auto* mistake = std::get_if<Mistake>(&parsed);
    ASSERT_EQ(mistake, nullptr) << text << ": " << mistake->found;
    EXPECT_TRUE(std::get<T>(parsed) == value) << text;
  }
}

template <class T>
void expect_refused(const std::vector<Refused>& table) {
  for (const auto& [text, found, advice] : table) {
    const Parsed<T> parsed = parse_quantity<T>(text);
    const auto* mistake = std::get_if<Mistake>(&parsed);
    ASSERT_NE(mistake, nullptr) << text << " was accepted";
    EXPECT_NE(mistake->found.find(found), std::string::npos) << text << ": " << mistake->found;
    EXPECT_EQ(mistake->advice, advice) << text;
    EXPECT_FALSE(mistake->expected.empty()) << text;
  }
}

TEST(Quantity, reads_durations_exactly) {
  expect_accepted<Duration>({{"0s", {0}},
                             {"1ns", {1}},
                             {"20us", {20'000}},
                             {"250ms", {250'000'000}},
                             {"1.5s", {1'500'000'000}},
                             {"0.1s", {100'000'000}},
                             {"0.000000001s", {1}},
                             {"1.000s", {1'000'000'000}},
                             {"1.500000000000000000000s", {1'500'000'000}},
                             {"2m", {120'000'000'000}},
                             {"3h", {10'800'000'000'000}},
                             {"1d", {86'400'000'000'000}},
                             {"0.5d", {43'200'000'000'000}},
                             {"-50ms", {-50'000'000}},
                             {"-0s", {0}},
                             {"36500d", {3'153'600'000'000'000'000}},
                             {"-36500d", {-3'153'600'000'000'000'000}}});
}

TEST(Quantity, refuses_durations_that_are_unclear_or_inexact) {
  expect_refused<Duration>({{"", "empty"},
                            {"250", "has no unit", "write 250s or 250ms"},
                            {"0", "has no unit", "write 0s or 0ms"},
                            {"1.5", "has no unit", "write 1.5s or 1.5ms"},
                            {"250 ms", "space", "write 250ms"},
                            {"20sec", "unknown unit 'sec'", "write 20s"},
                            {"5 minutes", "space", "write 5minutes"},
                            {"5minutes", "unknown unit", "write 5m"},
                            {"5\xc2\xb5s", "unknown unit", "write 5us"},
                            {"5w", "unknown unit 'w'", "units: ns, us, ms, s, m, h, d"},
                            {"5MS", "unknown unit 'MS'", "units: ns, us, ms, s, m, h, d"},
                            {"1.5ns", "not a whole number of nanoseconds"},
                            {"0.0000000001s", "not a whole number of nanoseconds"},
                            {"0.0000000000000000001s", "more than 18 decimals", "round it"},
                            {"36501d", "more than 36500d"},
                            {"36500.1d", "more than 36500d"},
                            {"-36501d", "less than -36500d"},
                            {"99999999999999999999s", "too large"},
                            {"18446744073709551615d", "more than 36500d"},
                            {"010s", "octal", "write 10s"},
                            {"00s", "octal", "write 0s"},
                            {"0x10s", "not decimal", "write decimal digits without a prefix"},
                            {"1e3s", "exponent", "write all its digits"},
                            {"1E-3s", "exponent", "write all its digits"},
                            {"1,000ms", "groups its digits", "write 1000ms"},
                            {"1_000ms", "groups its digits", "write 1000ms"},
                            {"+5s", "plus sign", "write 5s"},
                            {".5s", "no digit before its point", "write 0.5s"},
                            {"-.5s", "no digit before its point", "write -0.5s"},
                            {"5.s", "no digit after its point"},
                            {"s", "not a number"},
                            {"-", "not a number"},
                            {"soon", "not a number"},
                            {"1s2ms", "unknown unit 's2ms'", "units: ns, us, ms, s, m, h, d"},
                            {"1.5.2s", "unknown unit '.2s'", "units: ns, us, ms, s, m, h, d"},
                            {"--1s", "not a number"},
                            {"\xd9\xa1s", "not a number"}});
}

TEST(Quantity, reads_sizes_exactly) {
  expect_accepted<Bytes>({{"0B", {0}},
                          {"64B", {64}},
                          {"1kB", {1'000}},
                          {"1.5MB", {1'500'000}},
                          {"2GB", {2'000'000'000}},
                          {"1TB", {1'000'000'000'000}},
                          {"64KiB", {65'536}},
                          {"0.5KiB", {512}},
                          {"1MiB", {1'048'576}},
                          {"1GiB", {1'073'741'824}},
                          {"1TiB", {1'099'511'627'776}},
                          {"1000000TB", {1'000'000'000'000'000'000}}});
}

TEST(Quantity, refuses_sizes_that_are_unclear_or_inexact) {
  expect_refused<Bytes>({{"64", "has no unit", "write 64B or 64KiB"},
                         {"64K", "unknown unit 'K'", "write 64KiB"},
                         {"64KB", "unknown unit 'KB'", "write 64kB"},
                         {"64Mbit", "unknown unit", "units: B, kB, MB, GB, TB, KiB, MiB, GiB, TiB"},
                         {"0.5B", "not a whole number of bytes"},
                         {"0.0001KiB", "not a whole number of bytes"},
                         {"-1B", "is negative"},
                         {"1000001TB", "more than 1000000TB"},
                         {"many", "not a number"}});
}

TEST(Quantity, reads_bit_rates_exactly) {
  expect_accepted<BitRate>({{"0bit/s", {0}},
                            {"9600bit/s", {9'600}},
                            {"400kbit/s", {400'000}},
                            {"1.5Mbit/s", {1'500'000}},
                            {"1Gbit/s", {1'000'000'000}},
                            {"1000000Tbit/s", {1'000'000'000'000'000'000}}});
}

TEST(Quantity, refuses_bit_rates_that_are_unclear_or_inexact) {
  expect_refused<BitRate>(
      {{"100", "has no unit", "write 100kbit/s or 100Mbit/s"},
       {"100Mbps", "unknown unit 'Mbps'", "write 100Mbit/s"},
       {"100MB/s", "unknown unit 'MB/s'", "units: bit/s, kbit/s, Mbit/s, Gbit/s, Tbit/s"},
       {"0.5bit/s", "not a whole number of bits per second"},
       {"-1Mbit/s", "is negative"},
       {"1000001Tbit/s", "more than 1000000Tbit/s"}});
}

TEST(Quantity, reads_probabilities_as_thresholds) {
  // 2^64 / 1000 = 18446744073709551.616, and so on: rounded down.
  expect_accepted<Probability>({{"0%", {0, false}},
                                {"0.1%", {18'446'744'073'709'551u, false}},
                                {"1%", {184'467'440'737'095'516u, false}},
                                {"12.5%", {std::uint64_t{1} << 61, false}},
                                {"25.00%", {std::uint64_t{1} << 62, false}},
                                {"50%", {std::uint64_t{1} << 63, false}},
                                {"99.99999999999999999%", {18'446'744'073'709'551'614u, false}},
                                {"0.00000000000000001%", {1, false}},
                                {"100%", Probability::certain()},
                                {"100.000%", Probability::certain()}});
}

TEST(Quantity, keeps_certainty_apart_from_the_largest_threshold) {
  EXPECT_LT((Probability{UINT64_MAX, false}), Probability::certain());
}

TEST(Quantity, refuses_probabilities_that_are_unclear) {
  expect_refused<Probability>(
      {{"0.5", "has no unit", "write 50% if it is a share of 1, 0.5% if it is a percentage"},
       {"0.01", "has no unit", "write 1% if it is a share of 1, 0.01% if it is a percentage"},
       {"5", "has no unit", "write 5%"},
       {"0.001", "has no unit", "write 0.001%"},
       {"101%", "more than 100%"},
       {"100.1%", "more than 100%"},
       {"-1%", "is negative"},
       {"5ppm", "unknown unit 'ppm'", "units: %"},
       {"5 %", "space", "write 5%"},
       {"0.000000000000000001%", "more than 17 decimals"},
       {"1/3", "unknown unit '/3'", "units: %"}});
}

TEST(Quantity, reads_drifts_and_decimals) {
  expect_accepted<Drift>({{"50ppm", {50'000}},
                          {"-0.5ppm", {-500}},
                          {"20ppb", {20}},
                          {"0ppm", {0}},
                          {"500000ppm", {500'000'000}}});
  expect_refused<Drift>({{"50", "has no unit", "write 50ppm or 50ppb"},
                         {"0.1ppb", "not a whole number of parts per billion"},
                         {"500001ppm", "more than 500000ppm"},
                         {"-500001ppm", "less than -500000ppm"}});
  expect_accepted<Decimal>(
      {{"0.99", {990'000}}, {"2", {2'000'000}}, {"-1.5", {-1'500'000}}, {"0", {0}}});
  expect_refused<Decimal>({{"0.0000001", "not a whole number of millionths"},
                           {"1000001", "more than 1000000"},
                           {"99%", "not a plain number", "write 99"}});
}

TEST(Quantity, reads_integers_in_decimal_digits_only) {
  expect_accepted<std::int64_t>({{"0", 0},
                                 {"42", 42},
                                 {"-7", -7},
                                 {"5.0", 5},
                                 {"9223372036854775807", INT64_MAX},
                                 {"-9223372036854775808", INT64_MIN}});
  expect_refused<std::int64_t>({{"010", "octal", "write 10"},
                                {"0x10", "not decimal", "write decimal digits without a prefix"},
                                {"0o10", "not decimal", "write decimal digits without a prefix"},
                                {"0b1", "not decimal", "write decimal digits without a prefix"},
                                {"1.5", "not an integer"},
                                {"1e3", "exponent", "write all its digits"},
                                {"1,000", "groups its digits", "write 1000"},
                                {"9223372036854775808", "too large"},
                                {"-9223372036854775809", "less than -9223372036854775807"},
                                {"5s", "not a plain number", "write 5"},
                                {"five", "not a number"}});
  expect_accepted<std::uint64_t>({{"0", 0}, {"18446744073709551615", UINT64_MAX}});
  expect_refused<std::uint64_t>({{"-1", "is negative"}, {"18446744073709551616", "too large"}});
}

TEST(Quantity, reads_four_words_as_booleans) {
  expect_accepted<bool>({{"true", true}, {"on", true}, {"false", false}, {"off", false}});
  expect_refused<bool>({{"yes", "not a yes or a no", "write true"},
                        {"No", "not a yes or a no", "write false"},
                        {"TRUE", "not a yes or a no", "write true"},
                        {"1", "not a yes or a no", "write true"},
                        {"", "not a yes or a no"},
                        {"maybe", "not a yes or a no"}});
}

TEST(Quantity, reads_names) {
  for (const std::string_view text : {"a", "us-east", "4g", "aws-2017", "a_b", "A9"})
    EXPECT_TRUE(std::holds_alternative<std::string>(parse_name(text))) << text;
  EXPECT_TRUE(std::holds_alternative<std::string>(parse_name(std::string(64, 'a'))));
  for (const std::string_view text :
       {"", "-a", "_a", "a.b", "a/b", "a b", "caf\xc3\xa9", "a\n", "*"})
    EXPECT_TRUE(std::holds_alternative<Mistake>(parse_name(text))) << text;
  EXPECT_TRUE(std::holds_alternative<Mistake>(parse_name(std::string(65, 'a'))));
}

TEST(Quantity, writes_short_exact_texts) {
  EXPECT_EQ(to_text(Duration{0}), "0s");
  EXPECT_EQ(to_text(Duration{250'000'000}), "250ms");
  EXPECT_EQ(to_text(Duration{1'500'000'000}), "1.5s");
  EXPECT_EQ(to_text(Duration{43'000'000'000}), "43s");
  EXPECT_EQ(to_text(Duration{120'000'000'000}), "2m");
  EXPECT_EQ(to_text(Duration{-50'000'000}), "-50ms");
  EXPECT_EQ(to_text(Duration{INT64_MIN}), "-9223372036854775808ns");
  EXPECT_EQ(to_text(Bytes{65'536}), "64KiB");
  EXPECT_EQ(to_text(Bytes{1'000}), "1kB");
  EXPECT_EQ(to_text(BitRate{400'000}), "400kbit/s");
  EXPECT_EQ(to_text(Drift{-500}), "-500ppb");
}

// Random values of every size: a random number of random bits.
std::int64_t random_amount(std::uint64_t index, std::int64_t largest) {
  Random random = Random::at(20'181'021, 1, 2, index);
  const std::uint64_t bits = random.below(63);
  const std::uint64_t value = random.bits() >> (63 - bits);
  return static_cast<std::int64_t>(value % static_cast<std::uint64_t>(largest));
}

template <class T>
void expect_round_trip(T value) {
  const std::string text = to_text(value);
  const Parsed<T> parsed = parse_quantity<T>(text);
  ASSERT_TRUE(std::holds_alternative<T>(parsed)) << text << std::get<Mistake>(parsed).found;
  EXPECT_TRUE(std::get<T>(parsed) == value) << text;
}

TEST(Quantity, reads_back_what_it_writes) {
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    const std::int64_t amount = random_amount(i, 1'000'000'000'000'000'000);
    expect_round_trip(Duration{amount});
    expect_round_trip(Duration{-amount});
    expect_round_trip(Bytes{amount});
    expect_round_trip(BitRate{amount});
    expect_round_trip(Drift{amount % 500'000'001});
    if (HasFatalFailure()) FAIL() << "at draw " << i;
  }
}

// Every text of four characters from a telling alphabet is read or refused with words; those that
// are read number as many as match -?(0|[1-9][0-9]*)([.][0-9]+)?(s|m|ms).
TEST(Quantity, ends_for_every_short_text) {
  constexpr std::string_view kAlphabet = "019.-+ sm%xeB_";
  std::string text;
  std::size_t accepted = 0;
  for (std::size_t code = 0; code < 14 * 14 * 14 * 14; ++code) {
    text.clear();
    for (std::size_t rest = code, i = 0; i < 4; ++i, rest /= 14)
      text += kAlphabet[rest % 14];
    const Parsed<Duration> duration = parse_quantity<Duration>(text);
    if (const auto* mistake = std::get_if<Mistake>(&duration)) {
      EXPECT_FALSE(mistake->found.empty()) << text;
      continue;
    }
    ++accepted;
    EXPECT_TRUE(text.ends_with('s') || text.ends_with('m')) << text;
  }
  EXPECT_EQ(accepted, 75u);
}

}  // namespace
}  // namespace cleave
