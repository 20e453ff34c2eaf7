// The story of what broke first in a run, in plain sentences, to be read aloud: who was there, what
// went wrong in the world, and then the witness itself, event by event. What a scenario states
// shall be violated is told like anything else. Every time and event number is one of the run's.
#pragma once
#include "sim/explore/recording.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cleave {

struct Explanation {
  std::string broke;       // "available notes to west during split"; empty: nothing
  std::optional<Time> at;  // when that was complete; none: at the end of the run, or never
  std::vector<std::string> setting;  // sentences: who was there
  std::vector<std::string> course;   // what went wrong in the world until then, in order
  std::vector<std::string> witness;  // the events that show it, in order
  std::vector<std::string> ending;   // what it comes to, and whether that is as stated
};

// Of a run in which nothing is violated: what held.
Explanation explain(const Recording& recording);

// ---- words and sentences that the parts of a story share ----------------------------------------
// "at 20.004 s (event 12,345)"
std::string at_event(Time at, EventId event);
// "us-east", "us-east and us-west", "us-east, us-west and eu-west"
std::string listed(const std::vector<std::string>& names);
// ", during split,", ", 2.1 s after split,": as it stands within a sentence.
std::string meanwhile(const RunResult& run, Time at);
std::string times(std::uint64_t count);  // "once", "twice", "12 times"
// With a capital letter.
std::string sentence_of(std::string text);

// What a verdict's witness shows; of one that has no events nothing.
std::vector<std::string> tell_witness(const Recording& recording,
                                      const ExpectationResult& expectation);

}  // namespace cleave
