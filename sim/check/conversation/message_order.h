// Whether devices show messages of a conversation in an order that their senders would recognise:
// of any two that come one after the other, the earlier is shown first, and stands above the later
// in the list (FIFO and causal order: Hadzilacos and Toueg 1994). A later one that says that
// something is lacking before it may be shown first, and the lacking one is put above it.
//
// One comes right after another if the same device sent both, the one after the other; and, for
// causal order, if its device had the other in its list when it sent it, or if it answers it. Of
// the chains of these it is enough to look at the links.
#pragma once
#include "sim/check/conversation/devices.h"
#include "sim/check/pair_table.h"
#include "sim/trace/checker.h"

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace cleave::conversation {

class MessageOrder : public Checker {
 public:
  enum class Relation : std::uint8_t { sender, causal };

  MessageOrder(Watched watched, Relation relation)
      : watched_(std::move(watched)), relation_(relation) {}

  using Checker::on;
  void on(const Fact& fact) override;
  void on(const NodeMark& mark) override { lives_.note(mark); }
  // `checked` counts pairs of messages on a device. Vacuous: there was none. What a device never
  // shows because its sender gave it up is not missed.
  Verdict finish(const RunEnd& end) override;

 private:
  using Index = std::uint32_t;  // into messages_
  struct Message {
    MessageNumber number;
    std::uint64_t conversation = 0;
    EventId sent;
    bool given_up = false;
    std::vector<Index> before, after;  // right before and after it
  };
  struct Thread {  // a conversation as one device shows it
    std::vector<Index> list;
    std::uint32_t life = 0;
    std::optional<Index> last_sent;
    std::vector<Index> seen;  // since then, for the first time
  };
  enum class Anomaly : std::uint8_t { shown_without, stands_above };
  struct Violation {
    Anomaly anomaly = Anomaly::shown_without;
    NodeId device;
    Index earlier = 0, later = 0;
    Time at;
    EventId event;
  };

  Thread& thread(NodeId device, std::uint64_t conversation);
  bool concerns(Index message, NodeId device);
  void send(const Fact& fact);
  void link(Index earlier, Index later);
  void show(const Fact& fact);
  void check_shown(Index message, const Fact& fact);
  void check_place(Index message, const Thread& thread, const Fact& fact);
  static std::optional<std::size_t> place_of(Index message, const Thread& thread);

  Watched watched_;
  Relation relation_;
  Lives lives_;
  std::vector<Message> messages_;
  PairTable<Index> indices_;   // by number and 0
  PairTable<bool> addressed_;  // by message and device
  PairTable<EventId> shown_;   // by message and device: the first time ever
  PairTable<bool> waits_;      // by message and device: it says that something is lacking
  std::map<std::pair<NodeId, std::uint64_t>, Thread> threads_;
  std::vector<Violation> suspects_;     // unless the earlier one was given up
  std::optional<Violation> violation_;  // the first that is certain
  std::uint64_t checked_ = 0;
};

}  // namespace cleave::conversation
