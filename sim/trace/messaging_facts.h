// What devices of people who write to each other state for judges of messages, and who these people
// are. Every fact is stated by a device (Fact::node). Its subject is a message, by its number.
#pragma once
#include "sim/base/id.h"
#include "sim/base/name.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cleave {

// The device that wrote it, and which of its messages it is, from 1. The same in every retry.
struct MessageNumber {
  std::uint64_t value = 0;
  static constexpr MessageNumber of(NodeId device, std::uint32_t counter) {
    return {std::uint64_t{device.value} << 32 | counter};
  }
  constexpr NodeId device() const { return {static_cast<std::uint32_t>(value >> 32)}; }
  constexpr std::uint32_t counter() const { return static_cast<std::uint32_t>(value); }
  auto operator<=>(const MessageNumber&) const = default;
  CLEAVE_DESCRIBE(value)
};

// How far a message has come towards one person: the most that any device of that person says.
enum class MessageStatus : std::uint8_t {
  none = 0,
  accepted = 1,   // the service has it
  delivered = 2,  // durable on a device of the person
  read = 3,       // the person has seen it
};

// What a device shows is in its memory. One that goes down (NodeMark) shows nothing; when it is up
// again it states anew what it has and shows: kMessageSent and what goes with it, kMessageStored,
// kMessageShown. What got no answer is sent again, and stated again. To state the same twice in one
// life is no news, but for kMessageShown: that is a second place in the list.
namespace facts {

// ---- the device that wrote it ------------------------------------------------------------------
// The person wants it sent, and the device will see to it: it is durable in the outbox. Value: the
// conversation, an index into MessagingCast::conversations.
inline constexpr Purpose kMessageSent("message sent");
// Whom it is for; one for each device of each other member, and each other device of the sender.
// Stated together with kMessageSent, whatever is then really sent. Value: the device.
inline constexpr Purpose kMessageAddressed("message addressed");
// Stated together with kMessageSent, if it replies to one. Value: the number of that message.
inline constexpr Purpose kMessageAnswers("message answers");
// The service has promised to deliver it: one tick.
inline constexpr Purpose kMessageAccepted("message accepted");
// The device has told its person that it was not sent, and tries no more. Others may get it yet.
inline constexpr Purpose kMessageGivenUp("message given up");
// How far it has come towards a person, as the device shows it: stated when it changes, also by
// other devices of the sender. Value: see StatusShown.
inline constexpr Purpose kStatusShown("status shown");

// ---- a device that it is for -------------------------------------------------------------------
// It is durable on this device.
inline constexpr Purpose kMessageStored("message stored");
// This device tells the mailbox that it has it: the mailbox may forget it now.
inline constexpr Purpose kMessageAcknowledged("message acknowledged");
// A copy came, was recognised and dropped.
inline constexpr Purpose kMessageRepeated("message repeated");
// This device tells the service what became of it. Value: MessageStatus, delivered or read.
inline constexpr Purpose kReceiptSent("receipt sent");

// ---- any of the two ----------------------------------------------------------------------------
// It is in the list of its conversation that this device shows. Value: the index at which it was
// put, 0 being the top, where the oldest are; what stood there and below moves down by one.
inline constexpr Purpose kMessageShown("message shown");
// Something is lacking before it, and the device knows: it is held back until that is there, or
// shown at once with a mark that what it answers has not come yet. Value: the message that lacks.
inline constexpr Purpose kMessageWaitsFor("message waits for");

}  // namespace facts

// The value of kStatusShown.
struct StatusShown {
  std::uint32_t person = 0;  // an index into MessagingCast::people
  MessageStatus status = MessageStatus::none;
  constexpr std::uint64_t pack() const {
    return std::uint64_t{person} << 8 | static_cast<std::uint64_t>(status);
  }
  static constexpr StatusShown unpack(std::uint64_t value) {
    return {static_cast<std::uint32_t>(value >> 8), static_cast<MessageStatus>(value & 0xff)};
  }
  bool operator==(const StatusShown&) const = default;
};

// ---- who is who --------------------------------------------------------------------------------
// Plain data for judges and reports: it does not change while a scenario runs.
struct MessagingCast {
  struct Device {
    NodeId node;
    std::string name;          // its path: "ana/phone"
    std::uint32_t person = 0;  // an index
    CLEAVE_DESCRIBE(node, name, person)
  };
  struct Person {
    std::string name;
    std::vector<std::uint32_t> devices;  // indices
    CLEAVE_DESCRIBE(name, devices)
  };
  struct Conversation {
    std::string name;                    // of a group; "ana and bo" of a pair
    std::vector<std::uint32_t> members;  // indices of people, ascending
    CLEAVE_DESCRIBE(name, members)
  };
  // A message whose number was known beforehand, since the scenario says its words.
  struct Line {
    MessageNumber message;
    std::uint32_t conversation = 0;
    std::string text;
    std::string label;  // as replies name it; may be empty
    CLEAVE_DESCRIBE(message, conversation, text, label)
  };
  std::vector<Device> devices;  // in the order of their nodes
  std::vector<Person> people;
  std::vector<Conversation> conversations;
  std::vector<Line> lines;
  std::vector<NodeId> gateways, mailboxes;
  CLEAVE_DESCRIBE(devices, people, conversations, lines, gateways, mailboxes)

  bool empty() const { return people.empty(); }
  // The index of the device that this node is.
  std::optional<std::uint32_t> device_of(NodeId node) const;
};

}  // namespace cleave
