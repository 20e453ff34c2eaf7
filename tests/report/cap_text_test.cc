#include "sim/report/cap_text.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cleave {
namespace {

CapRow row(std::uint64_t ok, std::uint64_t untrue, std::uint64_t unserved) {
  CapRow row;
  row.window = {Time{}, Time{1'000'000'000}};
  row.sides = 2;
  row.clients = {"east"};
  row.store = "notes";
  row.kind = "reads";
  row.outcomes.ok = ok + untrue;
  row.outcomes.unknown = unserved;
  row.compared = ok + untrue;
  row.stale = untrue;
  return row;
}

std::string bar(const CapRow& of, std::size_t width) {
  TextOptions options;
  options.charset = Charset::ascii;
  const std::string line = cap_chart({of}, width, options).front();
  return line.substr(line.find_last_of(' ') + 1);
}

TEST(CapChart, is_in_proportion_and_shows_whatever_there_was) {
  EXPECT_EQ(bar(row(10, 0, 0), 10), "##########");
  EXPECT_EQ(bar(row(5, 2, 3), 10), "#####??...");
  EXPECT_EQ(bar(row(9'999, 1, 0), 10), "#########?");
  EXPECT_EQ(bar(row(1, 1, 9'998), 10), "#?........");
  EXPECT_EQ(bar(row(0, 0, 7), 10), "..........");
  EXPECT_EQ(bar(row(1, 1, 1), 10), "####???...");
}

TEST(CapSection, is_there_only_when_asked_for) {
  RunResult run;
  run.cap = {row(5, 2, 3)};
  TextOptions options;
  EXPECT_EQ(text_report(run, options).find("\ncap "), std::string::npos);
  options.ledger = true;
  const std::string text = text_report(run, options);
  for (const char* part : {"\ncap       all along, 0 to 1 s", "70 % of 10",
                           "east, reads: 2 of 7 were stale", "not served"})
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
}

TEST(CapSection, says_so_if_the_network_was_never_split) {
  RunResult run;
  run.cap = {row(5, 2, 3)};
  run.cap[0].sides = 1;
  TextOptions options;
  options.ledger = true;
  EXPECT_NE(text_report(run, options).find("the network was never split"), std::string::npos);
}

TEST(CapSection, keeps_to_a_few_times_and_counts_the_others) {
  RunResult run;
  for (std::int64_t i = 0; i < 10; ++i) {
    run.cap.push_back(row(5, 0, 0));
    run.cap.back().window = {Time{i}, Time{i + 1}};
  }
  TextOptions options;
  options.ledger = true;
  EXPECT_NE(text_report(run, options).find("and 7 more times"), std::string::npos);
}

}  // namespace
}  // namespace cleave
