// What devices, gateways and mailboxes send one another. A device talks to a gateway only; what is
// meant for a mailbox, or comes from one, the gateway passes on.
#pragma once
#include "sim/base/blob.h"
#include "sim/base/bytes.h"
#include "sim/base/describe.h"
#include "sim/base/id.h"
#include "sim/trace/messaging_facts.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace cleave::models::messaging {

// ---- between a device and its gateway ----------------------------------------------------------
struct Connect {
  static constexpr std::string_view name = "connect";
};
struct Connected {
  static constexpr std::string_view name = "connected";
};
struct Ping {  // also from a gateway to a mailbox
  static constexpr std::string_view name = "ping";
};
struct Pong {
  static constexpr std::string_view name = "pong";
};

// ---- from a device to a mailbox ----------------------------------------------------------------
// Put the letter into the queue of each of these devices. The same number in every retry.
struct Submit {
  static constexpr std::string_view name = "submit message";
  MessageNumber number;
  std::vector<NodeId> to;
  Blob letter;
  CLEAVE_DESCRIBE(number, to, letter)
  Bytes wire_size() const {
    return {static_cast<std::int64_t>(32 + 4 * to.size() + letter.bytes().size())};
  }
};
// Read my queue, from this position on; `most` letters at most.
struct Pull {
  static constexpr std::string_view name = "pull queue";
  NodeId device;
  std::uint32_t most = 0;
  std::uint64_t from = 0;
  CLEAVE_DESCRIBE(device, most, from)
};
// What stands in my queue up to this position is durable here. Not answered: what a lost one would
// have removed is pulled again, recognised and acknowledged again.
struct Acknowledge {
  static constexpr std::string_view name = "acknowledge queue";
  std::uint64_t device = 0;  // NodeId::value, without a gap behind it
  std::uint64_t through = 0;
  CLEAVE_DESCRIBE(device, through)
};
// What became, on this device, of messages that one person wrote.
struct Report {
  static constexpr std::string_view name = "report receipts";
  NodeId device;
  std::uint32_t ticket = 0;  // comes back
  std::uint32_t to = 0;      // the person
  MessageStatus status = MessageStatus::delivered;
  std::vector<MessageNumber> messages;
  CLEAVE_DESCRIBE(device, ticket, to, status, messages)
  Bytes wire_size() const { return {static_cast<std::int64_t>(24 + 8 * messages.size())}; }
};

// ---- from a mailbox to a device ----------------------------------------------------------------
struct Accepted {
  static constexpr std::string_view name = "message accepted";
  MessageNumber number;
  std::int64_t rank = 0;  // if the ordering has mailboxes set it
  CLEAVE_DESCRIBE(number, rank)
};
struct Batch {
  static constexpr std::string_view name = "batch of letters";
  NodeId device;
  bool more = false;
  std::uint64_t last = 0;  // position of the last letter, or of the end of the queue
  std::vector<Blob> letters;
  CLEAVE_DESCRIBE(device, more, last, letters)
  Bytes wire_size() const {
    std::int64_t bytes = 16;
    for (const Blob& letter : letters)
      bytes += 8 + static_cast<std::int64_t>(letter.bytes().size());
    return {bytes};
  }
};
struct Reported {
  static constexpr std::string_view name = "receipts taken";
  NodeId device;
  std::uint32_t ticket = 0;
  CLEAVE_DESCRIBE(device, ticket)
};
enum class Asked : std::uint32_t { submit, pull, report };
// The store did not serve it, or nobody knows whether it did: ask again later.
struct Unavailable {
  static constexpr std::string_view name = "service unavailable";
  NodeId device;
  Asked asked = Asked::submit;
  CLEAVE_DESCRIBE(device, asked)
};

// There is something in these devices' queues. To every gateway, and from there to each of them
// that is connected. May be lost.
struct WakeAll {
  static constexpr std::string_view name = "wake devices";
  std::vector<NodeId> devices;
  CLEAVE_DESCRIBE(devices)
  Bytes wire_size() const { return {static_cast<std::int64_t>(8 + 4 * devices.size())}; }
};
struct Wake {
  static constexpr std::string_view name = "wake device";
};

}  // namespace cleave::models::messaging
