// The judges of messages between people, by the words that scenarios use for them.
#pragma once
#include "sim/check/conversation/deadlines.h"
#include "sim/check/conversation/devices.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace cleave::conversation {

enum class Judge : std::uint8_t {
  causal_order,
  durable_first,
  messages_arrive,
  queues_drain,
  receipts_arrive,
  same_view,
  sender_order,
  shown_once,
  ticks_rise,
  truthful_ticks,
};
std::string_view to_string(Judge judge);  // "causal-order"
std::optional<Judge> judge_of(std::string_view name);
std::span<const Judge> judges();  // all, by name

// Whether it claims that something happens in time: then a scenario says within which.
bool has_deadline(Judge judge);
// Whether that may be counted from the end of a fault.
bool waits_for_fault(Judge judge);

struct Scope {
  std::vector<NodeId> devices;              // that are looked at
  std::map<NodeId, std::uint32_t> persons;  // whose each device is, of all
  Deadlines::Options deadlines;             // of those that have one
};
std::unique_ptr<Checker> make(Judge judge, const Scope& scope);

}  // namespace cleave::conversation
