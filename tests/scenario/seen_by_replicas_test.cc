// Levels of consistency in runs, looked at in both ways: engines that keep what they promise, some
// that cannot, and some that are made to fail.
#include "sim/check/consistency.h"
#include "sim/report/verdict_text.h"
#include "sim/scenario/emit.h"
#include "sim/scenario/load.h"
#include "sim/scenario/parse.h"
#include "sim/scenario/run.h"
#include "sim/scenario/swarm.h"
#include "tests/scenario/story.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cleave {
namespace {

using test::with;

constexpr std::string_view kSides = R"(cleave: 1
name: Two sides
run_for: 40s
topology: {latency: aws-2017, regions: [us-east, us-west, eu-west]}
stores:
  accounts: {engine: ENGINE, replicas: {us-east: 1, us-west: 1, eu-west: 1}, options: {OPTIONS}}
clients:
  east: {count: 2, region: us-east}
  west: {count: 2, region: us-west}
workload:
  - to: 34s
    rate: 30/s
    by: [east, west]
    do: {read: 2, write: 1}
    on: accounts
    key: "user-{0..2}"
    deadline: 2s
faults:
  - {name: split, at: 8s, for: CUT, cut: [us-east, rest], may_be_inert: true}
expect:
)";

// Where replicas part, the search for a sequential order ends undecided after many seconds.
std::string expect_levels(std::string_view see) {
  std::string text;
  for (const Level level : levels_of_runs())
    if (level != Level::sequential || see == "replicas")
      text +=
          "  - {" + std::string(to_string(level)) + ": accounts, see: " + std::string(see) + "}\n";
  return text;
}

std::string story(std::string_view engine, std::string_view options, std::string_view cut,
                  std::string_view see) {
  const std::string text = with(with(kSides, "ENGINE", engine), "OPTIONS", options);
  return with(text, "CUT", cut) + expect_levels(see);
}

RunResult run_text(const std::string& text, std::uint64_t seed = 1) {
  const Scenario scenario = load_text("story.yaml", text).configurations.at(0).scenario;
  return run(scenario, {.seed = seed});
}

// By the level, or whatever else the expectation's name begins with.
std::map<std::string, Verdict> verdicts_of(const RunResult& result) {
  std::map<std::string, Verdict> verdicts;
  for (const ExpectationResult& e : result.expectations)
    verdicts.emplace(e.name.substr(0, e.name.find(' ')), e.verdict);
  return verdicts;
}

TEST(SeenByReplicas, all_levels_hold_in_raft_and_in_primary_backup_without_a_cut) {
  for (const auto& [engine, options] : std::vector<std::pair<std::string, std::string>>{
           {"raft", ""},
           {"raft", "reads: log"},
           {"raft", "reads: lease"},
           {"primary-backup", ""},
           {"primary-backup", "acknowledge: semi-sync"}})
    for (const char* cut : {"1ms", "12s"}) {
      if (engine == "primary-backup" && std::string(cut) == "12s") continue;
      const RunResult result = run_text(story(engine, options, cut, "replicas"));
      for (const auto& [level, verdict] : verdicts_of(result)) {
        if (level == "accounts:") continue;  // Raft's own
        EXPECT_EQ(verdict.word, Word::holds)
            << engine << " " << options << ": " << level << ": " << verdict.why;
        EXPECT_GT(verdict.checked, 50u) << level;
      }
    }
}

TEST(SeenByReplicas, reads_at_any_replica_are_stale) {
  for (const char* engine : {"raft", "primary-backup"}) {
    const std::string reads = std::string(engine) == "raft" ? "reads: local" : "reads: any";
    auto verdicts = verdicts_of(run_text(story(engine, reads, "12s", "both")));
    EXPECT_EQ(verdicts["linearizable"].word, Word::violated) << engine;
    EXPECT_NE(verdicts["linearizable"].why.find("; replicas: accounts/us-"), std::string::npos)
        << verdicts["linearizable"].why;
    EXPECT_EQ(verdicts["causal"].word, Word::holds) << verdicts["causal"].why;
  }
}

