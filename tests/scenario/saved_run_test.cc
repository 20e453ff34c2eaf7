#include "sim/scenario/saved_run.h"

#include "sim/base/random.h"
#include "sim/scenario/load.h"
#include "sim/scenario/parse.h"
#include "sim/scenario/run.h"
#include "tests/scenario/story.h"

#include <gtest/gtest.h>

#include <string>

namespace cleave {
namespace {

SavedRun example() {
  SavedRun saved;
  saved.behaviour = 7;
  saved.seed = 18'446'744'073'709'551'615u;
  saved.until = Time{1'500'000'000};
  saved.configuration = "fenced";
  saved.settings = {"run_for=70s", "about=\"a 'b' \\ c\""};
  saved.events = 12;
  saved.digest = {0x0123456789abcdef, 0xfedcba9876543210};
  saved.file = "it's here/x.yaml";
  saved.text = test::kStory;
  return saved;
}

SavedRun read_back(const std::string& yaml) {
  Diagnostics diagnostics;
  const auto root = parse_text("saved", yaml, diagnostics);
  EXPECT_EQ(diagnostics.format(), "");
  if (!root) return {};
  EXPECT_TRUE(is_saved_run(*root));
  SavedRun saved = read_saved_run(*root, diagnostics);
  EXPECT_EQ(diagnostics.format(), "");
  return saved;
}

void expect_same(const SavedRun& a, const SavedRun& b) {
  EXPECT_EQ(a.behaviour, b.behaviour);
  EXPECT_EQ(a.seed, b.seed);
  EXPECT_EQ(a.until, b.until);
  EXPECT_EQ(a.configuration, b.configuration);
  EXPECT_EQ(a.settings, b.settings);
  EXPECT_EQ(a.events, b.events);
  EXPECT_EQ(a.digest, b.digest);
  EXPECT_EQ(a.file, b.file);
  EXPECT_EQ(a.text, b.text);
}

TEST(SavedRun, reads_back_what_it_writes) {
  expect_same(read_back(to_yaml(example())), example());
  SavedRun least = example();
  least.until.reset();
  least.configuration.clear();
  least.settings.clear();
  expect_same(read_back(to_yaml(least)), least);
}

TEST(SavedRun, keeps_every_text) {
  for (const std::string text :
       {"", "\n", "a", "a\n", "a\n\n", " a\n", "\na\n", "a: \"\\\"\t\n", "# no more\n", "a\r\nb\n",
        "a: |\n  b\n\n\n  c\nd: e\n", "--- a\n", "\xc3\xa9\n", "a \n", "a\n  \nb\n"}) {
    SavedRun saved = example();
    saved.text = text;
    EXPECT_EQ(read_back(to_yaml(saved)).text, text) << to_yaml(saved);
  }
}

TEST(SavedRun, keeps_texts_made_at_random) {
  constexpr std::string_view kLetters = "a :#-|>'\"\\{}[]&*!%@`,?\n\n  \t\r";
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    Random random = Random::at(seed, 1, 2, 3);
    SavedRun saved = example();
    saved.text.clear();
    for (std::uint64_t i = 0, length = random.below(40); i < length; ++i)
      saved.text += kLetters[random.below(kLetters.size())];
    EXPECT_EQ(read_back(to_yaml(saved)).text, saved.text) << to_yaml(saved);
  }
}

TEST(SavedRun, reads_no_digest_but_a_digest) {
  EXPECT_EQ(hash_from_hex("fedcba98765432100123456789abcdef"), example().digest);
  EXPECT_EQ(hash_from_hex(to_hex(example().digest)), example().digest);
  EXPECT_EQ(hash_from_hex("fedcba98765432100123456789abcde"), std::nullopt);
  EXPECT_EQ(hash_from_hex("fedcba98765432100123456789abcdeF"), std::nullopt);
}

TEST(SavedRun, runs_again_to_the_same_digest) {
  const Loaded first = load_text("x.yaml", std::string(test::kStory), {"workload.0.every=15ms"});
  const RunResult before = run(first.configurations[0].scenario, {.seed = 5});
  SavedRun saved;
  saved.behaviour = before.behaviour;
  saved.seed = before.seed;
  saved.settings = first.settings;
  saved.events = before.events;
  saved.digest = before.digest;
  saved.file = first.file;
  saved.text = first.text;

  const Loaded again = load_text("bug.yaml", to_yaml(saved));
  ASSERT_TRUE(again.saved);
  EXPECT_EQ(again.file, "x.yaml");
  const RunResult after = run(again.configurations[0].scenario, {.seed = again.saved->seed});
  EXPECT_EQ(after.digest, again.saved->digest);
  EXPECT_EQ(after.events, again.saved->events);

  // Settings that are given now go over the saved ones.
  const Loaded other = load_text("bug.yaml", to_yaml(saved), {"workload.0.every=20ms"});
  EXPECT_EQ(other.settings,
            (std::vector<std::string>{"workload.0.every=15ms", "workload.0.every=20ms"}));
  EXPECT_EQ(other.configurations[0].scenario.workload.at(0).every, Duration{20'000'000});
}

TEST(SavedRun, names_a_configuration_that_is_there) {
  SavedRun saved = example();
  saved.settings.clear();
  try {
    load_text("bug.yaml", to_yaml(saved));
    FAIL() << "the story has no configuration of that name";
  } catch (const ScenarioError& error) {
    EXPECT_EQ(std::string(error.what()).substr(0, 79),
              "bug.yaml:6:16: error: no configuration is called 'fenced'; expected an entry of");
  }
}

}  // namespace
}  // namespace cleave
