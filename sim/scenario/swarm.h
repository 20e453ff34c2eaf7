// Swarm testing (Groce et al. 2012): a scenario says in which ranges its options may lie and which
// faults there may be; each seed draws a story of its own from them, in which some kinds of faults
// are left out altogether. A story is a plain scenario, and the same for a seed on every machine.
#pragma once
#include "sim/base/diagnostics.h"
#include "sim/base/section.h"

#include <cstdint>
#include <string_view>

namespace cleave {

// Every mistake in the `swarm` part, if there is one: the stories with all that is lowest, highest
// and each alternative are read. Requires: a tree that is a scenario without mistakes.
void check_swarm(const Section& root, Diagnostics& diagnostics);

// The story of a seed: the scenario with what was drawn in place of what may be, without `swarm`
// and `compare`, and with the seed for its own. Requires: check_swarm found nothing.
Section story_of(const Section& root, std::uint64_t seed);

// What was set by hand is not drawn: takes the path out of the swarm's settings, with what lies
// below it. A part of a map keeps its value there; where it is a part of something that is drawn as
// one, that is not drawn.
void set_by_hand(Section& root, std::string_view path, const Section& value);

// Whether a campaign of its swarm must reach the probes of its engines.
bool requires_probes(const Section& root);

// Gives a scenario another seed, below its name if it had none.
void set_seed(Section& root, std::uint64_t seed);

}  // namespace cleave
