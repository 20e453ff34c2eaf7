#include "sim/scenario/run.h"

#include "sim/scenario/load.h"
#include "tests/scenario/story.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace cleave {
namespace {

using test::kStory;
using test::with;

Scenario read(const std::string& text) {
  return load_text("story.yaml", text).configurations.at(0).scenario;
}
RunResult run_text(const std::string& text, const RunOptions& options = {}) {
  const Scenario scenario = read(text);
  return run(scenario, options);
}

ExpectationResult came_out(Word word, Word expected, Property property) {
  ExpectationResult result;
  result.verdict.word = word;
  result.expected = expected;
  result.property = property;
  return result;
}

const RunResult& story() {
  static const RunResult result = run_text(std::string(kStory));
  return result;
}

TEST(Run, story_is_as_stated) {
  EXPECT_EQ(story().status, Status::as_stated) << story().expectations.at(0).verdict.why;
  EXPECT_EQ(story().simulated, Time{60'000'000'000});
  EXPECT_FALSE(story().cut_short);
  EXPECT_GT(story().events, 1000u);
  EXPECT_EQ(story().expectations.at(0).name, "converges accounts within 10s after split");
  EXPECT_EQ(story().expectations.at(0).property, Property::liveness);
  EXPECT_GT(story().expectations.at(0).verdict.checked, 1000u);
}

TEST(Run, measures_what_happened) {
  const StoreResult& store = story().stores.at(0);
  EXPECT_EQ(store.name, "accounts");
  EXPECT_EQ(store.engine, "primary-backup");
  ASSERT_EQ(store.replicas.size(), 2u);
  EXPECT_EQ(store.replicas[1].region, "us-west");
  EXPECT_GT(store.curve.peak, 500u);
  EXPECT_GE(store.curve.peak_at, Time{29'000'000'000});
  EXPECT_EQ(store.curve.at_end, 0u);
  EXPECT_EQ(store.lost_acknowledged, 0u);
  EXPECT_GT(store.acknowledged, 1000u);
  EXPECT_EQ(story().clients.size(), 2u);

  const FaultResult& split = story().faults.at(0);
  EXPECT_GT(split.effect.delayed + split.effect.dropped, 0u);
  EXPECT_FALSE(split.inert);
  EXPECT_EQ(split.why_inert, "");
  ASSERT_EQ(split.active.size(), 1u);
  EXPECT_EQ(split.active[0], (Span{Time{10'000'000'000}, Time{30'000'000'000}}));

  ASSERT_EQ(story().latency.size(), 1u);
  EXPECT_EQ(story().latency[0].operation, "write accounts");
  EXPECT_LT(story().latency[0].p50, story().latency[0].p99);
}

TEST(Run, counts_outcomes_by_group_and_window) {
  // Two groups, before, during and after the cut. West cannot write while it lasts.
  ASSERT_EQ(story().availability.size(), 6u);
  const AvailabilityRow& east = story().availability[1];
  const AvailabilityRow& west = story().availability[4];
  EXPECT_EQ(east.group, "east");
  EXPECT_EQ(west.group, "west");
  EXPECT_EQ(west.window, (Span{Time{10'000'000'000}, Time{30'000'000'000}}));
  EXPECT_EQ(east.unavailable + east.unknown, 0u);
  EXPECT_GT(east.ok, 1000u);
  EXPECT_GT(west.unavailable + west.unknown, 300u);
}

TEST(Run, is_the_same_twice_and_another_with_another_seed) {
  const RunResult again = run_text(std::string(kStory));
  EXPECT_EQ(again.digest, story().digest);
  EXPECT_EQ(again.trail, story().trail);
  const RunResult other = run_text(std::string(kStory), {.seed = 2});
  EXPECT_EQ(other.seed, 2u);
  EXPECT_NE(other.digest, story().digest);
}

TEST(Run, stops_where_it_is_told) {
  const RunResult part = run_text(std::string(kStory), {.until = Time{15'000'000'000}});
  EXPECT_EQ(part.simulated, Time{15'000'000'000});
  EXPECT_TRUE(part.cut_short);
  EXPECT_EQ(part.expectations.at(0).verdict.word, Word::undecided);
  EXPECT_EQ(part.status, Status::undecided);
  EXPECT_FALSE(part.faults.at(0).inert);
  ASSERT_FALSE(part.trail.empty());
  EXPECT_TRUE(std::equal(part.trail.begin(), part.trail.end(), story().trail.begin()));
  const RunResult early = run_text(std::string(kStory), {.until = Time{5'000'000'000}});
  EXPECT_FALSE(early.faults.at(0).inert) << "it may yet begin";
}

// What a report prints as a command must show what it is printed for, of whatever judge.
TEST(Run, shows_a_violation_when_it_is_stopped_there) {
  const std::string text = with(
      with(kStory, "within: 10s, after: split}", "within: 10ms, after: split}"), "after: split}",
      "after: split, verdict: violated}\n"
      "  - {lost-acknowledged-writes: accounts}\n"
      "  - {available: accounts, group: west, during: split, verdict: violated}\n"
      "  - {available: accounts, group: west, at_least: 99%, verdict: violated}");
  for (const char* fencing : {"off", "epoch"}) {
    const std::string lossy = with(text, "us-west: 1}}",
                                   "us-west: 1}, options: {promote_after: 15s, monitor: us-west, "
                                   "fencing: " +
                                       std::string(fencing) + "}}");
    const RunResult whole = run_text(lossy);
    std::size_t events = 0;
    for (std::size_t i = 0; i < whole.expectations.size(); ++i) {
      const Verdict& verdict = whole.expectations[i].verdict;
      if (verdict.word != Word::violated) continue;
      ASSERT_TRUE(verdict.at);
      if (verdict.event) {
        ++events;
        struct LastTime : Observer {
          using Observer::on;
          void on(const Record& record, EventId event) override {
            if (event.value <= wanted) at = Time{record.time_ns};
          }
          std::uint64_t wanted = 0;
          Time at;
        } watcher;
        watcher.wanted = verdict.event->value;
        run_text(lossy, {.observer = &watcher});
        EXPECT_EQ(watcher.at, *verdict.at) << whole.expectations[i].name;
      }
      const RunResult part = run_text(lossy, {.until = *verdict.at});
      EXPECT_EQ(part.expectations[i].verdict.word, Word::violated) << whole.expectations[i].name;
      EXPECT_EQ(part.expectations[i].verdict.event, verdict.event);
    }
    EXPECT_GE(events, 2u);
  }
}

TEST(Run, is_judged_by_what_was_decided_when_it_is_stopped_at_a_violation) {
  RunResult result;
  result.expectations = {came_out(Word::violated, Word::violated, Property::safety),
                         came_out(Word::undecided, Word::holds, Property::liveness),
                         came_out(Word::vacuous, Word::holds, Property::safety)};
  EXPECT_EQ(status_of(result), Status::without_effect);
  result.cut_short = true;
  EXPECT_EQ(status_of(result), Status::as_stated);
  result.expectations[0] = came_out(Word::holds, Word::holds, Property::safety);
  EXPECT_EQ(status_of(result), Status::without_effect) << "it shows no violation";
}

TEST(Run, tells_of_its_progress) {
  std::vector<Progress> seen;
  run_text(std::string(kStory), {.progress = [&](const Progress& p) { seen.push_back(p); }});
  ASSERT_FALSE(seen.empty());
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end(),
                             [](const auto& a, const auto& b) { return a.events < b.events; }));
  EXPECT_EQ(seen[0].until, Time{60'000'000'000});
}

TEST(Run, names_whom_a_role_meant) {
  const RunResult result =
      run_text(with(kStory, "cut: [us-east, us-west]", "cut: [primary of accounts, rest]"));
  EXPECT_EQ(result.faults.at(0).chosen,
            std::vector<std::string>{"primary of accounts: accounts/us-east/0"});
}

TEST(Run, fails_on_a_fault_without_effect) {
  const std::string inert = with(kStory, "expect:", "  - {at: 50s, resume: accounts}\nexpect:");
  const RunResult result = run_text(inert);
  EXPECT_EQ(result.status, Status::without_effect);
  EXPECT_TRUE(result.faults.at(1).inert);
  EXPECT_EQ(result.faults.at(1).fault.name, "resume-1");
  EXPECT_EQ(result.faults.at(1).why_inert, "no host that it names was paused");

  const RunResult allowed =
      run_text(with(inert, "resume: accounts}", "resume: accounts, may_be_inert: true}"));
  EXPECT_EQ(allowed.status, Status::as_stated);
  EXPECT_FALSE(allowed.faults.at(1).inert);
  EXPECT_EQ(allowed.faults.at(1).why_inert, "no host that it names was paused");
}

TEST(Run, sees_the_effect_of_drift_on_who_only_waits) {
  const RunResult result =
      run_text(with(kStory, "expect:", "  - {at: 20s, drift: east, rate: 100ppm}\nexpect:"));
  EXPECT_EQ(result.faults.at(1).why_inert, "");
  EXPECT_EQ(result.status, Status::as_stated);
}

TEST(Run, judges_that_a_fault_had_no_effect) {
  const std::string text = with(
      with(kStory,
           "expect:", "  - {name: idle, at: 50s, resume: accounts, may_be_inert: true}\nexpect:"),
      "after: split}", "after: split}\n  - {without_effect: idle}");
  EXPECT_EQ(run_text(text).status, Status::as_stated);
  // The same said of a cut that cuts.
  const std::string wrong =
      with(with(text, "cut: [us-east, us-west]", "cut: [us-east, us-west], may_be_inert: true"),
           "without_effect: idle", "without_effect: split");
  const RunResult result = run_text(wrong);
  EXPECT_EQ(result.expectations.at(1).verdict.word, Word::violated);
  EXPECT_EQ(result.status, Status::safety);
}

// ---- status -----------------------------------------------------------------------------------

TEST(Run, has_a_status_for_each_way_to_fail) {
  struct Case {
    Word word, expected;
    Property property;
    Status status;
  };
  for (const Case& c : std::vector<Case>{
           {Word::holds, Word::holds, Property::safety, Status::as_stated},
           {Word::violated, Word::violated, Property::liveness, Status::as_stated},
           {Word::violated, Word::holds, Property::safety, Status::safety},
           {Word::violated, Word::holds, Property::liveness, Status::liveness},
           {Word::holds, Word::violated, Property::liveness, Status::safety},
           {Word::vacuous, Word::holds, Property::safety, Status::without_effect},
           {Word::vacuous, Word::violated, Property::safety, Status::without_effect},
           {Word::undecided, Word::holds, Property::safety, Status::undecided},
           {Word::undecided, Word::violated, Property::safety, Status::undecided},
           {Word::holds, Word::vacuous, Property::liveness, Status::liveness},
           {Word::vacuous, Word::vacuous, Property::safety, Status::as_stated},
       }) {
    RunResult result;
    result.expectations = {came_out(c.word, c.expected, c.property)};
    EXPECT_EQ(status_of(result), c.status) << to_string(c.word) << " for " << to_string(c.expected);
  }
}

TEST(Run, has_the_gravest_status_of_several) {
  RunResult result;
  result.expectations = {came_out(Word::undecided, Word::holds, Property::safety)};
  result.faults.emplace_back();
  EXPECT_EQ(status_of(result), Status::undecided);
  result.faults.back().inert = true;
  EXPECT_EQ(status_of(result), Status::without_effect);
  result.expectations.push_back(came_out(Word::violated, Word::holds, Property::liveness));
  EXPECT_EQ(status_of(result), Status::liveness);
  result.failure.emplace();
  EXPECT_EQ(status_of(result), Status::safety);
}

}  // namespace
}  // namespace cleave
