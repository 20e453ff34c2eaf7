// The words of tests of mistakes: a place in the story changed, and the whole of what is said about
// it.
#pragma once
#include "sim/scenario/load.h"
#include "tests/scenario/story.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cleave::test {

// "LINE:COLUMN: WHAT; EXPECTED; ADVICE" of each mistake.
inline std::vector<std::string> mistakes_in(const std::string& text) {
  std::vector<std::string> lines;
  try {
    load_text("x", text);
  } catch (const ScenarioError& error) {
    for (const Diagnostic& diagnostic : error.diagnostics().all()) {
      const std::string whole = format(diagnostic);
      lines.push_back(whole.substr(2, whole.find('\n') - 2));
    }
  }
  return lines;
}

// Of the story in story.h: what stands there instead of what, and what is said about it. The places
// are those of the changed text.
struct Case {
  std::string_view name;
  std::string_view from, to;
  std::vector<std::string_view> said;
};

inline void check(const Case& c) {
  SCOPED_TRACE(c.name);
  const std::vector<std::string> said = mistakes_in(with(kStory, c.from, c.to));
  std::string all;
  for (const std::string& line : said)
    all += "\n  " + line;
  ASSERT_EQ(said.size(), c.said.size()) << all;
  for (std::size_t i = 0; i < said.size(); ++i)
    EXPECT_EQ(said[i], c.said[i]);
}

}  // namespace cleave::test
