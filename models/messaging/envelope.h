// What a device says to another: it lies in queues as a Blob, which servers pass on and do not
// read. The mailbox that accepts it writes a rank on the outside, where the ordering asks for one.
#pragma once
#include "models/ordering/ordering.h"
#include "sim/base/blob.h"
#include "sim/trace/messaging_facts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace cleave::models::messaging {

struct Message {
  MessageNumber number;
  std::uint32_t conversation = 0;
  ordering::Carried carried;
  std::optional<MessageNumber> answers;
  std::string text;
  bool operator==(const Message&) const = default;
  CLEAVE_DESCRIBE(number, conversation, carried, answers, text)
};

// What became of messages on the devices of a person. Sent to the sender's devices, and what was
// read also to the person's own others.
struct Receipt {
  std::uint32_t person = 0;
  MessageStatus status = MessageStatus::delivered;
  std::vector<MessageNumber> messages;
  bool operator==(const Receipt&) const = default;
  CLEAVE_DESCRIBE(person, status, messages)
};

using Letter = std::variant<Message, Receipt>;

Blob write_letter(const Letter& letter);

// The rank on the outside of a message takes the place of the one that it carries.
Blob seal(const Blob& letter, std::optional<std::int64_t> rank);
// Nothing if it is not what seal() made of a letter.
std::optional<Letter> open(const Blob& sealed);

Blob write_rank(std::int64_t rank);
std::optional<std::int64_t> read_rank(const Blob& blob);

}  // namespace cleave::models::messaging
