#include "sim/explore/shrink.h"

#include "sim/scenario/emit.h"
#include "sim/scenario/load.h"
#include "sim/scenario/parse.h"
#include "sim/scenario/run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {
namespace {

Section parsed(const std::string& text) {
  Diagnostics diagnostics;
  const auto root = parse_text("x", text, diagnostics);
  EXPECT_EQ(diagnostics.format(), "") << text;
  return *root;
}

std::vector<std::string> names_in(const Section& scenario, std::string_view part) {
  std::vector<std::string> names;
  if (const Section* list = scenario.find(part))
    for (const Section& item : list->items)
      names.push_back(item.find("name")->text);
  return names;
}

// `noise` items in each list that nobody needs, with the needed ones spread among them.
Section planted(std::size_t noise, const std::vector<std::string>& needed) {
  std::string text = "cleave: 1\nname: x\n";
  for (const std::string part : {"faults", "workload", "conversations"}) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < noise; ++i)
      names.push_back("noise-" + std::to_string(i));
    for (std::size_t i = 0; i < needed.size(); ++i)
      names.insert(names.begin() + static_cast<std::ptrdiff_t>(i * noise / needed.size() + i),
                   needed[i]);
    if (!names.empty()) text += part + ":\n";
    for (const std::string& name : names)
      text += "  - {name: " + name + ", at: 12s, extra: [a, b]}\n";
  }
  return parsed(text);
}

TEST(Shrink, of_k_needed_things_among_noise_keeps_exactly_k) {
  for (const std::size_t noise : {0u, 1u, 7u, 40u}) {
    for (std::size_t k = 0; k <= 4; ++k) {
      std::vector<std::string> needed;
      for (std::size_t i = 0; i < k; ++i)
        needed.push_back("needed-" + std::to_string(i));
      // Each is needed, in all parts: one less, and it does not fail.
      const Oracle oracle = [&needed](const Section& scenario) {
        for (const std::string_view part : {"faults", "workload", "conversations"}) {
          const std::vector<std::string> names = names_in(scenario, part);
          for (const std::string& name : needed)
            if (std::find(names.begin(), names.end(), name) == names.end()) return false;
        }
        return true;
      };
      const Shrunk shrunk = shrink(planted(noise, needed), oracle);
      EXPECT_TRUE(shrunk.minimal);
      EXPECT_EQ(names_in(shrunk.scenario, "faults"), needed);
      EXPECT_EQ(names_in(shrunk.scenario, "workload"), needed);
      EXPECT_EQ(names_in(shrunk.scenario, "conversations"), needed);
      EXPECT_EQ(to_yaml(shrunk.scenario).find("extra"), std::string::npos);
    }
  }
}

TEST(Shrink, of_much_noise_takes_few_runs) {
  for (const std::string part : {"faults", "workload", "conversations"}) {
    std::string text = part + ":\n";
    for (int i = 0; i < 256; ++i)
      text +=
          "  - {name: " + std::string(i == 100 ? "needed" : "noise-" + std::to_string(i)) + "}\n";
    const Oracle oracle = [&part](const Section& scenario) {
      const std::vector<std::string> names = names_in(scenario, part);
      return std::find(names.begin(), names.end(), "needed") != names.end();
    };
    const Shrunk shrunk = shrink(parsed(text), oracle);
    EXPECT_EQ(names_in(shrunk.scenario, part), std::vector<std::string>{"needed"});
    EXPECT_LT(shrunk.runs, 30u) << part;
  }
}

TEST(Shrink, of_one_of_two_that_would_do_keeps_one) {
  const Oracle either = [](const Section& scenario) {
    for (const std::string& name : names_in(scenario, "faults"))
      if (name.starts_with("needed")) return true;
    return false;
  };
  EXPECT_EQ(
      names_in(shrink(planted(9, {"needed-a", "needed-b"}), either).scenario, "faults").size(), 1u);
}

TEST(Shrink, lowers_numbers_as_far_as_they_go_and_no_further) {
  const Section scenario = parsed(R"(run_for: 120s
clients: {east: {count: 40}}
stores: {accounts: {replicas: {us-east: 3}}}
workload: [{every: 7ms, key: "user-{5..99}", rate: 250/s}]
faults: [{at: 33s, for: 43s}]
)");
  const auto value = [](const Section& tree, std::string_view path) {
    const auto found = find_path(tree, path);
    return std::holds_alternative<Mistake>(found) ? std::string("gone")
                                                  : std::get<const Section*>(found)->text;
  };
  const auto number = [&value](const Section& tree, std::string_view path) {
    return std::stoll("0" + value(tree, path));
  };
  const auto duration = [&value](const Section& tree, std::string_view path) {
    const auto parsed_duration = parse_quantity<Duration>(value(tree, path));
    const auto* held = std::get_if<Duration>(&parsed_duration);
    return held ? held->ns : -1;
  };
  const Oracle oracle = [&](const Section& tree) {
    return duration(tree, "run_for") >= 55'000'000'000 && number(tree, "clients.east.count") >= 2 &&
           number(tree, "stores.accounts.replicas.us-east") >= 3 &&
           value(tree, "workload.0.key") != "gone" && number(tree, "workload.0.rate") >= 1 &&
           duration(tree, "workload.0.every") > 0 &&
           duration(tree, "workload.0.every") <= 1'000'000'000 &&
           duration(tree, "faults.0.at") >= 0 && duration(tree, "faults.0.for") >= 5'500'000'000;
  };
  ASSERT_TRUE(oracle(scenario));
  EXPECT_EQ(to_yaml(shrink(scenario, oracle).scenario),
            "run_for: 1m\nclients:\n  east: {count: 2}\nstores:\n  accounts: {replicas: {us-east: "
            "3}}\nworkload:\n  - {every: 1s, key: \"user-{5..5}\", rate: 1/s}\nfaults:\n  - {at: "
            "1ms, for: 6s}\n");
}

