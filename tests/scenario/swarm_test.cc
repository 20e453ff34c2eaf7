#include "sim/scenario/swarm.h"

#include "sim/scenario/emit.h"
#include "sim/scenario/load.h"
#include "sim/scenario/parse.h"
#include "sim/scenario/read.h"
#include "sim/scenario/run.h"
#include "sim/scenario/swarm_range.h"
#include "tests/scenario/bad_input.h"
#include "tests/scenario/story.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace cleave {
namespace {

constexpr std::string_view kSwarm = R"(swarm:
  set:
    stores.accounts.options: {promote_after: 1s..9s, acknowledge: {any: [async, semi-sync]}}
    clients.east.count: 1..4
  faults:
    - fault: {name: storm, at: 1s..30s, for: 1s..5s, loss: [us-east, us-west], probability: 1%..9%}
      times: 1..3
    - {chance: 25%, fault: {at: 5s..20s, for: 1s..9s, cut: {any: [[east, rest], [us-west, rest]]}}}
)";

std::string swarm_story(std::string_view from = "", std::string_view to = "") {
  const std::string whole = std::string(test::kStory) + std::string(kSwarm);
  return from.empty() ? whole : test::with(whole, from, to);
}

Section tree() {
  return load_text("x", swarm_story()).configurations.front().tree;
}

std::size_t faults_called(const Section& story, std::string_view prefix) {
  std::size_t count = 0;
  for (const Section& item : story.find("faults")->items)
    if (item.find("name")->text.starts_with(prefix)) ++count;
  return count;
}

TEST(Swarm, tells_the_same_story_of_a_seed_each_time) {
  const Section root = tree();
  for (std::uint64_t seed = 0; seed < 20; ++seed)
    EXPECT_EQ(to_yaml(story_of(root, seed)), to_yaml(story_of(root, seed)));
}

TEST(Swarm, tells_stories_that_are_plain_scenarios_and_run_the_same_from_their_text) {
  const Section root = tree();
  std::set<std::string> texts;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const Section story = story_of(root, seed);
    EXPECT_EQ(story.find("swarm"), nullptr);
    EXPECT_EQ(story.find("seed")->text, std::to_string(seed));
    const std::string text = to_yaml(story);
    texts.insert(text);
    const Loaded loaded = load_text("story", text);
    if (seed > 4) continue;
    Diagnostics diagnostics;
    const Scenario direct = read_scenario(story, diagnostics);
    EXPECT_EQ(diagnostics.format(), "");
    EXPECT_EQ(run(loaded.configurations.front().scenario).digest,
              run(direct, {.seed = seed}).digest);
  }
  EXPECT_EQ(texts.size(), 40u);
}

TEST(Swarm, omits_features_and_draws_all_that_it_may) {
  const Section root = tree();
  std::map<std::size_t, int> storms;
  std::map<std::size_t, int> cuts;
  std::set<std::string> modes;
  std::set<std::string> counts;
  constexpr int kSeeds = 400;
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const Section story = story_of(root, seed);
    ++storms[faults_called(story, "storm-")];
    ++cuts[faults_called(story, "drawn-2-cut-")];
    EXPECT_EQ(faults_called(story, "split"), 1u);  // the scenario's own is always there
    const Section* store = story.find("stores")->find("accounts");
    modes.insert(store->find("options")->find("acknowledge")->text);
    counts.insert(story.find("clients")->find("east")->find("count")->text);
  }
  // Half of the stories, and a quarter; six standard deviations are 60 and 52.
  EXPECT_NEAR(storms[0], kSeeds / 2, 60);
  EXPECT_NEAR(cuts[1], kSeeds / 4, 52);
  for (const std::size_t times : {1u, 2u, 3u})
    EXPECT_GT(storms[times], 30) << times;
  EXPECT_EQ(modes, (std::set<std::string>{"async", "semi-sync"}));
  EXPECT_EQ(counts, (std::set<std::string>{"1", "2", "3", "4"}));
}

