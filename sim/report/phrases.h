// What a run came to in plain words: shared by all reports that people read.
#pragma once
#include "sim/scenario/run_result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {

// The time in which the fault was active at a moment; null: it was not.
const Span* active_span(const FaultResult& fault, Time at);

// "every expectation is as stated"
std::string_view meaning(Status status);
std::string_view meaning(const RunResult& run);

// "model assertion in mailbox/us-west/0"
std::string title(const RunFailure& failure);

// "cut us-east | us-west, eu-west", in the scenario's own words
std::string deed(const Fault& fault);

// "dropped 41,203 packets, delayed 312"; "did nothing: it began after the end of the run"
std::string effect(const FaultResult& fault);

// "before split", "during split", "after split", "between split and crash"
std::string window_name(const RunResult& run, const Span& window);

// ", during split", ", 2.1 s after split": which fault a moment has to do with; empty: none.
std::string circumstance(const RunResult& run, Time t);

// "0 to 20 s", "900 ms to 2 s"
std::string time_span(const Span& span);
// Of all the times that a fault was active: "10 to 20 s", "20 s" of an instant, "never".
std::string when(const FaultResult& fault);

// "together again at 71.4 s, 8.4 s after split", "still 312 apart"; empty: never far apart
std::string ending(const RunResult& run, const StoreResult& store);

// Who led the store already when this tenure began, and still did: a split brain. Null: nobody.
const Tenure* leader_beside(const StoreResult& store, const Tenure& tenure);
// "beside accounts/us-east/0 for 23.2 s"; empty: beside nobody.
std::string beside_whom(const StoreResult& store, const Tenure& tenure);

// "1 replica in us-east, 3 in us-west"
std::string places(const std::vector<Placement>& placements, std::string_view one,
                   std::string_view many);

std::uint64_t served(const AvailabilityRow& row);
std::uint64_t operations(const AvailabilityRow& row);
// The group and window of which the smallest share was served; null: nobody asked for anything.
const AvailabilityRow* least_served(const RunResult& run);

// "events 2,066 and 2,101", "event 2,066" of one that was never answered.
std::string events_of(const WitnessOperation& operation);
// "1 before 3": operations by their numbers, from 1.
std::string order_of(const WitnessReason& reason);

// What broke first, of model assertions and of violations; of those that the scenario states only
// if there is nothing else.
struct FirstBreak {
  bool stated = false;
  Time at;
  std::optional<EventId> event;  // at that time; none: it was time that passed
  std::string what;
  std::string why;
};
std::optional<FirstBreak> first_break(const RunResult& run);

// A command line, quoted for a POSIX shell, that runs the same up to `until`, or all of it.
std::string replay_command(const RunResult& run, std::string_view program,
                           std::optional<Time> until);

// The same for one seed of a swarm: its story is written out, then run.
std::string story_command(const RunResult& run, std::string_view program);

}  // namespace cleave