TEST(Shrink, says_times_with_as_few_digits_as_will_do) {
  const auto ms = [](const Section& tree, std::string_view path) {
    const auto found = find_path(tree, path);
    const auto* held = std::get_if<const Section*>(&found);
    return held ? std::get<Duration>(parse_quantity<Duration>((*held)->text)).ns / 1'000'000 : -1;
  };
  // Each range has no number of one digit.
  const Oracle oracle = [&ms](const Section& tree) {
    const auto is_within = [&](std::string_view path, std::int64_t from, std::int64_t to) {
      return from <= ms(tree, path) && ms(tree, path) <= to;
    };
    return is_within("faults.0.at", 14'170, 15'180) && is_within("faults.0.for", 2'120, 2'240) &&
           is_within("conversations.0.until", 1'200, 1'234) &&
           is_within("conversations.0.from", 0, 900);
  };
  const Section scenario =
      parsed("faults: [{at: 15175ms, for: 2134ms}]\nconversations: [{from: 1ms, until: 1234ms}]\n");
  ASSERT_TRUE(oracle(scenario));
  EXPECT_EQ(to_yaml(shrink(scenario, oracle).scenario),
            "faults:\n  - {at: 15s, for: 2.2s}\nconversations:\n  - {from: 1ms, until: 1.2s}\n");
}

// Whatever fails; of the second script the last line is above others that are later.
TEST(Shrink, keeps_the_lines_of_a_script_in_the_order_of_their_times) {
  const auto shrunk = [](const std::string& last) {
    const Oracle oracle = [](const Section& tree) {
      const Section* script = tree.find("conversations");
      if (!script || script->items.size() != 3) return false;
      for (const Section& line : script->items)
        if (!line.find("at") || !line.find("say")) return false;
      return script->items[1].find("at")->text == "4s";
    };
    const Section script =
        parsed("conversations: [{say: A, at: 3s}, {say: B, at: 4s}, {say: C, at: " + last + "}]\n");
    EXPECT_TRUE(oracle(script));
    return to_yaml(shrink(script, oracle).scenario);
  };
  EXPECT_EQ(shrunk("8s"),
            "conversations:\n  - {say: A, at: 1ms}\n  - {say: B, at: 4s}\n  - {say: C, at: 4s}\n");
  EXPECT_EQ(shrunk("2s"),
            "conversations:\n  - {say: A, at: 1ms}\n  - {say: B, at: 4s}\n  - {say: C, at: 1ms}\n");
}

TEST(Shrink, leaves_the_claim_and_the_title_alone) {
  const Section scenario = parsed(
      "cleave: 1\nname: T\nseed: 4\nexpect: [{converges: x, within: 30s}]\nlimits: {a: 1}\n");
  EXPECT_EQ(to_yaml(shrink(scenario, [](const Section&) { return true; }).scenario),
            "cleave: 1\nname: T\nseed: 4\nexpect:\n  - {converges: x, within: 30s}\n");
}

TEST(Shrink, stops_when_its_runs_are_used_up_and_says_so) {
  std::uint64_t asked = 0;
  const Oracle never = [&asked](const Section&) {
    ++asked;
    return false;
  };
  const Section scenario = planted(40, {"a"});
  const Shrunk shrunk = shrink(scenario, never, {.most_runs = 10, .progress = nullptr});
  EXPECT_EQ(asked, 10u);
  EXPECT_FALSE(shrunk.minimal);
  EXPECT_TRUE(same_content(shrunk.scenario, scenario));
}

// Acknowledged writes are lost because of a cut and a promotion in it. The rest is noise.
constexpr const char* kNoisy = R"(cleave: 1
name: Noise
seed: 3
run_for: 60s
topology:
  latency: aws-2017
  regions: [us-east, us-west, eu-west]
  access: {phone: 4g}
stores:
  accounts:
    engine: primary-backup
    replicas: {us-east: 1, us-west: 1}
    options: {acknowledge: async, fencing: off, promote_after: 2s}
  notes: {engine: primary-backup, replicas: {eu-west: 1, us-west: 1}}
