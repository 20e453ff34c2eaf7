// What reads of sets and logs show of the elements that were put there (Jepsen's set-full): each
// arrives, stays, and is shown no more often than it was put in.
#pragma once
#include "sim/check/messages/object.h"

#include <optional>

namespace cleave::messages {

// An element that a read shows though nobody had put it there. The first such read.
std::optional<Finding> find_thin_air(const Object& object);

// An element that a read shows more often than it was put in by then; a set shows it once at most.
std::optional<Finding> find_repetition(const Object& object, Tally& tally);

// An element that was acknowledged, or read, and then missed by a read which every read that
// shows it came before. What somebody may have removed is left out. An element that is missed and
// then shown was late: the tally has by how much.
std::optional<Finding> find_loss(const Object& object, Tally& tally);

}  // namespace cleave::messages
