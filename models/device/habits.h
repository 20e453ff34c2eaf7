// What a person does with one device: when to write what, when it sleeps in a pocket, and whether
// this is where the person reads. Configuration of the device's node. Times are of its monotonic
// clock.
#pragma once
#include "sim/base/describe.h"
#include "sim/base/time.h"
#include "sim/trace/messaging_facts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cleave::models::device {

// Written at a time, but not before the person has seen here what it answers.
struct Line {
  Time at;
  std::uint32_t conversation = 0;
  std::optional<MessageNumber> answers;
  std::string text;
  CLEAVE_DESCRIBE(at, conversation, answers, text)
};

// Again and again, after pauses drawn from an exponential distribution (a Poisson process), in any
// of these conversations; what comes in is answered or not, as chance has it.
struct Chatter {
  Time from, until;
  Duration every;                            // on average
  std::vector<std::uint32_t> conversations;  // at least one
  CLEAVE_DESCRIBE(from, until, every, conversations)
};

// The program does not run, and has no connection.
struct Sleep {
  Time from, to;
  CLEAVE_DESCRIBE(from, to)
};

struct Habits {
  std::vector<Line> lines;  // by time
  std::optional<Chatter> chatter;
  std::vector<Sleep> asleep;            // by time, without overlap
  std::optional<Duration> reads_after;  // it is shown; absent: the person does not read here
  CLEAVE_DESCRIBE(lines, chatter, asleep, reads_after)

  bool sleeps_at(Time time) const;
  std::optional<Time> next_change(Time after) const;  // from awake to asleep, or back
};

}  // namespace cleave::models::device
