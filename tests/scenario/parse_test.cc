#include "sim/scenario/parse.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {
namespace {

// The tree in one line: scalars in brackets if quoted, with line:column.
std::string written(const Section& section) {
  const std::string at =
      "@" + std::to_string(section.mark.line) + ":" + std::to_string(section.mark.column);
  std::string text;
  switch (section.kind) {
    case Section::Kind::nothing:
      return "~" + at;
    case Section::Kind::scalar:
      return (section.quoted ? "<" + section.text + ">" : section.text) + at;
    case Section::Kind::list:
      for (const Section& item : section.items)
        text += (text.empty() ? "" : " ") + written(item);
      return "[" + text + "]" + at;
    case Section::Kind::map:
      for (const Entry& entry : section.entries)
        text += (text.empty() ? "" : " ") + entry.key + "@" + std::to_string(entry.mark.line) +
                ":" + std::to_string(entry.mark.column) + "=" + written(entry.value);
      return "{" + text + "}" + at;
  }
  return "?";
}

std::string parsed(const std::string& text) {
  Diagnostics diagnostics;
  const std::optional<Section> root = parse_text("t.yaml", text, diagnostics);
  return root && diagnostics.empty() ? written(*root) : diagnostics.format();
}

// "LINE:COLUMN FOUND" of each mistake, without excerpts.
std::vector<std::string> mistakes(const std::string& text) {
  Diagnostics diagnostics;
  parse_text("t.yaml", text, diagnostics);
  std::vector<std::string> list;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    const std::string place =
        diagnostic.mark.line == 0
            ? "0"
            : std::to_string(diagnostic.mark.line) + ":" + std::to_string(diagnostic.mark.column);
    list.push_back(place + " " + diagnostic.mistake.found);
  }
  return list;
}

TEST(Parse, keeps_text_places_and_order) {
  struct Case {
    std::string text, tree;
  };
  for (const auto& [text, tree] : std::vector<Case>{
           {"b: 1\na: 010\n", "{b@1:1=1@1:4 a@2:1=010@2:4}@1:1"},
           {"a: {x: [1, yes], y: {}}\n",
            "{a@1:1={x@1:5=[1@1:9 yes@1:12]@1:8 y@1:18={}@1:21}@1:4}@1:1"},
           {"a:\n  - 1\n  -  two words\n", "{a@1:1=[1@2:5 two words@3:6]@2:3}@1:1"},
           {"a: \"5\"\nb: 'it''s'\n\"c d\": x\n",
            "{a@1:1=<5>@1:4 b@2:1=<it's>@2:4 c d@3:1=x@3:8}@1:1"},
           {"a: |\n  one\n  two\nb: >-\n  one\n  two\n",
            "{a@1:1=<one\ntwo\n>@1:4 b@4:1=<one two>@4:4}@1:1"},
           {"a: x # why\n# b\nb: y#z\n", "{a@1:1=x@1:4 b@3:1=y#z@3:4}@1:1"},
           {"caf\xc3\xa9: \xe2\x82\xac\nb: [\xc3\xa9\xc3\xa9, x]\n",
            "{caf\xc3\xa9@1:1=\xe2\x82\xac@1:7 b@2:1=[\xc3\xa9\xc3\xa9@2:5 x@2:9]@2:4}@1:1"},
           {"a: 1\r\nb: 2\r\n", "{a@1:1=1@1:4 b@2:1=2@2:4}@1:1"},
           {"---\na: 1\n...\n", "{a@2:1=1@2:4}@2:1"},
           {"a: [u: 1]\n", "{a@1:1=[{u@1:5=1@1:8}@1:5]@1:4}@1:1"},
           {"- 1\n- - 2\n", "[1@1:3 [2@2:5]@2:3]@1:1"},
           {"just text", "just text@1:1"},
           {"a: \"tab \\t, quote \\\", \\u20ac\"\n",
            "{a@1:1=<tab \t, quote \", \xe2\x82\xac>@1:4}@1:1"},
           {"user-{0..99}: 10:30\n", "{user-{0..99}@1:1=10:30@1:15}@1:1"}})
    EXPECT_EQ(parsed(text), tree) << text;
}

TEST(Parse, marks_a_key_without_a_value) {
  EXPECT_EQ(parsed("a:\nb: ~\nc: null\nd: ''\n"),
            "{a@1:1=~@1:1 b@2:1=~@2:1 c@3:1=~@3:1 d@4:1=<>@4:4}@1:1");
}

