// Delivery from a queue as a multiset: what goes in must come out, once, and nothing else (Jepsen's
// queue and total-queue). A drain takes until it finds nothing.
#pragma once
#include "sim/check/messages/object.h"

#include <optional>
#include <vector>

namespace cleave::messages {

// One element as it came out.
struct Receipt {
  Value value;
  std::uint32_t operation = 0;
  std::uint32_t place = 0;  // among what the operation took
};

// By value, and those of one in the order in which they were answered.
std::vector<Receipt> receipts_of(const Object& queue);

enum class Times : std::uint8_t { once, any };

// An element that nobody had enqueued when it came out; or that came out more often than it had
// been enqueued by then, if it may come `once`. The first to be answered.
std::optional<Finding> find_excess(const Object& queue, const std::vector<Receipt>& receipts,
                                   Times times, Tally& tally);

// Elements whose enqueue was answered, that never came out, though somebody found the queue empty
// who asked after that. A dequeue that was never answered may have taken one, a drain any.
std::optional<Finding> find_loss(const Object& queue, const std::vector<Receipt>& receipts,
                                 Tally& tally);

}  // namespace cleave::messages
