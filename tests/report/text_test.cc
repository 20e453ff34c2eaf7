#include "sim/report/text.h"

#include "sim/report/page.h"
#include "sim/report/typography.h"
#include "tests/report/sample.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cleave {
namespace {

TextOptions options(int columns, Charset charset, Ink ink) {
  TextOptions options;
  options.columns = columns;
  options.charset = charset;
  options.ink = ink;
  return options;
}

std::string plain(const RunResult& run) {
  return text_report(run, options(80, Charset::utf8, Ink::plain));
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    if (c == '\n')
      lines.emplace_back();
    else
      lines.back() += c;
  }
  return lines;
}

TEST(TextReport, fits_one_screen) {
  const std::string text = plain(sample::two_coasts());
  EXPECT_LE(lines_of(text).size(), 41u) << text;  // the last line is empty
}

// But for commands to copy, which must stay in one piece, and file names in the head.
TEST(TextReport, keeps_to_its_columns) {
  for (const RunResult& run : {sample::two_coasts(), sample::trouble(), sample::calm()})
    for (int columns = 80; columns <= 120; ++columns)
      for (const std::string& line :
           lines_of(text_report(run, options(columns, Charset::utf8, Ink::plain))))
        EXPECT_TRUE(columns_of(line) <= static_cast<std::size_t>(columns) ||
                    line.find("cleave run ") != std::string::npos)
            << line;
}

TEST(TextReport, says_the_same_in_colour) {
  for (const RunResult& run : {sample::two_coasts(), sample::trouble(), sample::calm()}) {
    std::string text = text_report(run, options(80, Charset::utf8, Ink::colour));
    for (std::size_t at = text.find('\x1b'); at != std::string::npos; at = text.find('\x1b'))
      text.erase(at, text.find('m', at) - at + 1);
    EXPECT_EQ(text, plain(run));
  }
}

TEST(TextReport, says_why_of_all_verdicts_while_there_are_few) {
  RunResult run = sample::two_coasts();
  const ExpectationResult good = run.expectations[1];
  run.expectations.push_back(good);
  EXPECT_TRUE(contains(plain(run), good.verdict.why));
  run.expectations.push_back(good);
  EXPECT_FALSE(contains(plain(run), good.verdict.why)) << plain(run);
  EXPECT_TRUE(contains(plain(run), "4,301 writes that us-east")) << plain(run);  // a violation
}

TEST(TextReport, shows_the_windows_in_which_least_was_served) {
  RunResult run = sample::calm();
  for (std::int64_t s = 0; s < 20; ++s) {
    const Span window{Time{s * 1'000'000'000}, Time{(s + 1) * 1'000'000'000}};
    const std::uint64_t served = s == 13 ? 10 : 50 + static_cast<std::uint64_t>(s);
    run.availability.push_back({"all", window, served, 0, 0, 100 - served, 0});
  }
  const std::string text = plain(run);
  EXPECT_TRUE(contains(text, "13 to 14 s")) << text;
  EXPECT_TRUE(contains(text, "4 to 5 s")) << text;
  EXPECT_FALSE(contains(text, "6 to 7 s")) << text;
  EXPECT_LT(text.find("4 to 5 s"), text.find("13 to 14 s")) << text;
  EXPECT_TRUE(contains(text, "and 14 more windows, served no worse")) << text;
}

TEST(TextReport, says_so_when_clients_asked_for_nothing) {
  RunResult run = sample::calm();
  run.availability = {{"all", {Time{}, run.simulated}, 0, 0, 0, 0, 0}};
  EXPECT_TRUE(contains(plain(run), "clients asked for nothing")) << plain(run);
}

TEST(TextComparison, exits_with_the_first_status_of_all) {
  std::vector<RunResult> runs(3, sample::two_coasts());
  runs[0].status = Status::undecided;
  runs[1].status = Status::liveness;
  const std::string text = text_comparison(runs, {});
  EXPECT_TRUE(contains(text, "exit 3: a liveness expectation")) << text;
}

TEST(Page, begins_without_a_blank_line_and_labels_each_section_once) {
  Page page(40, Ink::plain, Page::Margin::labels);
  page.section("one");
  page.line("a");
  page.line("b");
  page.section("two");
  page.line("c");
  page.section("three", Page::Space::none);
  page.line("d");
  EXPECT_EQ(std::move(page).text(), "one       a\n          b\n\ntwo       c\nthree     d\n");
}

std::string table(std::size_t columns) {
  Page page(columns, Ink::plain, Page::Margin::none);
  page.table({{{"a long name"}, {"another one"}, number("1,000")}, {{"b"}, {"c"}, number("7")}});
  return std::move(page).text();
}

TEST(Page, moves_columns_closer_before_it_cuts_words_and_never_cuts_numbers) {
  EXPECT_EQ(table(33), "a long name   another one   1,000\nb             c                 7\n");
  EXPECT_EQ(table(32), "a long name  another one  1,000\nb            c                7\n");
  EXPECT_EQ(table(31), table(32));
  EXPECT_EQ(table(30), "a long ...  another one  1,000\nb           c                7\n");
  EXPECT_EQ(table(28), "a long...  another...  1,000\nb          c               7\n");
}

}  // namespace
}  // namespace cleave
