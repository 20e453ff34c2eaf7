// Each read of a counter lies between what it must be at least and what it may be at most: all that
// was surely added before, and what was perhaps added by then, taken at its worst (Jepsen's
// counter). Reads are looked at one by one, so that no search is needed.
#pragma once
#include "sim/check/messages/object.h"

#include <optional>

namespace cleave::messages {

// The first read that is out of bounds, with the additions that were perhaps made by then and leave
// it out of them. O(n log n).
std::optional<Finding> find_out_of_bounds(const Object& counter, Value init, Tally& tally);

}  // namespace cleave::messages
