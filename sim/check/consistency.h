// Consistency levels, asked of what the clients of a run saw of a store: the judges of finished
// histories (sim/check/history) put to a run. What each level means: docs/checkers.md.
#pragma once
#include "sim/check/history/event_times.h"
#include "sim/check/history/history_recorder.h"
#include "sim/check/history/question.h"
#include "sim/trace/checker.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>

namespace cleave {

// The levels that may be asked of a run, whose operations are no transactions; strongest first.
std::span<const Level> levels_of_runs();

class Consistency : public Checker {
 public:
  struct Options {
    StoreId store;
    Level level = Level::linearizable;
    std::map<std::uint64_t, std::string> names;  // of objects, as HistoryRecorder has them
    Budget budget;
    std::size_t most_operations = 2'000'000;  // of objects of one type, at about 200 bytes each
  };

  explicit Consistency(Options options) : options_(std::move(options)) {}

  using Checker::on;
  void on(const Invoked& operation) override;
  void on(const Completed& operation) override;
  // Objects of different types are judged apart; what is violated for one is violated. The witness
  // has the events of the fewest operations that show it, and the reasons say why they do.
  // Undecided: the search ran out of its budget, there were too many operations, or a type of
  // objects cannot be asked for the level. Vacuous: nothing that was answered puts the level to the
  // test.
  Verdict finish(const RunEnd& end) override;

 private:
  Verdict verdict_of(History history, bool cut_short, ObjectType type, const RunEnd& end) const;
  void point_at(const History& history, const Finding& finding, Verdict& verdict) const;

  Options options_;
  std::map<ObjectType, HistoryRecorder> recorders_;
  EventTimes answered_;
};

}  // namespace cleave
