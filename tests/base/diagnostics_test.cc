#include "sim/base/diagnostics.h"

#include "sim/base/utf8.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace cleave {
namespace {

std::shared_ptr<const Source> source(std::string text) {
  return std::make_shared<const Source>(Source{"split.yaml", std::move(text)});
}

TEST(Diagnostics, says_what_where_and_what_to_do) {
  const auto file = source("name: x\nfaults:\n  at: 20\n");
  const Diagnostic diagnostic{
      {file, 3, 7}, {"at: '20' has no unit", "a duration", "write 20s"}, {{{file, 1, 1}, "see"}}};
  EXPECT_EQ(format(diagnostic),
            "split.yaml:3:7: error: at: '20' has no unit; expected a duration; write 20s\n"
            "    3 |   at: 20\n"
            "      |       ^\n"
            "split.yaml:1:1: note: see\n"
            "    1 | name: x\n"
            "      | ^\n");
}

TEST(Diagnostics, leaves_out_what_it_does_not_know) {
  EXPECT_EQ(format({{}, {"no replicas", "", ""}, {}}), "error: no replicas\n");
  EXPECT_EQ(format({{source(""), 0, 0}, {"the text is empty", "", ""}, {}}),
            "split.yaml: error: the text is empty\n");
  EXPECT_EQ(format({{source("a\n"), 7, 1}, {"beyond the end", "", ""}, {}}),
            "split.yaml:7:1: error: beyond the end\n");
}

TEST(Diagnostics, counts_columns_in_characters) {
  const auto file = source("caf\xc3\xa9: \xe2\x82\xac 5\r\n");
  const std::string text = format({{file, 1, 7}, {"x", "", ""}, {}});
  EXPECT_EQ(text,
            "split.yaml:1:7: error: x\n"
            "    1 | caf\xc3\xa9: \xe2\x82\xac 5\n"
            "      |       ^\n");
}

TEST(Diagnostics, shows_the_surroundings_in_a_long_line) {
  const auto file = source(std::string(500, 'a') + "X" + std::string(500, 'b'));
  const std::string text = format({{file, 1, 501}, {"x", "", ""}, {}});
  const std::size_t line = text.find("...");
  const std::size_t caret = text.find('^');
  ASSERT_NE(line, std::string::npos);
  const std::size_t second = text.find("      | ");
  EXPECT_EQ(text.find('X') - text.find("    1 | "), caret - second) << text;
  EXPECT_LT(text.size(), 350u);
}

TEST(Diagnostics, prints_no_control_characters) {
  const auto file = source("a: \x1b[31m\xff\xc2\x9b\n");
  const std::string text = format({{file, 1, 1}, {in_quotes("\x1b[2J\x7f\xfe"), "", ""}, {}});
  for (const char c : text)
    EXPECT_TRUE(c == '\n' || (c >= ' ' && c != 0x7f)) << static_cast<int>(c);
  EXPECT_EQ(in_quotes("\x1b[2J"), "'?[2J'");
}

TEST(Diagnostics, cuts_long_values) {
  EXPECT_EQ(in_quotes(std::string(60, 'x')), "'" + std::string(60, 'x') + "'");
  EXPECT_EQ(in_quotes(std::string(61, 'x')), "'" + std::string(60, 'x') + "...'");
}

TEST(Diagnostics, sorts_by_place_and_counts_the_rest) {
  const auto file = source("a\nb\n");
  Diagnostics diagnostics;
  diagnostics.error({file, 2, 1}, {"second", "", ""});
  diagnostics.error({file, 1, 2}, {"first", "", ""});
  EXPECT_LT(diagnostics.format().find("first"), diagnostics.format().find("second"));
  for (std::size_t i = 0; i < Diagnostics::kMostKept; ++i)
    diagnostics.error({file, 2, 1}, {"again", "", ""});
  EXPECT_EQ(diagnostics.count(), Diagnostics::kMostKept + 2);
  EXPECT_EQ(diagnostics.all().size(), Diagnostics::kMostKept);
  EXPECT_TRUE(diagnostics.format().ends_with("and 2 more mistakes\n"));
}

TEST(Diagnostics, throws_all_of_them_at_once) {
  Diagnostics diagnostics;
  EXPECT_NO_THROW(diagnostics.throw_if_any());
  diagnostics.error({}, {"one", "", ""});
  diagnostics.error({}, {"two", "", ""});
  try {
    diagnostics.throw_if_any();
    FAIL() << "nothing was thrown";
  } catch (const ScenarioError& error) {
    EXPECT_EQ(error.diagnostics().count(), 2u);
    EXPECT_EQ(std::string(error.what()), "error: one\nerror: two\n");
  }
}

TEST(Utf8, knows_the_length_of_each_character) {
  struct Case {
    std::string text;
    std::size_t length;
  };
  for (const auto& [text, length] :
       {Case{"a", 1}, Case{"\xc3\xa9", 2}, Case{"\xe2\x82\xac", 3}, Case{"\xed\x9f\xbf", 3},
        Case{"\xf0\x9f\x98\x80", 4}, Case{"\xf4\x8f\xbf\xbf", 4},
        Case{"\x80", 0},              // a continuation alone
        Case{"\xc0\x80", 0},          // overlong
        Case{"\xc1\xbf", 0},          // overlong
        Case{"\xe0\x9f\xbf", 0},      // overlong
        Case{"\xf0\x8f\xbf\xbf", 0},  // overlong
        Case{"\xed\xa0\x80", 0},      // surrogate
        Case{"\xf4\x90\x80\x80", 0},  // above U+10FFFF
        Case{"\xf5\x80\x80\x80", 0}, Case{"\xff", 0}, Case{"\xe2\x82", 0}, Case{"\xf0\x9f\x98", 0},
        Case{"\xc3", 0}})
    EXPECT_EQ(utf8_length(text, 0), length) << ::testing::PrintToString(text);
}

}  // namespace
}  // namespace cleave
