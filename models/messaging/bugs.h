// Mistakes that implementers of messengers have made, as switches: what judges of messages are for.
// Each names who must find it; one that is not found says that nobody looked.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace cleave::models::messaging {

enum class Bug : std::uint8_t {
  accept_before_stored,
  acknowledge_before_durable,
  deliver_before_durable,
  forget_own_devices,
  last_receipt_wins,
  parallel_pulls,
  show_before_cause,
  show_repeats,
};

struct PlantedBug {
  Bug bug;
  std::string_view name;        // as a scenario says it
  std::string_view what;        // the mistake, as a sentence
  std::string_view caught_by;   // who must find it: words of a judge
  std::string_view scenario{};  // whose swarm does; empty: that of scenarios/swarms/messaging.yaml
};

inline constexpr std::array<PlantedBug, 8> kBugs{{
    {Bug::accept_before_stored, "accept-before-stored",
     "A mailbox tells the sender that it has the message before the store answers.",
     "messages-arrive"},
    {Bug::acknowledge_before_durable, "acknowledge-before-durable",
     "A device acknowledges what it has not yet synced; a crash forgets it, and so did the queue.",
     "durable-first"},
    {Bug::deliver_before_durable, "deliver-before-durable",
     "A device says that a message was delivered before it is durable.", "truthful-ticks"},
    {Bug::forget_own_devices, "forget-own-devices",
     "A device sends to the devices of others, and to none of its own person.", "messages-arrive"},
    {Bug::last_receipt_wins, "last-receipt-wins",
     "What became of a message is the receipt that came last, and not the furthest.", "ticks-rise"},
    {Bug::parallel_pulls, "parallel-pulls",
     "A device asks for two pages of its queue at once, and takes them as they come.",
     "sender-order", "scenarios/canaries/pages.yaml"},
    {Bug::show_before_cause, "show-before-cause",
     "A device shows what comes, whatever it was written after.", "causal-order"},
    {Bug::show_repeats, "show-repeats", "A device does not recognise what it has already.",
     "shown-once"},
}};

}  // namespace cleave::models::messaging
