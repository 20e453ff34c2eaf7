// Which devices of a conversation are worth a look side by side, and how far their lists agree.
#pragma once
#include "sim/scenario/threads.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace cleave::draw {

// At most `most`, in the order of people: those that differ most from each other; of equals, one of
// each person before a second. Indices into MessagingCast::devices.
std::vector<std::uint32_t> shown_devices(const MessagingCast& cast, const Threads& threads,
                                         std::uint32_t conversation, std::size_t most);

// How many messages two lists have in different places: those that both have, without the largest
// part that is in one order.
std::size_t out_of_order(const std::vector<Bubble>& one, const std::vector<Bubble>& other);

// "2 messages in different order", "3 messages not everywhere", "the same on all 6 devices"
std::string agreement(const MessagingCast& cast, const Threads& threads,
                      std::uint32_t conversation);

}  // namespace cleave::draw