TEST(Parse, copies_what_an_alias_stands_for) {
  EXPECT_EQ(parsed("a: &x {k: [1]}\nb: *x\nc: [*x, &x 2, *x]\n"),
            "{a@1:1={k@1:8=[1@1:12]@1:11}@1:4 b@2:1={k@1:8=[1@1:12]@1:11}@2:4 "
            "c@3:1=[{k@1:8=[1@1:12]@1:11}@3:5 2@3:9 2@3:15]@3:4}@1:1");
}

TEST(Parse, refuses_what_means_different_things_to_different_readers) {
  struct Case {
    std::string text, mistake;
  };
  for (const auto& [text, mistake] :
       std::vector<Case>{{"a: 1\na: 2\n", "2:1 the key 'a' is there twice"},
                         {"b: {a: 1, 'a': 2}\n", "1:11 the key 'a' is there twice"},
                         {"a: 1\nb: 2\n<<: {c: 3}\n", "3:1 a merge key '<<'"},
                         {"a: !!int 5\n", "1:4 a tag"},
                         {"a: !mine 5\n", "1:4 a tag"},
                         {"a: ! 5\n", "1:4 a tag"},
                         {"a: !!map {}\n", "1:4 a tag"},
                         {"a: ! [x]\n", "1:4 a tag"},
                         {"a: !<x> 1\n", "1:4 a tag"},
                         {"a: &x !!str 1\n", "1:4 a tag"},
                         {"? [a]\n: 1\n", "1:3 a list or map in place of a key"},
                         {"? {a: 1}\n: 1\n", "1:3 a list or map in place of a key"},
                         {"a: &x b\n*x : 1\n", "2:1 an alias in place of a key"},
                         {": 1\n", "1:1 a key that is empty"},
                         {"{a: 1,, b: 2}\n", "1:7 a key that is empty"},
                         {"~: 1\n", "1:1 a key that is empty"},
                         {"a: 1\n---\nb: 2\n", "2:1 a second document"},
                         {"a: 1\n...\nb: 2\n", "3:1 a second document"},
                         {"- a\nb: 1\n", "2:1 something outside the list or map before it"},
                         {"a: 1\n]\n", "2:1 a closing bracket without an opening one"},
                         {"%YAML 1.2\n---\na: 1\n", "1:1 a YAML directive"},
                         {"a: 1\n%TAG ! x\n", "2:1 a YAML directive"},
                         {"a:\t1\n", "1:3 a tab character"},
                         {"a:\n\tb: 1\n", "2:1 a tab character"},
                         {"# \t\n", "1:3 a tab character"},
                         {std::string("a: 1\0\n", 6), "1:5 a control character"},
                         {"a: \x1b[2J\n", "1:4 a control character"},
                         {"a: \x7f\n", "1:4 a control character"},
                         {"a: \xc2\x9b\n", "1:4 a control character"},
                         {"a: 1\rb: 2\n", "1:5 a control character"},
                         {"\xef\xbb\xbfz: 1\n", "1:1 a byte order mark"},
                         {"a: \xff\n", "1:4 bytes that are not UTF-8"},
                         {"\xfe\xff", "1:1 bytes that are not UTF-8"},
                         {"a: \xed\xa0\x80\n", "1:4 bytes that are not UTF-8"},
                         {"a: \xc0\xaf\n", "1:4 bytes that are not UTF-8"},
                         {"a: 1\nb\n", "2:1 a line without ':'"},
                         {"a:\n1\n", "2:1 a line without ':'"},
                         {"-\n- 2\n", "1:1 an item without a value"},
                         {"- 1\n-", "2:1 an item without a value"},
                         {"- ~\n", "1:3 an item without a value"},
                         {"[1, , 2]\n", "1:5 an item without a value"},
                         {"[1, null]\n", "1:5 an item without a value"},
                         {"", "0 the text is empty"},
                         {"# only a comment\n", "0 the text is empty"},
                         {"---\n", "0 the text is empty"}})
    EXPECT_EQ(mistakes(text), std::vector<std::string>{mistake}) << text;
}

