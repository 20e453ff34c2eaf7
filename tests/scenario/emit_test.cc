#include "sim/scenario/emit.h"

#include "sim/scenario/parse.h"
#include "tests/scenario/story.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace cleave {
namespace {

// Quotes count here: "5" is text and 5 is a number.
bool same_in_all(const Section& a, const Section& b) {
  if (!same_content(a, b) || a.quoted != b.quoted) return false;
  for (std::size_t i = 0; i < a.items.size(); ++i)
    if (!same_in_all(a.items[i], b.items[i])) return false;
  for (std::size_t i = 0; i < a.entries.size(); ++i)
    if (!same_in_all(a.entries[i].value, b.entries[i].value)) return false;
  return true;
}

Section parsed(const std::string& text) {
  Diagnostics diagnostics;
  const auto root = parse_text("x", text, diagnostics);
  EXPECT_EQ(diagnostics.format(), "") << text;
  return *root;
}

void expect_comes_back(const std::string& text) {
  const Section root = parsed(text);
  const std::string written = to_yaml(root);
  EXPECT_TRUE(same_in_all(root, parsed(written))) << text << "\nbecame\n" << written;
}

TEST(Emit, writes_what_parse_reads_to_the_same) {
  for (const char* text : {
           "a: 1\nb: \"1\"\nc: 'true'\nd: true\ne: \"user-{0..9}\"\n",
           "a: [x, [y, z], {k: v}]\nb: {}\nc: []\n",
           "about: |\n  One line.\n\n  Another: with {all} [kinds], of #signs.\n",
           "about: \"no end of line\\nin the second\"\nb: \" x \"\nc: \"\"\n",
           "a: \"tab\\tand \\\"quotes\\\" and \\\\\"\nb: \"#no comment\"\nc: \"- no item\"\n",
           "a: \"line\\n\\n\"\nb: \" indented\\n\"\nc: \"blank \\nat the end\\n\"\n",
           "a: \"caf\xc3\xa9\"\nb: caf\xc3\xa9\nkey with blanks: 5\n\"5\": x\n",
           "f:\n  - {name: s, cut: [us-east, [us-west, a/b/0]]}\n  - {heal: all}\n",
       })
    expect_comes_back(text);
}

TEST(Emit, writes_every_scenario_that_there_is) {
  expect_comes_back(std::string(test::kStory));
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("scenarios")) {
    if (entry.path().extension() != ".yaml") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    expect_comes_back(text.str());
    ++count;
  }
  EXPECT_GE(count, 2u);
}

TEST(Emit, puts_the_items_of_parts_on_a_line_each) {
  EXPECT_EQ(to_yaml(parsed(std::string(test::kStory))).find("\n  - {name: split, at: 10s"),
            to_yaml(parsed(std::string(test::kStory))).find("faults:") + 7);
}

}  // namespace
}  // namespace cleave
