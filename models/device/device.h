// A phone or laptop with the messenger on it. It keeps what its person writes and gets on disk, and
// speaks with the service over one connection to a gateway. One concern, one file:
//   session.cc      connect, keep alive, lose, reconnect     outbox.cc    what was written here
//   inbox.cc        pull the queue, store, show, acknowledge  receipts.cc  what became of messages
//   person.cc       writes, reads, puts the device away       local_store  the conversations
#pragma once
#include "models/device/habits.h"
#include "models/device/local_store.h"
#include "models/messaging/directory.h"
#include "models/messaging/protocol.h"
#include "sim/base/random.h"
#include "sim/engine/context.h"
#include "sim/engine/node.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cleave::models::device {

struct Device {
  static constexpr std::string_view kind = "device";

  // ---- configuration ----
  messaging::SharedDirectory directory;
  std::uint32_t index = 0;  // among the devices
  Habits habits;

  // What the person remembers: it survives a crash of the device.
  struct Head {
    bool begun = false;
    std::uint32_t chats = 0;  // messages of chatter that were begun
    Time next_chat;
    CLEAVE_DESCRIBE(begun, chats, next_chat)
  } head;

  Disk disk;

  // The connection to a gateway.
  struct Session {
    enum class State : std::uint8_t { down, connecting, up };
    State state = State::down;
    std::uint32_t serial = 0;    // of the present state of affairs: timers of another are stale
    std::uint32_t failures = 0;  // in a row
    NodeId gateway;
    Time heard;  // when anything came, or it connected; monotonic
    bool pinged = false;
    CLEAVE_DESCRIBE(state, serial, failures, gateway, heard, pinged)
  };
  // One request of a kind at a time: when its answer is late, the connection is as good as dead.
  struct Request {
    enum class State : std::uint8_t { idle, asked, backing_off };
    State state = State::idle;
    std::uint32_t failures = 0;  // in a row
    TimerId timer;
    CLEAVE_DESCRIBE(state, failures, timer)
  };
  struct Outbox {
    std::vector<std::uint64_t> waiting;  // positions in the log, the next first
    std::uint32_t unsaved = 0;           // messages that are being made durable
    CLEAVE_DESCRIBE(waiting, unsaved)
  };
  // A batch that was written to the disk and is not yet durable.
  struct Arrival {
    std::uint64_t last = 0;                  // position in the queue
    std::vector<std::uint64_t> fresh;        // positions in the log
    std::vector<MessageNumber> messages;     // with those that were there already
    std::vector<MessageAndPerson> statuses;  // that changed
    CLEAVE_DESCRIBE(last, fresh, messages, statuses)
  };
  struct Inbox {
    std::uint64_t next = 1;  // position in the queue
    bool again = false;      // pull once more: something came meanwhile
    std::uint32_t batches = 0;
    std::map<std::uint32_t, Arrival> arrivals;  // by number of the batch
    std::vector<std::uint32_t> kept;            // batches that are durable, and not yet shown
    CLEAVE_DESCRIBE(next, again, batches, arrivals, kept)
  };
  struct Receipts {
    using Key = std::pair<std::uint32_t, MessageStatus>;  // whom to tell, and what
    std::map<Key, std::vector<MessageNumber>> waiting;
    std::uint32_t ticket = 0;
    std::optional<Key> asked;  // of which the first `count` are under way
    std::uint32_t count = 0;
    CLEAVE_DESCRIBE(waiting, ticket, asked, count)
  };
  struct Memory {
    bool asleep = false;
    Session session;
    std::array<Request, 3> requests;  // by Asked
    LocalStore store;
    Outbox outbox;
    Inbox inbox;
    Receipts receipts;
    std::uint32_t lines = 0;            // of the script that are on disk, or on their way there
    std::vector<MessageNumber> unread;  // shown here, and not yet looked at
    bool looking = false;               // the person will look
    bool writing = false;               // a timer runs until the next line
    CLEAVE_DESCRIBE(asleep, session, requests, store, outbox, inbox, receipts, lines, unread,
                    looking, writing)
  } memory;
  CLEAVE_DESCRIBE(directory, index, habits, head, disk, memory)

  // ---- timers ----
  struct ReconnectDue {
    static constexpr std::string_view name = "reconnect due";
    std::uint32_t serial = 0;
    CLEAVE_DESCRIBE(serial)
  };
  struct ReplyDue {  // to a wish to connect, or to a ping
    static constexpr std::string_view name = "reply due";
    std::uint32_t serial = 0;
    CLEAVE_DESCRIBE(serial)
  };
  struct PingDue {
    static constexpr std::string_view name = "ping due";
    std::uint32_t serial = 0;
    CLEAVE_DESCRIBE(serial)
  };
  struct AnswerDue {  // to a request, or the end of the pause after one
    static constexpr std::string_view name = "answer due";
    messaging::Asked asked = messaging::Asked::submit;
    CLEAVE_DESCRIBE(asked)
  };
  struct GiveUpDue {
    static constexpr std::string_view name = "give up due";
    std::uint64_t at = 0;  // position in the log
    CLEAVE_DESCRIBE(at)
  };
  struct LineDue {
    static constexpr std::string_view name = "line due";
  };
  struct ChatDue {
    static constexpr std::string_view name = "chat due";
  };
  struct LookDue {
    static constexpr std::string_view name = "look due";
  };
  struct SleepDue {
    static constexpr std::string_view name = "sleep due";
  };
  // ---- what was written is durable ----
  struct Written {
    static constexpr std::string_view name = "message written";
    std::uint64_t at = 0;  // position in the log
    CLEAVE_DESCRIBE(at)
  };
  struct Kept {
    static constexpr std::string_view name = "batch kept";
    std::uint32_t batch = 0;
    CLEAVE_DESCRIBE(batch)
  };

