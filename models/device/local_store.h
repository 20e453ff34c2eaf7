// What a device keeps, and the conversations as it shows them. On disk are messages as they came,
// and what became of each; the lists are in memory, in the order that the policy of the service
// says, and are made anew from the disk after a crash.
// Invariants: (1) a message is in `known` exactly if it is in the log; (2) a list is sorted, and
// has a message once unless a planted bug lets it in again.
#pragma once
#include "models/messaging/envelope.h"
#include "models/ordering/ordering.h"
#include "sim/base/describe.h"
#include "sim/storage/disk.h"
#include "sim/trace/messaging_facts.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace cleave::models::device {

// Of a message that this device wrote, once its fate is known.
struct Fate {
  enum class Kind : std::uint8_t { accepted, given_up };
  Kind kind = Kind::accepted;
  std::int64_t rank = 0;  // that the mailbox gave it
  CLEAVE_DESCRIBE(kind, rank)
};
// Of a message that somebody else wrote.
struct Mark {
  bool read = false;                         // here or on another device of the person
  MessageStatus told = MessageStatus::none;  // what the service knows of that from this device
  CLEAVE_DESCRIBE(read, told)
};
using MessageAndPerson = std::pair<MessageNumber, std::uint32_t>;

struct Disk {
  DiskLog<messaging::Message> messages;  // written here or received, in the order of that
  DiskTable<MessageNumber, Fate> fates;
  DiskTable<MessageNumber, Mark> marks;
  DiskTable<MessageAndPerson, MessageStatus> statuses;  // of messages of this person
  CLEAVE_DESCRIBE(messages, fates, marks, statuses)

  bool given_up(MessageNumber message) const;
  MessageStatus status(MessageAndPerson of) const;
  Mark mark(MessageNumber message) const;
};

struct Conversation {
  ordering::Past past;                // of what is shown, and of what was written here
  std::vector<ordering::Place> list;  // as it is shown, the oldest first
  std::vector<std::uint64_t> held;    // positions in the log of what waits for another
  CLEAVE_DESCRIBE(past, list, held)
};

// In memory.
struct LocalStore {
  struct Known {
    std::uint64_t at = 0;  // position in the log
    bool shown = false;
    CLEAVE_DESCRIBE(at, shown)
  };
  std::map<MessageNumber, Known> known;
  std::map<std::uint32_t, Conversation> conversations;
  CLEAVE_DESCRIBE(known, conversations)

  bool has(MessageNumber message) const { return known.contains(message); }
  bool shows(MessageNumber message) const;
  // What must be shown before it and is not.
  std::optional<MessageNumber> lacking(const messaging::Message& message) const;
  // Puts it into the list of its conversation; at which index.
  std::size_t show(const messaging::Message& message, std::int64_t rank);
};

}  // namespace cleave::models::device
