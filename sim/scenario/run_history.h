// Runs a scenario for what its clients asked of one store and were told, as a history that any
// consistency checker can read.
#pragma once
#include "sim/check/history/event_times.h"
#include "sim/check/history/history.h"
#include "sim/scenario/run.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace cleave {

struct RunHistory {
  History history;         // where operations stand is the number of the event
  bool cut_short = false;  // there was more than there is room for
  RunResult result;
  EventTimes times;  // of the events where something of the history stands
};

// The options' observer is not told. Throws EngineBug.
RunHistory run_history(const Scenario& scenario, RunOptions options, StoreId store,
                       ObjectType type);

// The types of the objects of a store that the workload uses, each once.
std::vector<ObjectType> types_used(const Scenario& scenario, StoreId store);

// What the scenario calls the objects of a store, by what Invoked calls them: fields of maps as
// "object/field-3". Of an entry of the workload, the first 100,000.
std::map<std::uint64_t, std::string> object_names(const Scenario& scenario, StoreId store,
                                                  ObjectType type);

// The same of all types.
std::map<std::uint64_t, std::string> object_names(const Scenario& scenario, StoreId store);

}  // namespace cleave
