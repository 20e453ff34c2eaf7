// The gateway of a region: where devices are connected. It knows who is there now, passes on what
// they ask to a mailbox (the nearest, or while that does not answer the next), and answers back, if
// only that the mailbox is gone. It keeps nothing durable: devices whose gateway is lost connect to
// another.
#pragma once
#include "models/messaging/directory.h"
#include "models/messaging/protocol.h"
#include "sim/engine/context.h"
#include "sim/engine/node.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace cleave::models::server {

struct Gateway {
  static constexpr std::string_view kind = "gateway";
  // A mailbox that has not shown for so long that it is alive is asked, with the next request.
  static constexpr Duration kCheckAfter{1'000'000'000};
  static constexpr Duration kAliveWithin{3'000'000'000};
  // While another one serves, the nearest is asked so often.
  static constexpr Duration kTryNearestEvery{10'000'000'000};

  messaging::SharedDirectory directory;  // configuration: survives a crash
  std::uint32_t region = 0;

  struct Memory {  // lost in a crash
    std::set<NodeId> connected;
    std::uint32_t mailbox = 0;    // index into those of the region
    std::optional<Time> alive;    // when that one last said so; monotonic
    std::uint32_t checks = 0;     // numbers the questions whether it is
    bool checking = false;        // one is open
    bool nearest_sought = false;  // a timer runs
    // What devices asked and no mailbox has answered: which one was asked last.
    std::map<std::pair<NodeId, messaging::Asked>, NodeId> open;
    CLEAVE_DESCRIBE(connected, mailbox, alive, checks, checking, nearest_sought, open)
  } memory;
  CLEAVE_DESCRIBE(directory, region, memory)

  struct CheckDue {  // timer
    static constexpr std::string_view name = "mailbox check due";
    std::uint32_t check = 0;
    CLEAVE_DESCRIBE(check)
  };
  struct TryNearest {  // timer
    static constexpr std::string_view name = "try nearest mailbox";
  };
  using Receives =
      std::variant<Disconnected, CheckDue, TryNearest, messaging::Pong, messaging::Connect,
                   messaging::Ping, messaging::Submit, messaging::Pull, messaging::Acknowledge,
                   messaging::Report, messaging::Accepted, messaging::Batch, messaging::Reported,
                   messaging::Unavailable, messaging::WakeAll>;

  std::string summary() const;

  void on(const Disconnected& gone, NodeId peer, Context& ctx);
  void on(const CheckDue& due, NodeId self, Context& ctx);
  void on(const TryNearest& due, NodeId self, Context& ctx);
  void on(const messaging::Pong& m, NodeId mailbox, Context& ctx);

  // From devices.
  void on(const messaging::Connect& m, NodeId device, Context& ctx);
  void on(const messaging::Ping& m, NodeId device, Context& ctx);
  void on(const messaging::Submit& m, NodeId device, Context& ctx);
  void on(const messaging::Pull& m, NodeId device, Context& ctx);
  void on(const messaging::Acknowledge& m, NodeId device, Context& ctx);
  void on(const messaging::Report& m, NodeId device, Context& ctx);

  // From mailboxes.
  void on(const messaging::Accepted& m, NodeId mailbox, Context& ctx);
  void on(const messaging::Batch& m, NodeId mailbox, Context& ctx);
  void on(const messaging::Reported& m, NodeId mailbox, Context& ctx);
  void on(const messaging::Unavailable& m, NodeId mailbox, Context& ctx);
  void on(const messaging::WakeAll& m, NodeId mailbox, Context& ctx);

 private:
  NodeId mailbox() const;
  void leave_mailbox(Context& ctx);
  void give_up_asking(NodeId mailbox, Context& ctx);
  void check_mailbox(Context& ctx);
  template <class M>
  bool pass_on(const M& m, NodeId device, Context& ctx);
  template <class M>
  void ask(messaging::Asked asked, const M& m, NodeId device, Context& ctx);
  template <class M>
  void answer(messaging::Asked asked, const M& m, NodeId device, Context& ctx);
};

}  // namespace cleave::models::server