TEST(Parse, explains_syntax_errors_where_they_are) {
  struct Case {
    std::string text, mistake;
  };
  for (const auto& [text, mistake] : std::vector<Case>{
           {"a: b: c\n", "1:5 a ':' where no value can begin"},
           {"a: 1\n   b: 2\n", "2:5 a ':' where no value can begin"},
           {"a:\n  - 1\n - 2\n", "3:2 a line that does not continue the map before it"},
           {"a: [1, 2\nb: 3\n", "2:2 a list in brackets that does not go on like one"},
           {"a: {b: 1 c: 2}\n", "1:11 a map in braces that does not go on like one"},
           {"a: [1, 2", "1:9 a list in brackets that does not go on like one"},
           {"a: {b: 1", "1:9 a map in braces that does not go on like one"},
           {"a: {k:[1]}\n", "1:7 a map in braces that does not go on like one"},
           {"[[a, b]\n", "1:1 a '[' that is not closed"},
           {"[a, {b: 1\n", "1:5 a '{' that is not closed"},
           {"a: \"x\n", "1:4 a quotation that is not closed"},
           {"a: 'x''\n", "1:4 a quotation that is not closed"},
           {"a: \"x\\\"\n", "1:4 a quotation that is not closed"},
           {"a: &q \"x\n", "1:4 a quotation that is not closed"},
           {"a: \"\\q\"\n", "1:7 an unknown escape in a quotation"},
           {"a: \"\\xZZ\"\n", "1:9 an escape without its hexadecimal digits"},
           {"a: *nope\n", "1:4 an alias of an anchor that is not defined before it"},
           {"a: &x [*x]\n", "1:8 an alias within what it stands for"},
           {"a: @x\n", "1:4 a character that cannot begin a value"},
           {"a: `x`\n", "1:4 a character that cannot begin a value"},
           {"a: 50%\nb: %x\n", "2:4 a character that cannot begin a value"},
           {"a: - b\n", "1:4 a dash where no list can begin"},
           {"a: |0\n  x\n", "1:6 a block of text with an indentation of 0"},
           {"a: | x\n", "1:6 text after the '|' or '>' of a block of text"}})
    EXPECT_EQ(mistakes(text), std::vector<std::string>{mistake}) << text;
}

TEST(Parse, shows_the_bracket_that_was_left_open) {
  Diagnostics diagnostics;
  parse_text(
      "t.yaml",
      "faults:  # say: [ no list\n  - {say: \"[\", cut: [a, b]\n  - {name: it's [, at: 1s}\n",
      diagnostics);
  EXPECT_EQ(diagnostics.format(),
            "t.yaml:3:3: error: a dash where no list can begin; begin a list on a line of its own, "
            "or quote the text\n"
            "    3 |   - {name: it's [, at: 1s}\n"
            "      |   ^\n"
            "t.yaml:2:5: note: this bracket is open there\n"
            "    2 |   - {say: \"[\", cut: [a, b]\n"
            "      |     ^\n");
}

TEST(Parse, takes_no_bracket_of_a_comment_or_a_quotation_for_an_open_one) {
  for (const std::string_view text :
       {"a: 1 # say: [\nb: c: d\n", "# [\na: b: c\n", "a: '['\nb: c: d\n",
        "a: \"\\\"[\"\nb: c: d\n", "a: it's [x\nb: c: d\n"}) {
    Diagnostics diagnostics;
    parse_text("t.yaml", std::string(text), diagnostics);
    ASSERT_EQ(diagnostics.count(), 1u) << text;
    EXPECT_TRUE(diagnostics.all()[0].notes.empty()) << diagnostics.format();
  }
}

TEST(Parse, reports_equal_keys_beside_a_syntax_error) {
  EXPECT_EQ(mistakes("a: {x: 1, x: 2, x: 3}\nb: @\n"),
            (std::vector<std::string>{"1:11 the key 'x' is there twice",
                                      "1:17 the key 'x' is there twice",
                                      "2:4 a character that cannot begin a value"}));
}

TEST(Parse, points_to_both_of_two_equal_keys) {
  Diagnostics diagnostics;
  const auto root = parse_text("t.yaml", "a: 1\nb: 2\na: 3\n", diagnostics);
  ASSERT_TRUE(root.has_value());
  EXPECT_EQ(root->find("a")->text, "1");
  EXPECT_EQ(root->entries.size(), 2u);
  EXPECT_EQ(diagnostics.format(),
            "t.yaml:3:1: error: the key 'a' is there twice; remove one of the two\n"
            "    3 | a: 3\n"
            "      | ^\n"
            "t.yaml:1:1: note: here it is first\n"
            "    1 | a: 1\n"
            "      | ^\n");
}

TEST(Parse, reads_settings) {
  Diagnostics diagnostics;
  const auto setting = parse_setting("faults.0.cut=[a, {b: c=d}]", diagnostics);
  ASSERT_TRUE(setting.has_value()) << diagnostics.format();
  EXPECT_EQ(setting->path, "faults.0.cut");
  EXPECT_EQ(written(setting->value), "[a@1:2 {b@1:6=c=d@1:9}@1:5]@1:1");
  EXPECT_EQ(to_string(setting->value.mark), "--set faults.0.cut:1:1");
  for (const std::string_view wrong : {"", "run_for", "=5", "run_for=", "a=[", "a=1\tb"}) {
    Diagnostics said;
    EXPECT_FALSE(parse_setting(wrong, said).has_value()) << wrong;
    EXPECT_EQ(said.count(), 1u) << wrong;
  }
}

}  // namespace
}  // namespace cleave
