// Conversations as their devices show them, up to a moment: what a message log amounts to.
#pragma once
#include "sim/trace/message_log.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace cleave {

// A message, and how far it has come.
struct MessageStory {
  MessageNumber number;
  std::uint32_t conversation = 0;
  Time sent;
  EventId sent_by;
  std::optional<MessageNumber> answers;
  std::optional<Time> accepted;
  bool given_up = false;
  std::vector<NodeId> audience;  // who is to show it: its own device, then whom it is for
  struct Showing {
    Time at;  // the first time
    EventId event;
  };
  std::map<NodeId, Showing> shown;
  std::map<std::uint32_t, MessageStatus> status;  // by person, as its own device shows it
  std::uint64_t twice = 0;                        // showings on a device that shows it already
  std::uint64_t repeated = 0;                     // copies that were recognised and dropped

  bool is_everywhere() const { return shown.size() >= audience.size(); }
};

// One entry of a device's list.
struct Bubble {
  MessageNumber message;
  bool waits = false;  // something is lacking before it, and the device says so
};

class Threads {
 public:
  void apply(const MessageEvent& event);

  // In the order in which they were sent.
  const std::vector<MessageStory>& messages() const { return messages_; }
  const MessageStory* find(MessageNumber message) const;  // null: never sent
  // What the device shows now, from the top.
  const std::vector<Bubble>& list(NodeId device, std::uint32_t conversation) const;
  // In the order in which it showed them first.
  const std::vector<MessageNumber>& first_shown(NodeId device, std::uint32_t conversation) const;
  // When a list of the conversation changed last.
  std::optional<Time> last_change(std::uint32_t conversation) const;

 private:
  using Key = std::pair<NodeId, std::uint32_t>;
  void send(const MessageEvent& event);
  void show(const MessageEvent& event, MessageStory& story);

  std::vector<MessageStory> messages_;
  std::map<MessageNumber, std::size_t> places_;  // in messages_
  std::map<Key, std::vector<Bubble>> lists_;
  std::map<Key, std::vector<MessageNumber>> first_;
  std::map<std::pair<NodeId, MessageNumber>, bool> waits_;
  std::map<std::uint32_t, Time> changes_;
};

// What a log amounts to at any moment: going forward costs what happened in between, going back
// all from the beginning.
class ThreadCursor {
 public:
  // Requires: `events` live as long as this.
  explicit ThreadCursor(const std::vector<MessageEvent>& events) : events_(&events) {}
  // All that happened by then; of several at the same time, up to that event.
  const Threads& at(Time at, std::optional<EventId> last = {});

 private:
  const std::vector<MessageEvent>* events_;
  Threads threads_;
  std::size_t next_ = 0;
};

}  // namespace cleave
