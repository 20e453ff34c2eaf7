// The mailbox of a region: store and forward. For each device there is a queue, in a store on
// whatever engine; a message is accepted when it is in the queue of every device that it is for,
// and leaves a queue when the device acknowledges it. The mailbox itself keeps nothing durable, so
// that any of them can serve any device, and a crash loses nothing that was accepted.
#pragma once
#include "models/messaging/directory.h"
#include "models/messaging/envelope.h"
#include "models/messaging/protocol.h"
#include "models/store/store_client.h"
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
#include <vector>

namespace cleave::models::server {

struct Mailbox {
  static constexpr std::string_view kind = "mailbox";

  messaging::SharedDirectory directory;  // configuration: survives a crash
  std::vector<store::StoreAccess> stores;

  // What to do when the store answers.
  struct Stamped {  // the message's place in time
    MessageNumber number;
    std::int64_t rank = 0;  // that was proposed
    CLEAVE_DESCRIBE(number, rank)
  };
  struct Appended {
    MessageNumber number;
    CLEAVE_DESCRIBE(number)
  };
  struct Fetched {
    NodeId gateway;
    messaging::Pull pull;
    CLEAVE_DESCRIBE(gateway, pull)
  };
  struct Trimmed {
    NodeId device;
    CLEAVE_DESCRIBE(device)
  };
  using ReportId = std::pair<NodeId, std::uint32_t>;  // device and ticket
  struct Raised {
    ReportId report;
    MessageNumber message;
    CLEAVE_DESCRIBE(report, message)
  };
  struct Told {
    ReportId report;
    CLEAVE_DESCRIBE(report)
  };
  using Stores = store::StoreClient<Stamped, Appended, Fetched, Trimmed, Raised, Told>;

  // Operations under way for one request of a device.
  struct Progress {
    NodeId gateway;             // that asked, last
    std::uint32_t waiting = 0;  // for so many answers
    bool failed = false;        // one of them was not ok
    CLEAVE_DESCRIBE(gateway, waiting, failed)
  };
  struct Submission {
    messaging::Submit submit;
    std::int64_t rank = 0;
    Progress progress;
    CLEAVE_DESCRIBE(submit, rank, progress)
  };
  struct Reporting {
    messaging::Report report;
    std::vector<MessageNumber> news;  // those that are not yet known to be further
    Progress progress;
    CLEAVE_DESCRIBE(report, news, progress)
  };
  struct Memory {  // lost in a crash
    Stores client;
    std::int64_t last_rank = 0;  // proposed here: the clock never seems to stand still
    std::map<MessageNumber, Submission> submissions;
    std::map<ReportId, Reporting> reports;
    CLEAVE_DESCRIBE(client, last_rank, submissions, reports)
  } memory;
  CLEAVE_DESCRIBE(directory, stores, memory)

  using Receives = Join<std::variant<Start, messaging::Ping, messaging::Submit, messaging::Pull,
                                     messaging::Acknowledge, messaging::Report>,
                        Stores::Receives>;

  void on(const Start& start, NodeId self, Context& ctx);

  void on(const messaging::Ping& m, NodeId gateway, Context& ctx);

  // mailbox.cc: messages and queues
  void on(const messaging::Submit& m, NodeId gateway, Context& ctx);
  void on(const store::Answer<Stamped>& stamped, NodeId replica, Context& ctx);
  void on(const store::Answer<Appended>& appended, NodeId replica, Context& ctx);
  void on(const messaging::Pull& m, NodeId gateway, Context& ctx);
  void on(const store::Answer<Fetched>& fetched, NodeId replica, Context& ctx);
  void on(const messaging::Acknowledge& m, NodeId gateway, Context& ctx);
  void on(const store::Answer<Trimmed>& trimmed, NodeId replica, Context& ctx);

  // mailbox_receipts.cc
  void on(const messaging::Report& m, NodeId gateway, Context& ctx);
  void on(const store::Answer<Raised>& raised, NodeId replica, Context& ctx);
  void on(const store::Answer<Told>& told, NodeId replica, Context& ctx);

  template <store::FromStore M>  // answers, timers and broken connections: the client's business
  void on(const M& m, NodeId from, Context& ctx) {
    memory.client.on(m, from, ctx, *this);
  }

 private:
  store::ObjectName queue_of(NodeId device) const;
  void wake(const std::vector<NodeId>& devices, Context& ctx) const;
  void propose_rank(const Submission& submission, Context& ctx);
  void fan_out(Submission& submission, Context& ctx);
  void finish(MessageNumber number, Context& ctx);
  void raise(Reporting& reporting, Context& ctx);
  void tell(Reporting& reporting, Context& ctx);
  void finish_report(ReportId id, Context& ctx);
  std::vector<NodeId> told_of(const messaging::Report& report) const;
};

}  // namespace cleave::models::server
