#include "sim/scenario/load.h"

#include "tests/scenario/story.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace cleave {
namespace {

using test::kStory;
using test::with;

std::string said(const std::string& text, const std::vector<std::string>& settings = {}) {
  try {
    load_text("x.yaml", text, settings);
  } catch (const ScenarioError& error) {
    return error.what();
  }
  return "";
}

TEST(Load, keeps_the_text_and_the_settings) {
  const Loaded loaded =
      load_text("x.yaml", std::string(kStory), {"run_for=70s", "faults.split.at=12s"});
  EXPECT_EQ(loaded.file, "x.yaml");
  EXPECT_EQ(loaded.text, kStory);
  EXPECT_EQ(loaded.settings, (std::vector<std::string>{"run_for=70s", "faults.split.at=12s"}));
  ASSERT_EQ(loaded.configurations.size(), 1u);
  EXPECT_EQ(loaded.configurations[0].scenario.run_for, Time{70'000'000'000});
  EXPECT_EQ(loaded.configurations[0].scenario.faults.at(0).at, Time{12'000'000'000});
  EXPECT_FALSE(loaded.saved);
}

TEST(Load, says_which_setting_is_wrong) {
  EXPECT_EQ(said(std::string(kStory), {"run_for=70"}).substr(0, 63),
            "--set run_for:1:1: error: run_for: '70' has no unit; expected a");
  EXPECT_EQ(said(std::string(kStory), {"stores.acounts.engine=raft"}),
            "--set stores.acounts.engine:1:1: error: 'stores' has no 'acounts'; write 'accounts'\n"
            "    1 | raft\n"
            "      | ^\n");
}

TEST(Load, says_that_a_setting_has_no_value) {
  EXPECT_EQ(said(std::string(kStory), {"name="}),
            "--set name: error: nothing behind the '='; expected a value; for a text of no "
            "characters write --set 'name=\"\"'\n");
}

// Without it nobody knows what would be too late.
TEST(Load, a_misspelt_run_for_is_the_only_mistake) {
  const std::string text = said(with(kStory, "run_for", "run_fro"));
  EXPECT_NE(text.find("unknown key 'run_fro'; write 'run_for'"), std::string::npos) << text;
  EXPECT_EQ(text.find("error"), text.rfind("error")) << text;
}

TEST(Load, tells_what_cannot_be_read_from_what_is_wrong) {
  EXPECT_THROW(load_file("no/such/file.yaml"), FileError);
  EXPECT_THROW(load_file("scenarios"), FileError);
}

TEST(Load, names_a_file_by_its_path) {
  EXPECT_EQ(load_file("scenarios/tutorial/01-first-cut.yaml").file,
            "scenarios/tutorial/01-first-cut.yaml");
}

TEST(Load, stops_reading_a_device_that_never_ends) {
  try {
    load_file("/dev/zero");
    FAIL() << "no scenario is a mebibyte of zeros";
  } catch (const ScenarioError& error) {
    EXPECT_NE(std::string(error.what()).find("the text is larger than 1 MiB"), std::string::npos);
  }
}

constexpr std::string_view kCompare = R"(compare:
  slow:
    set: {faults.split.for: 30s, run_for: 70s}
    expect: [{lost-acknowledged-writes: accounts}]
  fast:
    set: {stores.accounts.options: {heartbeat_every: 100ms}}
    expect: []
)";

TEST(Configurations, are_the_scenario_and_what_each_entry_makes_of_it) {
  const std::string text =
      with(kStory, "after: split}", "after: split, verdict: violated}") + std::string(kCompare);
  const Loaded loaded = load_text("x.yaml", text);
  ASSERT_EQ(loaded.configurations.size(), 3u);
  EXPECT_EQ(loaded.configurations[0].name, "");
  EXPECT_EQ(loaded.configurations[1].name, "slow");
  const Scenario& slow = loaded.configurations[1].scenario;
  EXPECT_EQ(slow.faults.at(0).lasts, Duration{30'000'000'000});
  EXPECT_EQ(slow.run_for, Time{70'000'000'000});
  ASSERT_EQ(slow.expect.size(), 1u);
  EXPECT_TRUE(std::holds_alternative<LostAcknowledgedWrites>(slow.expect[0].claim));
  EXPECT_TRUE(loaded.configurations[2].scenario.expect.empty());
  EXPECT_EQ(loaded.find("slow"), &loaded.configurations[1]);
  EXPECT_EQ(loaded.find("slwo"), nullptr);
}

TEST(Configurations, say_whose_mistake_it_is) {
  const std::string text = with(kStory, "after: split}", "after: split, verdict: violated}") +
                           with(kCompare, "split.for: 30s, run_for: 70s", "split.at: 45s");
  EXPECT_EQ(said(text),
            "x.yaml:16:33: error: for: it would end after the run, which ends at 1m; expected at "
            "most 15s; leave out `for` if it is not to end, or raise run_for\n"
            "   16 |   - {name: split, at: 10s, for: 20s, cut: [us-east, us-west]}\n"
            "      |                                 ^\n"
            "x.yaml:20:3: note: in this configuration\n"
            "   20 |   slow:\n"
            "      |   ^\n");
}

TEST(Configurations, of_a_wrong_scenario_are_not_read) {
  // One mistake, not one for each configuration.
  const std::string text = with(kStory, "by: [east, west]", "by: [esat]") + std::string(kCompare);
  const std::string all = said(text);
  EXPECT_NE(all.find("'esat'"), std::string::npos);
  EXPECT_EQ(all.find("'esat'"), all.rfind("'esat'")) << all;
}

}  // namespace
}  // namespace cleave
