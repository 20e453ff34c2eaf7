// The monitor of a primary-backup store, as Orchestrator or Patroni's keeper of the leader key: it
// alone begins epochs. It pings every replica; when the primary has been silent for long enough it
// begins a new epoch, asks whom it can reach how far their logs go, and names the one that goes
// furthest. It promises at most one primary an epoch; whether the one before it has stopped is a
// matter of fencing (failover.cc). There is one monitor: while it is down, nobody is promoted.
#pragma once
#include "models/store/primary_backup/messages.h"
#include "models/store/primary_backup/options.h"
#include "sim/engine/context.h"
#include "sim/engine/node.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace cleave::models::store::primary_backup {

// An epoch and its primary; without one, an election is on.
struct Term {
  Epoch epoch = kFirstEpoch;
  std::optional<NodeId> primary;
  bool operator==(const Term&) const = default;
  CLEAVE_DESCRIBE(epoch, primary)
};

struct Monitor {
  static constexpr std::string_view kind = "primary-backup monitor";

  // ---- configuration ----
  Options options;
  std::vector<NodeId> replicas;  // the first is primary of epoch 1

  struct Disk {
    DiskCell<std::optional<Term>> term;  // nothing: still the first
    CLEAVE_DESCRIBE(term)
  } disk;

  struct Heard {
    Time at;    // by the monitor's clock
    Time sent;  // by the replica's
    CLEAVE_DESCRIBE(at, sent)
  };
  struct Memory {
    Term term;               // in force
    Time since;              // when the election began, or the primary was named
    Time decide_from;        // no earlier, unless every replica has answered
    bool beginning = false;  // a new epoch is on its way to the disk
    bool spent = false;      // the epoch may have been given away before a crash
    std::map<NodeId, Heard> heard;
    std::map<NodeId, Pong> answers;  // of the election
    CLEAVE_DESCRIBE(term, since, decide_from, beginning, spent, heard, answers)
  } memory;

  CLEAVE_DESCRIBE(options, replicas, disk, memory)

  using Receives = std::variant<Start, Pong, Heartbeat, EpochRecorded>;

  void on(const Start& start, NodeId self, Context& ctx);
  void on(const Pong& pong, NodeId replica, Context& ctx);
  void on(const Heartbeat& heartbeat, NodeId self, Context& ctx);
  void on(const EpochRecorded& recorded, NodeId self, Context& ctx);
  std::string_view role() const { return "monitor"; }

 private:
  void ping_all(Context& ctx);
  void begin_epoch(Context& ctx);
  bool heard_within(NodeId replica, Duration duration, Context& ctx) const;
  bool may_decide(Context& ctx) const;
  void decide(Context& ctx);
};

}  // namespace cleave::models::store::primary_backup
