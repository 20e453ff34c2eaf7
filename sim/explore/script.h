// What people wrote at random, made a script: an item of `conversations` with `every` gives way to
// one with `say` for each message that was so written in a run. A generator can only be slowed
// down; of a script each line can be left out.
#pragma once
#include "sim/base/section.h"

#include <optional>

namespace cleave {

// Runs the scenario. What the script does need not be the same: a line is written when its message
// was in the outbox, by the millisecond, so that it is there a little later; and it answers none.
// Nothing: nobody writes at random, or more often than a result tells, or this is no scenario.
std::optional<Section> scripted(const Section& scenario);

}  // namespace cleave
