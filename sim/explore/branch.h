// A changed future: the scenario's own text with one more fault at its end, or another of its
// configurations. A branch is a text and nothing else, so that whoever saves it can run it
// anywhere, to the same digest; what lay before the fault is the same as in its parent.
#pragma once
#include "sim/base/time.h"
#include "sim/explore/recording.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cleave {

// What a person did, as one item of `faults:` in flow style, without its name and time:
// "cut: [us-east, us-west]", "crash: notes/us-east/0", "pause: east/3, for: 5s".
struct Deed {
  std::string verb;   // the first of its keys, for a name: "cut"
  std::string words;  // "cut: [us-east, us-west], for: 5s"
};

// Another time for a fault to begin and to end, as its `at` and `for` say it.
struct Stretch {
  std::string fault;  // its name
  Time from;
  Time to;
};

// A moment after everything that is due by `at` has happened, and before what comes next.
Time moment_after(const TraceIndex& trace, Time at);

// The text of a scenario with another fault last in its list. Throws ScenarioError if the text is
// no scenario, or if its list of faults is written so that nothing can be added.
std::string with_fault(const std::string& file, const std::string& text, const Deed& deed, Time at,
                       const std::string& name);
// The text with a fault that begins and ends at other times. Of a fault without a `for`, which
// lasts until something ends it, only the beginning can be moved. Throws ScenarioError if the text
// is no scenario or has no such fault, or if it says the times in a way that cannot be replaced.
std::string with_span(const std::string& file, const std::string& text, const Stretch& stretch);
// The text with another seed.
std::string with_seed(const std::string& file, const std::string& text, std::uint64_t seed);

// The text of what was run and of nothing else: the scenario's own or, if a configuration or
// settings changed it, one in which their changes are written out, without comments.
std::string own_text(const Recording& recording);

// What to record for a branch of a recording, at a moment of it. It keeps the `compare:` of its
// parent, unless that cannot be read beside the change: an entry may lack a node that the change
// names. Throws ScenarioError if the change itself cannot be read.
RecordingRequest branch_of(const Recording& parent, const Deed& deed, Time at);
RecordingRequest branch_of(const Recording& parent, const Stretch& stretch);

// What to record for another configuration of what was recorded, under the same seed and for as
// long. Requires: there is one of this name.
RecordingRequest other_configuration(const Recording& recording, const std::string& name);

// A scenario that `cleave run` runs to the recording's digest; nothing if the run was ended before
// its time, which only a saved run can say.
std::optional<std::string> scenario_text(const Recording& recording);
// A saved run of it, which says the digest too.
std::string saved_run_text(const Recording& recording);

// The first event in which two recordings differ; nothing if they are the same.
struct Divergence {
  EventId event;
  Time at;
};
std::optional<Divergence> first_differing_event(const Recording& a, const Recording& b);

}  // namespace cleave
