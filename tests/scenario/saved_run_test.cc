#include "sim/scenario/saved_run.h"

#include <gtest/gtest.h>

namespace cleave {
namespace {

SavedRun example() {
  SavedRun run;
  run.file = "my scenarios/a.yaml";
  run.seed = UINT64_MAX;
  run.settings = {"run_for=90s", "name=two\nlines \\n and # a comment: x"};
  run.until = Duration{20'004'182'733};
  run.behaviour = 7;
  run.digest = {3, 4};
  run.scenario = "cleave: 1\n# ---\nname: x\n";
  return run;
}

TEST(SavedRun, reads_back_as_it_was) {
  for (const std::optional<Duration> until :
       {std::optional<Duration>(), std::optional<Duration>(Duration{20'004'182'733})}) {
    SavedRun run = example();
    run.until = until;
    const std::string text = to_text(run);
    EXPECT_TRUE(is_saved_run(text));
    Diagnostics diagnostics;
    EXPECT_EQ(read_saved_run("saved", text, diagnostics), run) << text;
    EXPECT_TRUE(diagnostics.empty()) << diagnostics.format();
  }
}

TEST(SavedRun, is_a_head_of_comments_above_the_scenario_itself) {
  const std::string text = to_text(example());
  EXPECT_TRUE(text.ends_with("\n# ---\ncleave: 1\n# ---\nname: x\n"));
  const std::string head = text.substr(0, text.find("cleave: 1"));
  for (std::size_t at = 0; at < head.size(); at = head.find('\n', at) + 1)
    EXPECT_EQ(head[at], '#') << head;
}

TEST(SavedRun, is_told_from_a_scenario) {
  EXPECT_FALSE(is_saved_run("cleave: 1\n"));
  EXPECT_FALSE(is_saved_run(""));
  EXPECT_FALSE(is_saved_run("# A saved run"));
}

TEST(SavedRun, with_a_broken_head_says_where) {
  struct Case {
    std::string_view replace, by, message;
  };
  for (const Case& c : {Case{"# seed: 18446744073709551615", "# seed: many", "saved:3:"},
                        {"# digest: 0", "# digest: x", "a digest of 32 hexadecimal digits"},
                        {"# behaviour", "# belief", "unknown key 'belief'"},
                        {"# digest", "digest", "cut short"},
                        {"# until: 20004182733ns", "# until: 20", "saved:6:"}}) {
    std::string text = to_text(example());
    const std::size_t at = text.find(c.replace);
    ASSERT_NE(at, std::string::npos) << c.replace << " in " << text;
    text.replace(at, c.replace.size(), c.by);
    Diagnostics diagnostics;
    (void)read_saved_run("saved", text, diagnostics);
    EXPECT_NE(diagnostics.format().find(c.message), std::string::npos) << diagnostics.format();
  }
}

TEST(SavedRun, cut_short_anywhere_in_its_head_is_refused) {
  const std::string text = to_text(example());
  const std::size_t title = text.find('\n') + 1;
  for (std::size_t size = title; size < text.find("cleave: 1"); ++size) {
    Diagnostics diagnostics;
    (void)read_saved_run("saved", text.substr(0, size), diagnostics);
    EXPECT_FALSE(diagnostics.empty()) << text.substr(0, size);
  }
}

}  // namespace
}  // namespace cleave
