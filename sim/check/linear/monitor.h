// Monitors: where values tell which update a read saw, linearizability of some objects can be told
// without a search, in the time that sorting takes.
#pragma once
#include "sim/check/history/question.h"

#include <cstdint>
#include <span>
#include <vector>

namespace cleave::linear {

enum class Told : std::uint8_t {
  nothing,  // the monitor is not for this history
  holds,
  violated,
};

struct Monitored {
  Told told = Told::nothing;
  std::vector<std::uint32_t> conflict{};  // of violated: few operations that have no order
};

// All: `operations` are those of one object that say or change something (Parts).
Monitored monitor(const History& history, const Question& question,
                  std::span<const std::uint32_t> operations);

// Registers whose values are written once, by zones (Gibbons and Korach 1997, section 4.1):
// O(n log n).
Monitored monitor_register(const History& history, Value init,
                           std::span<const std::uint32_t> operations);
// Max-registers, whatever the values: O(n log n).
Monitored monitor_max_register(const History& history, Value init,
                               std::span<const std::uint32_t> operations);
// Sets that only grow, and logs, whose elements are added once. What was read is a chain, so the
// order is known: O(n log n) and what reads list.
Monitored monitor_growth(const History& history, Model model,
                         std::span<const std::uint32_t> operations);
// Queues whose elements are enqueued once (Bouajjani, Emmi, Enea, Hamza 2015): O(n log n).
Monitored monitor_queue(const History& history, Model model,
                        std::span<const std::uint32_t> operations);

}  // namespace cleave::linear
