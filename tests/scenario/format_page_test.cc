// The examples of docs/scenario-format.md do what the page says. Runs in the root of the
// repository.
#include "sim/base/quantity.h"
#include "sim/base/reader.h"
#include "sim/scenario/parse.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cleave {
namespace {

std::string page() {
  std::ifstream file("docs/scenario-format.md");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// The contents of the fenced blocks of one language.
std::vector<std::string> blocks(const std::string& text, const std::string& language) {
  const std::string fence = "```" + language + "\n";
  std::vector<std::string> found;
  for (std::size_t at = text.find(fence); at != std::string::npos; at = text.find(fence, at + 1)) {
    const std::size_t begin = at + fence.size();
    found.push_back(text.substr(begin, text.find("```", begin) - begin));
  }
  return found;
}

TEST(FormatPage, shows_yaml_that_is_read_or_refused_as_it_says) {
  const std::vector<std::string> examples = blocks(page(), "yaml");
  ASSERT_GE(examples.size(), 2u);
  for (const std::string& example : examples) {
    Diagnostics diagnostics;
    parse_text("page.yaml", example, diagnostics);
    const std::string announced = "# refused: ";
    if (!example.starts_with(announced)) {
      EXPECT_EQ(diagnostics.format(), "");
      continue;
    }
    ASSERT_FALSE(diagnostics.empty()) << example;
    EXPECT_EQ(announced + diagnostics.all()[0].mistake.found,
              example.substr(0, example.find('\n')));
  }
}

template <class T>
bool reads(std::string_view text) {
  return std::holds_alternative<T>(parse_quantity<T>(text));
}

// Whether the text is a value of the type that the page's table names.
std::optional<bool> reads_as(std::string_view type, std::string_view text) {
  if (type == "duration") return reads<Duration>(text);
  if (type == "size") return reads<Bytes>(text);
  if (type == "bit rate") return reads<BitRate>(text);
  if (type == "probability") return reads<Probability>(text);
  if (type == "clock drift") return reads<Drift>(text);
  if (type == "decimal") return reads<Decimal>(text);
  if (type == "integer") return reads<std::int64_t>(text);
  if (type == "boolean") return reads<bool>(text);
  if (type == "name") return std::holds_alternative<std::string>(parse_name(text));
  return std::nullopt;
}

TEST(FormatPage, lists_values_that_are_read) {
  std::istringstream lines(page());
  std::size_t checked = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("| ")) continue;
    const std::size_t bar = line.find(" | ");
    const std::string type = line.substr(2, bar - 2);
    const std::string written = line.substr(bar + 3, line.find(" | ", bar + 3) - bar - 3);
    for (std::size_t at = written.find('`'); at != std::string::npos;) {
      const std::size_t end = written.find('`', at + 1);
      const std::string text = written.substr(at + 1, end - at - 1);
      const std::optional<bool> read = reads_as(type, text);
      if (read) ++checked;
      EXPECT_NE(read, std::optional(false)) << type << " " << text;
      at = written.find('`', end + 1);
    }
  }
  EXPECT_GE(checked, 36u);
}

TEST(FormatPage, quotes_a_message_as_it_is) {
  static const Schema kFault{"fault",
                             "What goes wrong.",
                             {{.key = "at", .type = Type::duration, .doc = "When."},
                              {.key = "for", .type = Type::duration, .doc = "How long."}}};
  Diagnostics diagnostics;
  const auto root =
      parse_text("split.yaml", "name: split\nfaults:\n  - {at: 20s, fro: 43s}\n", diagnostics);
  ASSERT_TRUE(root.has_value());
  Reader reader(root->find("faults")->items[0], kFault, diagnostics);
  EXPECT_EQ(blocks(page(), "text"), std::vector<std::string>{diagnostics.format()});
}

}  // namespace
}  // namespace cleave
