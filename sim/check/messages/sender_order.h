// FIFO order (Hadzilacos and Toueg 1994): who gets what a sender sent has got all that the same
// sender had sent before. Of logs, list by list; of queues, whoever takes. What was sent more than
// once by its value says nothing.
#pragma once
#include "sim/check/messages/object.h"
#include "sim/check/messages/queue_delivery.h"

#include <optional>
#include <vector>

namespace cleave::messages {

// A list in which elements of one sender stand in the wrong order, or one without one before it.
std::optional<Finding> find_disorder(const Object& log, Tally& tally);

// An element that came out before another one that its sender had put in before, or without it;
// who was never answered may have taken that.
std::optional<Finding> find_overtaking(const Object& queue, const std::vector<Receipt>& receipts,
                                       Tally& tally);

}  // namespace cleave::messages