TEST(Swarm, draws_a_thing_the_same_whatever_else_may_be_drawn) {
  const Section with_more = load_text("x", swarm_story("    clients.east.count: 1..4\n",
                                                       "    clients.west.count: 1..9\n"
                                                       "    clients.east.count: 1..4\n"))
                                .configurations.front()
                                .tree;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Section a = story_of(tree(), seed);
    const Section b = story_of(with_more, seed);
    EXPECT_TRUE(same_content(*a.find("faults"), *b.find("faults")));
    EXPECT_TRUE(same_content(*a.find("stores"), *b.find("stores")));
  }
}

TEST(Swarm, does_not_draw_what_is_set_by_hand) {
  struct Case {
    const char* setting;
    const char* kept;      // in each story
    std::size_t drawn[3];  // how many acknowledge, promote_after and client counts there are
  };
  const Case cases[] = {
      {"stores.accounts.options.acknowledge=async", "acknowledge: async", {1, 9, 4}},
      {"stores.accounts.options={acknowledge: async}", "acknowledge: async", {1, 1, 4}},
      {"clients.east.count=3", "count: 3", {2, 9, 1}},
      {"clients.east={count: 3, region: us-east}", "count: 3", {2, 9, 1}},
      {"seed=7", "", {2, 9, 4}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.setting);
    const std::string text =
        swarm_story("us-west: 1}}", "us-west: 1}, options: {promote_after: 5s}}");
    const Section root = load_text("x", text, {c.setting}).configurations.front().tree;
    std::set<std::string> modes, patience, counts;
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
      const Section story = story_of(root, seed);
      EXPECT_NE(to_yaml(story).find(c.kept), std::string::npos);
      const Section& options = *story.find("stores")->find("accounts")->find("options");
      modes.insert(options.find("acknowledge")->text);
      const Section* after = options.find("promote_after");
      patience.insert(after ? after->text.substr(0, 1) : "");
      counts.insert(story.find("clients")->find("east")->find("count")->text);
    }
    EXPECT_EQ(modes.size(), c.drawn[0]);
    EXPECT_LE(patience.size(), c.drawn[1]);
    EXPECT_GE(patience.size(), std::min<std::size_t>(c.drawn[1], 5));
    EXPECT_EQ(counts.size(), c.drawn[2]);
  }
}

TEST(Swarm, leaves_a_plain_run_alone) {
  EXPECT_EQ(run(load_text("x", swarm_story()).configurations.front().scenario).digest,
            run(load_text("x", std::string(test::kStory)).configurations.front().scenario).digest);
}

TEST(Swarm, drawn_faults_may_be_inert_unless_they_say_otherwise) {
  const Section root =
      load_text("x", swarm_story("{name: storm,", "{may_be_inert: false, name: storm,"))
          .configurations.front()
          .tree;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Section story = story_of(root, seed);
    for (const Section& item : story.find("faults")->items) {
      const Section* may = item.find("may_be_inert");
      const std::string& name = item.find("name")->text;
      if (name == "split") continue;
      EXPECT_EQ(may->text, name.starts_with("storm") ? "false" : "true");
    }
  }
}

struct BadSwarm {
  std::string_view from, to;
  std::string_view said;  // the beginning of the one mistake; the swarm begins in line 19
};

