#include "sim/scenario/run_history.h"

#include "models/store/workload_client.h"
#include "sim/check/history/history_recorder.h"

#include <algorithm>
#include <utility>

namespace cleave {
namespace {

using models::store::key_of;

class TimedRecorder : public Observer {
 public:
  explicit TimedRecorder(HistoryRecorder::Options options) : recorder_(std::move(options)) {}

  using Observer::on;
  void on(const Invoked& operation) override {
    const std::size_t before = recorder_.size();
    recorder_.on(operation);
    if (recorder_.size() > before) times_.note(operation.event, operation.at);
  }
  void on(const Completed& operation) override {
    recorder_.on(operation);
    times_.note(operation.event, operation.at);
  }

  void finish(RunHistory& run) && {
    run.cut_short = recorder_.is_cut_short();
    run.history = std::move(recorder_).build();
    run.times = std::move(times_);
  }

 private:
  HistoryRecorder recorder_;
  EventTimes times_;
};

}  // namespace

RunHistory run_history(const Scenario& scenario, RunOptions options, StoreId store,
                       ObjectType type) {
  TimedRecorder recorder(
      {.store = store, .type = type, .names = object_names(scenario, store, type)});
  options.observer = &recorder;
  RunHistory history;
  history.result = run(scenario, options);
  std::move(recorder).finish(history);
  return history;
}

std::vector<ObjectType> types_used(const Scenario& scenario, StoreId store) {
  std::vector<ObjectType> types;
  for (const WorkloadSpec& entry : scenario.workload)
    if (entry.store == store.value &&
        std::find(types.begin(), types.end(), entry.object) == types.end())
      types.push_back(entry.object);
  return types;
}

std::map<std::uint64_t, std::string> object_names(const Scenario& scenario, StoreId store,
                                                  ObjectType type) {
  constexpr std::uint64_t kMostNames = 100'000;
  std::map<std::uint64_t, std::string> names;
  for (const WorkloadSpec& entry : scenario.workload) {
    if (entry.store != store.value || entry.object != type) continue;
    const std::uint64_t last = std::min(entry.keys.last, entry.keys.first + kMostNames - 1);
    for (std::uint64_t i = entry.keys.first; i <= last; ++i) {
      const std::string number = entry.keys.numbered ? std::to_string(i) : "";
      const std::string name = entry.keys.prefix + number + entry.keys.suffix;
      if (type != ObjectType::map) {
        names.emplace(key_of(name).value, name);
        continue;
      }
      for (std::uint64_t f = 0; f < models::store::WorkloadClient::kFields; ++f) {
        const std::string field = "field-" + std::to_string(f);
        names.emplace(mix(key_of(name).value, key_of(field).value), name + "/" + field);
      }
    }
  }
  return names;
}

std::map<std::uint64_t, std::string> object_names(const Scenario& scenario, StoreId store) {
  std::map<std::uint64_t, std::string> names;
  for (const ObjectType type : types_used(scenario, store))
    names.merge(object_names(scenario, store, type));
  return names;
}

}  // namespace cleave
