// In which order a conversation is shown. A policy says what a message carries from its sender, and
// with that where each device puts it: by rank, and of equal ranks by number. All devices that have
// the same messages show them in the same order; what else may be relied on is the policy's own.
// A policy is one file beside this one, NAME_entry.cc, which the build finds.
#pragma once
#include "sim/base/describe.h"
#include "sim/trace/messaging_facts.h"

#include <cstdint>
#include <set>
#include <span>
#include <string_view>
#include <vector>

namespace cleave::models::ordering {

// Where a message stands in its conversation.
struct Place {
  std::int64_t rank = 0;
  MessageNumber message;
  auto operator<=>(const Place&) const = default;
  CLEAVE_DESCRIBE(rank, message)
};

// What a message carries. A device that gets it shows it only after all of `after`.
struct Carried {
  std::int64_t rank = 0;
  std::vector<MessageNumber> after;
  bool operator==(const Carried&) const = default;
  CLEAVE_DESCRIBE(rank, after)
};

// What a device remembers of the messages of one conversation that it shows or wrote.
struct Past {
  std::int64_t highest = 0;       // rank
  std::set<MessageNumber> heads;  // those that no other of them is known to come after
  CLEAVE_DESCRIBE(highest, heads)
};

struct Policy {
  std::string_view name;    // as a scenario names it
  std::string_view about;   // one sentence: what it promises, and what it costs
  std::uint8_t number = 0;  // its own for good: digests of runs have it
  // The rank is set by the mailbox that accepts the message, from its clock: its sender shows it
  // in the list when it is accepted, and until then below the list.
  bool stamped = false;
  Carried (*carry)(const Past& past) = nullptr;  // a message that is written now
  void (*note)(Past& past, MessageNumber message, const Carried& carried) = nullptr;
};

std::span<const Policy> policies();  // of the catalogue, in its order
// Require: there is one with this name, or number.
const Policy& policy_named(std::string_view name);
const Policy& policy_of(std::uint8_t number);

}  // namespace cleave::models::ordering
