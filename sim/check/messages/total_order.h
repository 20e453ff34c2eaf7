// Total order (Hadzilacos and Toueg 1994): each position of a log holds one element for all, so
// that of any two lists one begins with the other. Elements may be late, or missing at the end.
#pragma once
#include "sim/check/messages/object.h"

#include <optional>

namespace cleave::messages {

// Two lists that differ at a position.
std::optional<Finding> find_divergence(const Object& log, Tally& tally);

}  // namespace cleave::messages
