#include "sim/report/typography.h"

#include <gtest/gtest.h>

namespace cleave {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

TEST(Typography, groups_digits_by_three) {
  struct Case {
    std::uint64_t number;
    std::string_view text;
  };
  for (const Case& c : {Case{0, "0"},
                        {999, "999"},
                        {1000, "1,000"},
                        {184'220, "184,220"},
                        {UINT64_MAX, "18,446,744,073,709,551,615"}})
    EXPECT_EQ(grouped(c.number), c.text);
}

TEST(Typography, counts_one_thing_and_many) {
  EXPECT_EQ(counted(1, "replica", "replicas"), "1 replica");
  EXPECT_EQ(counted(0, "replica", "replicas"), "0 replicas");
  EXPECT_EQ(counted(2000, "replica", "replicas"), "2,000 replicas");
}

TEST(Typography, says_100_percent_only_of_all_and_0_percent_only_of_none) {
  struct Case {
    std::uint64_t part, whole;
    std::string_view text;
  };
  for (const Case& c : {Case{0, 0, "0 %"},
                        {0, 7, "0 %"},
                        {7, 7, "100 %"},
                        {1, 3, "33.3 %"},
                        {1, 2, "50 %"},
                        {99'999, 100'000, "99.9 %"},
                        {1, 100'000, "<0.1 %"},
                        {499'999'999'999'999, 1'000'000'000'000'000, "49.9 %"}})
    EXPECT_EQ(percentage(c.part, c.whole), c.text) << c.part << " of " << c.whole;
}

TEST(Typography, rounds_durations_to_three_digits_and_a_fitting_unit) {
  struct Case {
    std::int64_t ns;
    std::string_view text;
  };
  for (const Case& c : {Case{0, "0 s"},
                        {1, "1 ns"},
                        {999, "999 ns"},
                        {1'000, "1 us"},
                        {1'234, "1.23 us"},
                        {1'235, "1.24 us"},
                        {87'249'000, "87.2 ms"},
                        {412'499'999, "412 ms"},
                        {999'499'999, "999 ms"},
                        {999'500'000, "1 s"},
                        {1'204 * kSecond / 1000, "1.2 s"},
                        {43 * kSecond, "43 s"},
                        {180 * kSecond, "180 s"},
                        {599 * kSecond, "599 s"},
                        {600 * kSecond, "10 min"},
                        {750 * kSecond, "12.5 min"},
                        {7'199 * kSecond, "2 h"},
                        {9'000 * kSecond, "2.5 h"},
                        {172'800 * kSecond, "2 d"},
                        {kSecond * 36'500 * 86'400, "36,500 d"},
                        {-1'500'000, "-1.5 ms"}})
    EXPECT_EQ(rounded(Duration{c.ns}), c.text) << c.ns;
}

TEST(Typography, cuts_exact_times_to_milliseconds) {
  EXPECT_EQ(exact(Time{}), "0 s");
  EXPECT_EQ(exact(Time{20'004'999'999}), "20.004 s");
  EXPECT_EQ(exact(Time{20'500'000'000}), "20.5 s");
  EXPECT_EQ(exact(Time{86'400 * kSecond}), "86,400 s");
}

TEST(Typography, counts_the_columns_that_a_terminal_takes) {
  EXPECT_EQ(columns_of("plain"), 5u);
  EXPECT_EQ(columns_of("Zürich"), 6u);
  EXPECT_EQ(columns_of("Zu\u0308rich"), 6u);  // a combining mark
  EXPECT_EQ(columns_of("東京"), 4u);
  EXPECT_EQ(columns_of("\U0001F600"), 2u);
  EXPECT_EQ(columns_of("▁▂█"), 3u);
  EXPECT_EQ(columns_of("\xff\xc0"), 2u);  // no UTF-8: a replacement each
}

TEST(Typography, fills_up_by_columns_and_cuts_nothing) {
  EXPECT_EQ(flush_left("東", 4), "東  ");
  EXPECT_EQ(flush_right("東", 4), "  東");
  EXPECT_EQ(flush_left("long", 2), "long");
  EXPECT_EQ(flush_right("long", 2), "long");
}

TEST(Typography, shortens_to_the_columns_given) {
  EXPECT_EQ(shortened("exactly", 7), "exactly");
  EXPECT_EQ(shortened("a bit long", 7), "a bi...");
  EXPECT_EQ(shortened("東京都", 5), "東...");
  EXPECT_EQ(shortened("東京都", 4), "...");
  EXPECT_EQ(shortened("long", 2), "..");
}

TEST(Typography, wraps_at_spaces_and_keeps_units_with_numbers) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(wrapped("", 10), Lines{""});
  EXPECT_EQ(wrapped("one  two three", 8), (Lines{"one two", "three"}));
  EXPECT_EQ(wrapped("it took 20 s, then", 11), (Lines{"it took", "20 s, then"}));
  EXPECT_EQ(wrapped("it took 20 sheep", 11), (Lines{"it took 20", "sheep"}));
  EXPECT_EQ(wrapped("of a min size", 6), (Lines{"of a", "min", "size"}));
  EXPECT_EQ(wrapped("ab abcdefghij", 4), (Lines{"ab", "abcd", "efgh", "ij"}));
  EXPECT_EQ(wrapped("東京東京", 5), (Lines{"東京", "東京"}));
}

TEST(Typography, never_wraps_to_lines_that_are_too_wide) {
  const std::string_view text = "a cut of 43 s between us-east and 東京東京東京 left 1,000 apart";
  for (std::size_t columns = 2; columns < 60; ++columns)
    for (const std::string& line : wrapped(text, columns))
      EXPECT_LE(columns_of(line), columns) << line;
}

TEST(Typography, replaces_what_is_not_utf8) {
  const std::string bad = "\xEF\xBF\xBD";
  EXPECT_EQ(valid_utf8("Zürich 東京 \U0001F600"), "Zürich 東京 \U0001F600");
  EXPECT_EQ(valid_utf8("a\xff"), "a" + bad);
  EXPECT_EQ(valid_utf8("\xc3"), bad);                                // cut off
  EXPECT_EQ(valid_utf8("\xc0\xaf"), bad + bad);                      // overlong
  EXPECT_EQ(valid_utf8("\xe0\x80\xaf"), bad + bad + bad);            // overlong
  EXPECT_EQ(valid_utf8("\xed\xa0\x80"), bad + bad + bad);            // surrogate
  EXPECT_EQ(valid_utf8("\xf4\x90\x80\x80"), bad + bad + bad + bad);  // above U+10FFFF
}

TEST(Typography, keeps_commands_from_the_terminal) {
  const std::string bad = "\xEF\xBF\xBD";
  EXPECT_EQ(printable("Zürich\n東京"), "Zürich 東京");
  EXPECT_EQ(printable(std::string_view("a\0\x1b[31m\x7f\xc2\x9b", 10)),
            "a" + bad + bad + "[31m" + bad + bad);
  EXPECT_EQ(printable("a\xff"), "a" + bad);
}

}  // namespace
}  // namespace cleave
