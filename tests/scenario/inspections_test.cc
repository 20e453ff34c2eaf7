// What engines promise of their own insides is looked at in every run, and reported where it
// breaks.
#include "sim/scenario/inspections.h"

#include "sim/explore/shrink.h"
#include "sim/explore/sweep.h"
#include "sim/scenario/load.h"
#include "sim/scenario/parse.h"
#include "sim/scenario/run.h"
#include "tests/scenario/story.h"

#include <gtest/gtest.h>

#include <string>

namespace cleave {
namespace {

// Three replicas, of which one after the other falls.
constexpr std::string_view kRaft = R"(cleave: 1
name: Falling leaders
run_for: 20s
topology: {latency: aws-2017, regions: [us-east, us-west, eu-west]}
stores:
  accounts:
    engine: raft
    replicas: {us-east: 1, us-west: 1, eu-west: 1}
    options: {pre_vote: off}
clients:
  east: {count: 2, region: us-east}
workload:
  - {to: 15s, every: 100ms, by: east, do: write, on: accounts, key: "user-{0..9}"}
faults:
  - {at: 5s, for: 4s, isolate: leader of accounts}
  - {at: 10s, for: 2s, crash: leader of accounts, may_be_inert: true}
expect:
  - {lost-acknowledged-writes: accounts}
)";

Scenario read(const std::string& text) {
  return load_text("raft.yaml", text).configurations.at(0).scenario;
}
std::string with_bug(std::string_view bug) {
  return test::with(kRaft, "{pre_vote: off}",
                    "{pre_vote: off, vote_stickiness: off, bugs: [" + std::string(bug) + "]}");
}
const ExpectationResult& of_engine(const RunResult& result) {
  return result.expectations.at(result.expectations.size() - 1);
}

TEST(Inspections, hold_and_say_how_often_they_looked) {
  const RunResult result = run(read(std::string(kRaft)));
  ASSERT_EQ(result.expectations.size(), 2u);
  const ExpectationResult& inspected = of_engine(result);
  EXPECT_EQ(inspected.name, "accounts: Raft's invariants");
  EXPECT_EQ(inspected.stated_by, ExpectationResult::StatedBy::engine);
  EXPECT_EQ(inspected.verdict.word, Word::holds);
  EXPECT_GT(inspected.verdict.checked, 300u);
  EXPECT_EQ(inspected.verdict.why,
            "compared " + std::to_string(inspected.verdict.checked) + " times");
  EXPECT_EQ(result.status, Status::as_stated);
}

TEST(Inspections, report_a_violation_at_its_event_and_let_the_run_go_on) {
  const Scenario scenario = read(with_bug("vote-for-any-log"));
  bool found = false;
  for (std::uint64_t seed = 1; seed <= 20 && !found; ++seed) {
    const RunResult result = run(scenario, {.seed = seed});
    const Verdict& verdict = of_engine(result).verdict;
    if (verdict.word != Word::violated) continue;
    found = true;
    EXPECT_EQ(result.status, Status::safety);
    EXPECT_NE(verdict.why.find("leader completeness: it leads in term"), std::string::npos)
        << verdict.why;
    ASSERT_TRUE(verdict.event && verdict.at);
    EXPECT_LT(verdict.event->value, result.events);
    // The command that a report prints ends there, and shows it.
    const RunResult part = run(scenario, {.seed = seed, .until = *verdict.at});
    EXPECT_EQ(of_engine(part).verdict.event, verdict.event);
    EXPECT_EQ(of_engine(part).verdict.word, Word::violated);
    // Whoever shrinks it has it to hold on to, though the scenario does not claim it.
    const auto target = target_of(result);
    ASSERT_TRUE(target);
    EXPECT_EQ(target->breakage.failure.what, "accounts: Raft's invariants");
    EXPECT_EQ(target->expectation, std::nullopt);
  }
  EXPECT_TRUE(found);
}

TEST(Inspections, are_switched_off_by_the_scenario_and_change_no_bit) {
  const RunResult on = run(read(std::string(kRaft)));
  const RunResult off =
      run(read(test::with(kRaft, "run_for: 20s", "run_for: 20s\ninvariants: off")));
  EXPECT_EQ(off.expectations.size(), 1u);
  EXPECT_EQ(off.digest, on.digest);
  EXPECT_EQ(off.events, on.events);
}

TEST(Inspections, of_an_engine_without_invariants_are_none) {
  EXPECT_EQ(run(read(std::string(test::kStory))).expectations.size(), 1u);
}

TEST(Inspections, that_had_nothing_to_look_at_are_no_failure) {
  const RunResult result = run(read(std::string(kRaft)), {.until = Time{1}});
  EXPECT_EQ(of_engine(result).verdict.word, Word::vacuous);
  EXPECT_TRUE(of_engine(result).as_stated());
}

// A copy of the World and of what was seen of it go on as they would have.
TEST(Inspections, go_on_with_a_copy_of_the_world) {
  const Scenario scenario = read(std::string(kRaft));
  Built built = build(scenario, 1);
  Inspections inspections(scenario, built.cast);
  const auto go_on = [](World& world, Inspections& seen, Time until) {
    while (world.step(until))
      seen.after_event(world);
    return seen.results().at(0).verdict;
  };
  go_on(built.world, inspections, Time{7'000'000'000});
  World copy = built.world;
  Inspections copied = inspections;
  const Verdict first = go_on(built.world, inspections, Time{20'000'000'000});
  const Verdict second = go_on(copy, copied, Time{20'000'000'000});
  EXPECT_EQ(first.word, Word::holds) << first.why;
  EXPECT_EQ(second.word, Word::holds) << second.why;
  EXPECT_EQ(first.checked, second.checked);
  EXPECT_EQ(first.checked, of_engine(run(scenario)).verdict.checked);
}

TEST(Inspections, survive_the_way_through_a_sweep) {
  const SeedResult before{run(read(std::string(kRaft))), {}};
  Diagnostics diagnostics;
  const auto record = parse_text("seed", to_json(before), diagnostics);
  const SeedResult after = read_seed_result(*record, diagnostics);
  ASSERT_TRUE(diagnostics.empty()) << diagnostics.format();
  EXPECT_EQ(of_engine(after.run).stated_by, ExpectationResult::StatedBy::engine);
  EXPECT_EQ(to_json(after), to_json(before));
}

}  // namespace
}  // namespace cleave
