// Both ways to look at a run, side by side: what replicas kept, clients cannot have seen broken.
#pragma once
#include "sim/check/abstract/execution_recorder.h"
#include "sim/check/abstract/judge_execution.h"
#include "sim/check/consistency.h"
#include "sim/check/history/history_recorder.h"
#include "sim/check/history/judge_history.h"
#include "tests/abstract/tale.h"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace cleave::test {

constexpr std::uint64_t kSteps = 1'000'000;

// How often a level was found kept or broken.
struct Tally {
  std::uint64_t kept = 0;         // by replicas
  std::uint64_t broken = 0;       // by replicas
  std::uint64_t seen_broken = 0;  // by clients too
};
using Tallies = std::array<Tally, 32>;  // by level

// Watches a run of registers both ways.
class Watch {
 public:
  Watch()
      : recorder_(HistoryRecorder::Options{.store = Tale::kStore, .type = ObjectType::reg}),
        executions_({.store = Tale::kStore}) {}
  std::vector<Observer*> observers() { return {&recorder_, &executions_}; }

  // Fails the test where replicas kept a level that clients saw broken.
  void compare(Tallies& tallies, const std::string& story) {
    const History history = std::move(recorder_).build();
    abstract::Execution execution = std::move(executions_).build();
    for (const Level level : levels_of_runs()) {
      Tally& tally = tallies[static_cast<std::size_t>(level)];
      const abstract::Finding found = abstract::judge_execution(execution, level, kSteps);
      ASSERT_FALSE(found.out_of_steps);
      ++(found.flaw ? tally.broken : tally.kept);
      const cleave::Finding seen = judge_history(history, {Model::cas_register, level, {}, {}});
      if (seen.word != Word::violated) continue;
      ++tally.seen_broken;
      EXPECT_TRUE(found.flaw) << to_string(level) << ": " << seen.anomaly << ": " << seen.why
                              << "\n"
                              << story;
    }
  }

 private:
  HistoryRecorder recorder_;
  abstract::ExecutionRecorder executions_;
};

// That each level was kept and broken, and seen broken, often enough for the test to mean anything.
inline void expect_all(const Tallies& tallies, std::uint64_t least,
                       std::optional<Level> but = std::nullopt) {
  for (const Level level : levels_of_runs()) {
    if (level == but) continue;
    const Tally& tally = tallies[static_cast<std::size_t>(level)];
    EXPECT_GE(tally.kept, least) << to_string(level);
    EXPECT_GE(tally.broken, least) << to_string(level);
    EXPECT_GE(tally.seen_broken, least) << to_string(level);
  }
}

}  // namespace cleave::test