clients:
  east: {count: 4, region: us-east}
  west: {count: 4, region: us-west}
  phones: {count: 3, region: eu-west, device: phone}
workload:
  - {to: 30s, every: 200ms, by: [phones], do: read, on: notes, key: "note-{0..9}"}
  - {to: 40s, every: 100ms, by: [east, west], do: write, on: accounts, key: "user-{0..9}"}
  - {to: 50s, every: 500ms, by: [west], do: write, on: notes, key: "note-{0..9}"}
faults:
  - {at: 2s, for: 3s, delay: [us-east, eu-west], by: 30ms, may_be_inert: true}
  - {at: 4s, for: 9s, loss: [eu-west, us-west], probability: 5%, may_be_inert: true}
  - {name: split, at: 12s, for: 9s, cut: [us-east, rest]}
  - {at: 30s, for: 2s, pause: phones/1, may_be_inert: true}
  - {at: 44s, for: 2s, crash: notes/eu-west/0, may_be_inert: true}
expect:
  - {converges: accounts, within: 20s}
  - {lost-acknowledged-writes: accounts}
  - {lost-acknowledged-writes: notes}
)";

TEST(Shrink, of_a_real_failure_leaves_what_causes_it_and_replays) {
  const Loaded loaded = load_text("noisy.yaml", kNoisy);
  const Configuration& whole = loaded.configurations.front();
  const std::optional<Target> target = target_of(run(whole.scenario));
  ASSERT_TRUE(target.has_value());
  EXPECT_EQ(target->breakage.failure.what, "lost-acknowledged-writes accounts");
  const Section subject = subject_of(whole.tree, 3, *target);
  EXPECT_EQ(subject.entries.at(2).key, "about") << "below the name, where it is read first";
  const Shrunk shrunk = shrink(subject, oracle_of(*target));
  EXPECT_TRUE(shrunk.minimal);
  EXPECT_EQ(names_in(shrunk.scenario, "faults"), std::vector<std::string>{"split"});
  EXPECT_EQ(shrunk.scenario.find("workload")->items.size(), 1u);
  EXPECT_EQ(shrunk.scenario.find("stores")->entries.size(), 1u);
  EXPECT_EQ(shrunk.scenario.find("clients")->entries.size(), 1u);

  const Loaded small = load_text("small.yaml", to_yaml(shrunk.scenario));
  const RunResult again = run(small.configurations.front().scenario);
  EXPECT_EQ(again.status, Status::safety);
  ASSERT_EQ(again.expectations.size(), 1u);
  EXPECT_EQ(breakage_of(again.expectations[0]).failure, target->breakage.failure);
}

TEST(Target, is_what_is_not_as_stated_before_what_is_violated_as_stated) {
  RunResult run;
  EXPECT_FALSE(target_of(run).has_value());
  ExpectationResult stated;
  stated.name = "stated";
  stated.expected = Word::violated;
  stated.verdict.word = Word::violated;
  run.expectations.push_back(stated);
  EXPECT_EQ(target_of(run)->breakage.failure.what, "stated");
  ExpectationResult broken;
  broken.name = "broken";
  broken.verdict.word = Word::violated;
  run.expectations.push_back(broken);
  EXPECT_EQ(target_of(run)->breakage.failure.what, "broken");
  EXPECT_EQ(target_of(run)->expectation, std::optional<std::size_t>(1));
  run.failure = RunFailure{"terms grow", "x/0", EventId{1}, Time{}, {}};
  EXPECT_EQ(target_of(run)->breakage.failure.what, "model assertion");
  EXPECT_FALSE(target_of(run)->expectation.has_value());
}

TEST(Target, is_what_broke_first_in_time) {
  RunResult run;
  const auto add = [&run](const char* name, Word found, Word expected, std::int64_t at) {
    ExpectationResult e;
    e.name = name;
    e.expected = expected;
    e.verdict = {found, "", 1, Time{at}, {}};
    run.expectations.push_back(e);
  };
  add("stated", Word::violated, Word::violated, 1);
  ASSERT_TRUE(target_of(run));
  EXPECT_EQ(target_of(run)->breakage.failure.what, "stated");
  add("late", Word::violated, Word::holds, 9);
  EXPECT_EQ(target_of(run)->breakage.failure.what, "late") << "not as stated goes first";
  run.failure = RunFailure{"w", "n", {7}, Time{8}};
  EXPECT_EQ(target_of(run)->breakage.failure.what, "model assertion");
  add("early", Word::violated, Word::holds, 7);
  EXPECT_EQ(target_of(run)->breakage.failure.what, "early");
  EXPECT_EQ(target_of(run)->expectation, 2u);
  run.expectations[2].stated_by = ExpectationResult::StatedBy::engine;
  EXPECT_EQ(target_of(run)->expectation, std::nullopt) << "the scenario has no such claim";
}

}  // namespace
}  // namespace cleave