  using Receives =
      std::variant<Start, Disconnected, ReconnectDue, ReplyDue, PingDue, AnswerDue, GiveUpDue,
                   LineDue, ChatDue, LookDue, SleepDue, Written, Kept, messaging::Connected,
                   messaging::Pong, messaging::Accepted, messaging::Batch, messaging::Reported,
                   messaging::Unavailable, messaging::Wake>;

  std::string summary() const;

  void on(const Start& start, NodeId self, Context& ctx);  // device.cc

  void on(const Disconnected& gone, NodeId peer, Context& ctx);
  void on(const ReconnectDue& due, NodeId self, Context& ctx);
  void on(const ReplyDue& due, NodeId self, Context& ctx);
  void on(const PingDue& due, NodeId self, Context& ctx);
  void on(const AnswerDue& due, NodeId self, Context& ctx);
  void on(const messaging::Connected& m, NodeId gateway, Context& ctx);
  void on(const messaging::Pong& m, NodeId gateway, Context& ctx);
  void on(const messaging::Unavailable& m, NodeId gateway, Context& ctx);

  void on(const Written& written, NodeId self, Context& ctx);
  void on(const GiveUpDue& due, NodeId self, Context& ctx);
  void on(const messaging::Accepted& m, NodeId gateway, Context& ctx);

  void on(const messaging::Wake& m, NodeId gateway, Context& ctx);
  void on(const messaging::Batch& m, NodeId gateway, Context& ctx);
  void on(const Kept& kept, NodeId self, Context& ctx);

  void on(const messaging::Reported& m, NodeId gateway, Context& ctx);

  void on(const LineDue& due, NodeId self, Context& ctx);
  void on(const ChatDue& due, NodeId self, Context& ctx);
  void on(const LookDue& due, NodeId self, Context& ctx);
  void on(const SleepDue& due, NodeId self, Context& ctx);

 private:
  const messaging::Options& options() const { return directory->options; }
  std::uint32_t person() const { return directory->cast.devices[index].person; }
  bool is_mine(MessageNumber message) const;  // written on this device
  bool is_ours(MessageNumber message) const;  // by this person, on whichever device
  std::int64_t rank_of(const messaging::Message& message) const;
  void restore(Context& ctx);
  void restore_message(std::uint64_t at, Context& ctx);

  // session.cc
  void connect(Context& ctx);
  void lose_session(Context& ctx);
  void ping_later(Context& ctx);
  bool hear(NodeId gateway, Context& ctx);
  Request& request(messaging::Asked asked);
  bool may_ask(messaging::Asked asked);
  void await(messaging::Asked asked, Context& ctx);
  bool take_answer(messaging::Asked asked, Context& ctx);
  void back_off(messaging::Asked asked, Context& ctx);

  // outbox.cc
  // Nothing happens while the disk is full.
  bool compose(const Line& line, std::uint32_t counter, Context& ctx);
  void state_sent(const messaging::Message& message, Context& ctx) const;
  void send_later(std::uint64_t at, Context& ctx);
  std::vector<MessageNumber> sendable(const std::vector<MessageNumber>& after) const;
  void submit(Context& ctx);

  // inbox.cc
  void pull(Context& ctx);
  void take_in(std::uint32_t batch, Context& ctx);
  void take_message(messaging::Message message, Arrival& arrival, Context& ctx);
  void take_receipt(const messaging::Receipt& receipt, Arrival& arrival, Context& ctx);
  void acknowledge(const Arrival& arrival, Context& ctx);
  void show(std::uint64_t at, Context& ctx);
  void show_now(std::uint64_t at, Context& ctx);
  void release_held(std::uint32_t conversation, Context& ctx);

  // receipts.cc
  void tell(MessageNumber message, MessageStatus status);
  void tell_delivered(const Arrival& arrival, Context& ctx);
  void report(Context& ctx);
  void mark_read(MessageNumber message);

  // person.cc
  void write_lines(Context& ctx);
  void plan_chat(Context& ctx);
  Duration pause_before_chat() const;
  void look_later(Context& ctx);
  void wait_for_sleep(Context& ctx);
  Random draw(Purpose purpose, std::uint64_t number) const;
};

}  // namespace cleave::models::device
