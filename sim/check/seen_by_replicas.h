// Consistency levels, asked of what replicas showed of a store, and not of what clients can tell:
// by the abstract execution of the run (sim/check/abstract). Whatever holds here holds for clients;
// what is violated here, clients may not have been able to see. Docs: docs/checkers.md.
#pragma once
#include "sim/check/abstract/execution_recorder.h"
#include "sim/check/abstract/flaw.h"
#include "sim/check/history/event_times.h"
#include "sim/check/history/question.h"
#include "sim/trace/checker.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace cleave {

class SeenByReplicas : public Checker {
 public:
  struct Options {
    StoreId store;
    Level level = Level::linearizable;
    std::map<std::uint64_t, std::string> names;  // of objects, by what Invoked calls them
    std::uint64_t steps = 50'000'000;         // where replicas applied updates in different orders
    std::size_t most_operations = 2'000'000;  // at about 200 bytes each
  };

  explicit SeenByReplicas(Options options)
      : options_(std::move(options)), recorder_({options_.store, options_.most_operations}) {}

  using Checker::on;
  void on(const Invoked& operation) override { recorder_.on(operation); }
  void on(const Completed& operation) override {
    recorder_.on(operation);
    answered_.note(operation.event, operation.at);
  }
  void on(const ReplicaUpdate& update) override { recorder_.on(update); }
  void on(const RequestMark& request) override { recorder_.on(request); }
  // The witness has the events of the two operations that show it. Undecided: there were too many
  // operations or steps, or nobody knows which replica answered. Vacuous: nothing that was answered
  // had to see anything.
  Verdict finish(const RunEnd& end) override;

 private:
  Verdict violated(const abstract::Execution& execution, const abstract::Flaw& flaw,
                   const RunEnd& end) const;

  Options options_;
  abstract::ExecutionRecorder recorder_;
  EventTimes answered_;
};

}  // namespace cleave
