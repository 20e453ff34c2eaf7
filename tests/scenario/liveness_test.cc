// The core is healed for good, and the rest stays as broken as it is.
#include "sim/scenario/load.h"
#include "sim/scenario/run.h"
#include "tests/scenario/story.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace cleave {
namespace {

using test::with;

constexpr std::string_view kStory = R"(cleave: 1
name: Three coasts, one of them for ever apart
run_for: 40s
topology: {latency: aws-2017, regions: [us-east, us-west, eu-west]}
stores:
  accounts:
    engine: primary-backup
    replicas: {us-east: 1, us-west: 1, eu-west: 1}
    options: {monitor: us-west, promote_after: 3s, fencing: off}
clients:
  east: {region: us-east}
  west: {region: us-west}
workload:
  - {to: 18s, every: 100ms, by: [east, west], do: write, on: accounts, key: "user-{0..9}"}
faults:
  - {name: split, at: 5s, cut: [us-east, us-west]}
  - {name: nap, at: 6s, for: 2s, pause: accounts/us-west/0}
  - {name: dead, at: 4s, crash: accounts/eu-west/0}
liveness:
  at: 20s
  broken_for_ever: eu-west
expect:
  - {recovers: accounts, within: 10s}
)";

Scenario read(const std::string& text) {
  return load_text("story.yaml", text).configurations.at(0).scenario;
}
std::string mistakes(const std::string& text) {
  try {
    read(text);
  } catch (const ScenarioError& error) {
    return error.what();
  }
  return "";
}
const Fault& fault(const Scenario& scenario, std::string_view name) {
  return *std::find_if(scenario.faults.begin(), scenario.faults.end(),
                       [&](const Fault& f) { return f.name == name; });
}

TEST(Liveness, ends_what_concerns_the_core_and_leaves_the_rest) {
  const Scenario scenario = read(std::string(kStory));
  ASSERT_TRUE(scenario.liveness);
  EXPECT_EQ(scenario.liveness->from, Time{20'000'000'000});
  EXPECT_EQ(scenario.liveness->broken, std::vector<std::string>{"accounts/eu-west/0"});
  EXPECT_EQ(fault(scenario, "split").lasts, Duration{15'000'000'000});
  EXPECT_EQ(fault(scenario, "nap").lasts, Duration{2'000'000'000});
  EXPECT_EQ(fault(scenario, "dead").lasts, std::nullopt);
  const Fault& broken = scenario.faults.back();
  EXPECT_EQ(broken.name, "broken-for-ever");
  EXPECT_EQ(broken.verb, Verb::isolate);
  EXPECT_EQ(broken.at, Time{20'000'000'000});
}

TEST(Liveness, begins_when_the_last_fault_has_ended) {
  const std::string text =
      with(with(kStory, "  at: 20s\n", ""), "at: 5s, cut", "at: 5s, for: 9s, cut");
  const Scenario scenario = read(text);
  EXPECT_EQ(scenario.liveness->from, Time{14'000'000'000});
  EXPECT_EQ(scenario.faults.back().at, Time{14'000'000'000});
}

TEST(Liveness, needs_nobody_to_stay_broken) {
  for (const char* nobody : {"", "  broken_for_ever: []\n"}) {
    const Scenario scenario = read(with(kStory, "  broken_for_ever: eu-west\n", nobody));
    EXPECT_EQ(scenario.faults.size(), 3u);
    EXPECT_TRUE(scenario.liveness->broken.empty());
    EXPECT_EQ(fault(scenario, "dead").lasts, Duration{16'000'000'000});
  }
}

TEST(Liveness, says_what_is_wrong_with_it) {
  EXPECT_NE(mistakes(with(kStory, "at: 20s", "at: 5s")).find("'split' begins at 5s"),
            std::string::npos);
  EXPECT_NE(mistakes(with(kStory, "at: 20s", "at: 41s")).find("before the run ends"),
            std::string::npos);
  EXPECT_NE(mistakes(with(kStory, "ever: eu-west", "ever: eu-wst")).find("write 'eu-west'"),
            std::string::npos);
  EXPECT_NE(mistakes(with(kStory, "ever: eu-west", "ever: primary of accounts"))
                .find("somebody else in every run"),
            std::string::npos);
  EXPECT_NE(mistakes(with(kStory, "liveness:\n  at: 20s\n  broken_for_ever: eu-west\n", ""))
                .find("a part `liveness:`"),
            std::string::npos);
}

// Of what was acknowledged while it was cut off, the old primary knows alone; when the cut ends it
// is made to give that up. The information was there, and did not come.
TEST(Liveness, finds_what_was_there_and_did_not_come) {
  const RunResult result = run(read(std::string(kStory)));
  const Verdict& verdict = result.expectations.at(0).verdict;
  EXPECT_EQ(verdict.word, Word::violated) << verdict.why;
  EXPECT_NE(verdict.why.find("missing: there when the core was healed, and given up by the last "
                             "holder, accounts/us-east/0"),
            std::string::npos)
      << verdict.why;
  EXPECT_EQ(result.status, Status::liveness);
}

// The same primary, but it stays broken for ever: what only it has is nobody's fault.
TEST(Liveness, excuses_what_only_the_broken_have) {
  const RunResult result =
      run(read(with(kStory, "broken_for_ever: eu-west", "broken_for_ever: us-east")));
  const Verdict& verdict = result.expectations.at(0).verdict;
  EXPECT_EQ(verdict.word, Word::holds) << verdict.why;
  EXPECT_NE(verdict.why.find("excused: held only by accounts/us-east/0, broken for ever"),
            std::string::npos)
      << verdict.why;
}

// Acknowledged by a primary alone, and lost with its disk before anybody else had it.
TEST(Liveness, excuses_what_was_lost_with_its_last_holder) {
  const std::string text =
      with(with(kStory, "  - {name: nap, at: 6s, for: 2s, pause: accounts/us-west/0}\n",
                "  - {name: fall, at: 12s, for: 5s, lose_unsynced: accounts/us-east/0}\n"),
           "fencing: off}", "fencing: off, sync: off}");
  const RunResult result = run(read(text));
  EXPECT_NE(
      result.expectations.at(0).verdict.why.find(
          "excused: lost with the last holder, accounts/us-east/0, which crashed at 12.000 s"),
      std::string::npos)
      << result.expectations.at(0).verdict.why;
}

}  // namespace
}  // namespace cleave
