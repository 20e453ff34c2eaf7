// What devices stated of messages between people, in order, and when they went down: enough to say
// of any moment what each of them showed.
#pragma once
#include "sim/trace/messaging_facts.h"
#include "sim/trace/observer.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cleave {

struct MessageEvent {
  enum class Kind : std::uint8_t {
    sent,       // value: the conversation
    addressed,  // value: a device
    answers,    // value: a message
    accepted,
    given_up,
    status,  // value: StatusShown
    stored,
    acknowledged,
    repeated,
    receipt,  // value: MessageStatus
    shown,    // value: the index
    waits,    // value: a message
    down,     // of the device; no message
  };
  Time at;
  EventId event;
  NodeId device;
  Kind kind = Kind::sent;
  MessageNumber message;
  std::uint64_t value = 0;
};

class MessageLog : public Observer {
 public:
  explicit MessageLog(std::size_t most_events = 2'000'000) : most_events_(most_events) {}

  using Observer::on;
  void on(const Fact& fact) override;
  void on(const NodeMark& mark) override;

  const std::vector<MessageEvent>& events() const { return events_; }
  // Whether there were more than there is room for, at 48 bytes each. Those that came first are
  // there.
  bool is_cut_short() const { return cut_short_; }

 private:
  void add(const MessageEvent& event);

  std::size_t most_events_;
  std::vector<MessageEvent> events_;
  bool cut_short_ = false;
};

}  // namespace cleave