TEST(Swarm, says_what_is_wrong_with_it_and_where) {
  const BadSwarm cases[] = {
      {"swarm:\n  set:", "swarm:\n  sett: {}\n  set:", "20:3: error: swarm: unknown key 'sett'"},
      {"clients.east.count: 1..4", "clients.eats.count: 1..4",
       "22:5: error: 'clients' has no 'eats'"},
      {"1..4", "4..1", "22:25: error: '4..1' ends before it begins"},
      {"1..4", "0..4", "22:25: error: count: '0' is"},
      {"1..4", "1..x", "22:25: error: '1..x' is no range"},
      {"1..4", "1s..4", "22:25: error: '1s..4' has two units"},
      {"promote_after: 1s..9s", "promote_atfer: 1s..9s",
       "21:31: error: primary-backup: unknown key"},
      {"{any: [async, semi-sync]}", "{any: [async, semisync]}",
       "21:81: error: acknowledge: 'semisync' is"},
      {"{any: [async, semi-sync]}", "{any: []}", "21:73: error: any: found an empty list"},
      {"at: 1s..30s", "at: 1s..90s", "24:32: error: at: it would not begin before the run ends"},
      {"for: 1s..5s", "for: 1s..50s", "24:46: error: for: it would end after the run"},
      {"[us-west, rest]]", "[us-wets, rest]]",
       "26:82: error: no region, store, client group or node"},
      {"times: 1..3", "times: 0..3", "25:14: error: times: found '0..3'"},
      {"times: 1..3", "times: 1..300", "25:14: error: times: found '1..300'"},
      {"times: 1..3", "tmies: 1..3", "25:7: error: drawn fault: unknown key 'tmies'"},
      {"chance: 25%", "chance: 25", "26:16: error: chance: '25' has no unit"},
      {"loss: [us-east", "lsos: [us-east", "24:54: error: fault: unknown key 'lsos'"},
  };
  for (const BadSwarm& c : cases) {
    const std::vector<std::string> said = test::mistakes_in(swarm_story(c.from, c.to));
    ASSERT_FALSE(said.empty()) << c.to;
    EXPECT_EQ(said.front().substr(0, c.said.size()), c.said) << c.to;
  }
  EXPECT_EQ(test::mistakes_in(std::string(test::kStory) + "swarm: 5\n").size(), 1u);
}

// The mistake shows in a line that is right by itself: the note says what makes it one.
TEST(Swarm, says_which_range_makes_the_mistake) {
  struct Row {
    std::string from, to, said, note;
  };
  for (const Row& row : {
           Row{"clients.east.count: 1..4", "run_for: 20s..60s", "for: it would end after the run",
               "x:22:5: note: in a story in which this is drawn"},
           Row{"clients.east.count: 1..4", "run_for: 35s..60s", "to: it would end after the run",
               "x:22:5: note: in a story in which this is drawn"},
           Row{"at: 1s..30s", "at: 1s..90s", "at: it would not begin",
               "x:24:7: note: in a story in which this is drawn"},
       }) {
    std::string whole;
    try {
      load_text("x", swarm_story(row.from, row.to));
    } catch (const ScenarioError& error) {
      whole = error.what();
    }
    EXPECT_NE(whole.find(row.said), std::string::npos) << whole;
    EXPECT_NE(whole.find(row.note), std::string::npos) << whole;
  }
}

TEST(Swarm, is_checked_in_each_configuration) {
  const std::string text =
      swarm_story() +
      "compare:\n  short:\n    set: {run_for: 41s}\n    expect: "
      "[{lost-acknowledged-writes: accounts, verdict: violated}]\n  shorter:\n "
      "   set: {run_for: 32s, workload.0.to: 31s}\n    expect: []\n";
  const std::vector<std::string> said = test::mistakes_in(text);
  ASSERT_FALSE(said.empty());
  EXPECT_NE(said.front().find("it would end after the run"), std::string::npos);
}

TEST(SwarmRange, has_both_of_its_ends) {
  const std::map<std::string, std::vector<std::string>> ranges{
      {"1..3", {"3", "1", "2", "3"}},
      {"7..7", {"1", "7"}},
      {"0.1%..0.3%", {"3", "0.1%", "0.2%", "0.3%"}},
      {"0%..0.10%", {"11", "0%", "0.01%"}},
      {"-1ppm..1ppm", {"3", "-1ppm", "0ppm", "1ppm"}},
      {"98ms..0.1s", {"3", "98ms", "99ms", "100ms"}},
      {"999us..1ms", {"2", "999us", "1ms"}},
      {"10/s..12/s", {"3", "10/s", "11/s", "12/s"}},
  };
  for (const auto& [text, expected] : ranges) {
    const auto range = parse_swarm_range(text);
    ASSERT_TRUE(range && std::holds_alternative<SwarmRange>(*range)) << text;
    const auto& values = std::get<SwarmRange>(*range);
    EXPECT_EQ(std::to_string(values.count), expected.front()) << text;
    for (std::size_t i = 1; i < expected.size(); ++i)
      EXPECT_EQ(values.text(i - 1), expected[i]) << text;
  }
  for (const char* text : {"user", "1.5s", "user-{0..9}", "../x", "a..b"})
    EXPECT_FALSE(parse_swarm_range(text).has_value()) << text;
}

}  // namespace
}  // namespace cleave
