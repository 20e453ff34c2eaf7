// An object that gives ids, each to one operation alone: one-time prekeys, for instance. Which it
// gives, and in which order, is its own affair, so that linearizability asks no more (Jepsen's
// unique-ids).
#pragma once
#include "sim/check/messages/object.h"

#include <optional>

namespace cleave::messages {

// Two operations that were given one id: the first that was given twice.
std::optional<Finding> find_second_giving(const Object& ids, Tally& tally);

}  // namespace cleave::messages