// Whoever writes at the primary and reads at a backup that is behind.
TEST(SeenByReplicas, a_slow_backup_lets_writers_miss_their_writes) {
  const std::string slow = with(story("primary-backup", "reads: any", "1ms", "both"), "expect:\n",
                                "  - {name: slow, at: 9s, for: 12s, delay: [accounts/us-east, "
                                "accounts/us-west], by: 700ms}\nexpect:\n");
  auto verdicts = verdicts_of(run_text(slow));
  EXPECT_EQ(verdicts["read-your-writes"].word, Word::violated) << verdicts["read-your-writes"].why;
  EXPECT_NE(verdicts["read-your-writes"].why.find("; replicas: accounts/us-west/0 answered the "
                                                  "read of user-"),
            std::string::npos)
      << verdicts["read-your-writes"].why;
  EXPECT_EQ(verdicts["monotonic-reads"].word, Word::holds) << verdicts["monotonic-reads"].why;
}

// The story of a swarm's seed, with every level asked.
std::string story_of_swarm(const std::string& file, std::uint64_t seed, std::string_view see) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  Diagnostics diagnostics;
  const std::optional<Section> root = parse_text(file, text.str(), diagnostics);
  EXPECT_TRUE(root && diagnostics.empty()) << file;
  std::istringstream lines(to_yaml(story_of(*root, seed)));
  std::string story;
  bool expects = false;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(" ")) expects = line.starts_with("expect:");
    if (!expects) story += line + "\n";
  }
  return story + "expect:\n" + expect_levels(see);
}

// Mistakes that engines are made to make, where `cleave list bugs` says that clients see them.
TEST(SeenByReplicas, planted_bugs_are_stale_reads) {
  struct Row {
    const char* bug;
    const char* swarm;
    std::uint64_t seed;  // of a story in which it shows
  };
  for (const Row& row : {Row{"read-without-round", "scenarios/swarms/raft.yaml", 7},
                         Row{"read-before-own-entry", "scenarios/swarms/raft.yaml", 143},
                         Row{"lease-from-answer", "scenarios/canaries/leases.yaml", 26},
                         Row{"lease-by-ticks", "scenarios/canaries/leases.yaml", 32}}) {
    const std::string text = story_of_swarm(row.swarm, row.seed, "replicas");
    const auto found = [&](const std::vector<std::string>& settings) {
      const Loaded loaded = load_text("story.yaml", text, settings);
      return verdicts_of(run(loaded.configurations.at(0).scenario)).at("linearizable");
    };
    const Verdict verdict = found({"stores.accounts.options.bugs=[" + std::string(row.bug) + "]"});
    EXPECT_EQ(verdict.word, Word::violated) << row.bug << ": " << verdict.why;
    EXPECT_EQ(found({}).word, Word::holds) << row.bug;
  }
}

// Of every level in every run: how both ways to look went together.
struct Together {
  std::map<std::pair<Word, bool>, int> count;  // clients' verdict; do replicas say otherwise?
  int bugs = 0;
};

void look(const std::string& text, std::uint64_t seed, Together& together) {
  for (const ExpectationResult& e : run_text(text, seed).expectations) {
    if (e.stated_by != ExpectationResult::StatedBy::scenario) continue;
    if (e.verdict.is_cleave_bug) ++together.bugs;
    EXPECT_FALSE(e.verdict.is_cleave_bug) << "seed " << seed << ": " << e.verdict.why << "\n"
                                          << text;
    const bool other = e.verdict.why.find("replicas did not keep it") != std::string::npos;
    ++together.count[{e.verdict.word, other}];
  }
}

