// What people saw of a conversation, as plain data: part of the result of a run.
#pragma once
#include "sim/base/time.h"
#include "sim/trace/message_log.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace cleave {

constexpr std::size_t kMostMessagesTold = 1'000;  // of one conversation: the first
// From its sending to its being everywhere; more is late.
constexpr Duration kLate{2'000'000'000};

struct MessageResult {
  std::string device;         // that sent it: "ana/phone"
  std::uint32_t counter = 0;  // which of its messages, from 1
  std::string text;           // empty: nobody knew it beforehand
  Time sent;
  std::optional<Time> accepted;
  bool given_up = false;
  std::size_t audience = 0;        // devices that are to show it
  std::size_t shown = 0;           // of these, how many have
  std::optional<Time> everywhere;  // when the last of them did
  std::string slowest;             // which one that was; else one that never did
};

struct DeviceResult {
  std::string name;
  bool up = true;                    // at the end
  std::vector<std::uint32_t> first;  // of ConversationResult::messages: as it showed them first
  std::vector<std::uint32_t> list;   // as its list is at the end, from the top
};

struct ConversationResult {
  std::string name;
  std::vector<std::string> people;
  std::vector<MessageResult> messages;  // as they were sent, at most kMostMessagesTold
  std::vector<DeviceResult> devices;
  // Of all its messages:
  std::uint64_t sent = 0;
  std::uint64_t unwritten = 0;  // beside these: lines of the scenario that nobody came to write
  std::uint64_t late = 0;       // everywhere, and later than kLate
  std::uint64_t given_up = 0;
  std::uint64_t missing = 0;   // not given up, and not everywhere at the end
  std::uint64_t twice = 0;     // shown by a device that showed it already
  std::uint64_t repeated = 0;  // copies that devices dropped
  // Since when all devices that are up show the same in the same order, with nothing missing.
  std::optional<Time> agreed;
};

// Of each conversation in which something was sent or should have been; `is_up`: at the end.
std::vector<ConversationResult> conversation_results(const std::vector<MessageEvent>& events,
                                                     const MessagingCast& cast,
                                                     const std::function<bool(NodeId)>& is_up);

}  // namespace cleave