std::uint64_t seeds(std::uint64_t usual) {
  const char* wanted = std::getenv("CLEAVE_TEST_SEEDS");
  return wanted == nullptr ? usual : std::strtoull(wanted, nullptr, 10);
}

TEST(SeenByBoth, is_never_at_odds_with_itself_where_replicas_part) {
  Together together;
  for (const char* options :
       {"promote_after: 3s", "promote_after: 3s, reads: any", "promote_after: 3s, resync: keep",
        "promote_after: 3s, acknowledge: semi-sync, fallback: off, fencing: epoch, reads: any"})
    for (std::uint64_t seed = 1; seed <= seeds(5); ++seed)
      look(story("primary-backup", options, "12s", "both"), seed, together);
  EXPECT_EQ(together.bugs, 0);
  EXPECT_GT((together.count[{Word::holds, false}]), 10);
  EXPECT_GT((together.count[{Word::holds, true}]), 50);
  EXPECT_GT((together.count[{Word::violated, false}]), 10);
}

TEST(SeenByBoth, is_never_at_odds_with_itself_in_a_swarm) {
  Together together;
  for (const char* file : {"scenarios/swarms/raft.yaml", "scenarios/swarms/raft-members.yaml"})
    for (std::uint64_t seed = 1; seed <= seeds(6); ++seed)
      look(story_of_swarm(file, seed, "both"), seed, together);
  EXPECT_EQ(together.bugs, 0);
  EXPECT_EQ((together.count[{Word::violated, false}]), 0);
  EXPECT_GT((together.count[{Word::holds, false}]), 50);
}

// The first example of the page's section about it.
TEST(SeenByBoth, does_what_its_page_says) {
  std::stringstream page;
  page << std::ifstream("docs/checkers.md").rdbuf();
  const std::size_t section = page.str().find("\n## Two ways to look");
  ASSERT_NE(section, std::string::npos) << "run from the root of the project";
  const std::size_t begin = page.str().find("```yaml\n", section) + 8;
  const std::size_t end = page.str().find("```\n", begin);
  const RunResult result = run_text(page.str().substr(begin, end - begin));
  EXPECT_EQ(result.status, Status::as_stated);
  EXPECT_GT(result.stores.at(0).lost_acknowledged, 0u);
  ASSERT_EQ(result.expectations.size(), 3u);
  const std::string& why = result.expectations[2].verdict.why;
  EXPECT_NE(why.find("; replicas did not keep it, and no client could see that: "),
            std::string::npos)
      << why;
}

TEST(SeenByBoth, names_how_it_looks) {
  const RunResult result = run_text(with(test::kStory, "expect:\n",
                                         "expect:\n  - {causal: accounts}\n"
                                         "  - {causal: accounts, see: clients}\n"
                                         "  - {causal: accounts, see: replicas}\n"
                                         "  - {causal: accounts, see: both}\n"));
  EXPECT_EQ(result.expectations.at(0).name, "causal accounts");
  EXPECT_EQ(result.expectations.at(1).name, "causal accounts");
  EXPECT_EQ(result.expectations.at(2).name, "causal accounts, as replicas see it");
  EXPECT_EQ(result.expectations.at(3).name, "causal accounts, as clients and replicas see it");
}

// Whatever is expected: a scenario cannot expect that Cleave is wrong.
TEST(SeenByBoth, makes_a_bug_in_cleave_the_status_of_the_run) {
  for (const Word expected : {Word::holds, Word::violated, Word::undecided, Word::vacuous}) {
    RunResult result;
    ExpectationResult one;
    one.verdict.word = Word::undecided;
    one.expected = expected;
    one.verdict.is_cleave_bug = true;
    result.expectations.push_back(one);
    EXPECT_FALSE(one.as_stated());
    EXPECT_EQ(status_of(result), Status::cleave_bug);
    EXPECT_EQ(stamp(one).text, "BUG IN CLEAVE");
  }
}

}  // namespace
}  // namespace cleave
