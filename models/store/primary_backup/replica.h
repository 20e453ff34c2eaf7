// A replica of a primary-backup store (Alsberg and Day 1976, with a log as in MySQL). One replica,
// the primary, orders all updates in its log; backups copy the log. The monitor (monitor.h) says
// who is primary: of a new epoch it tells every replica that it can reach.
//   replica.cc      clients' requests; acknowledging and applying; recovery after a crash
//   replication.cc  the log on its way from the primary to its backups
//   resync.cc       where two logs part, and what becomes of the rest
//   failover.cc     epochs: leaving office, taking it, leases
// Positions in the log count from 0; "up to n" means the entries before position n.
// Invariants: (1) `machine` is what applying the log up to `applied` gives; (2) applied <= size of
// the log; (3) epochs in the log never fall; (4) there is a reign exactly while this replica is
// the primary of the newest epoch that it heard of.
#pragma once
#include "models/store/primary_backup/messages.h"
#include "models/store/primary_backup/options.h"
#include "models/store/state_machine.h"
#include "sim/engine/context.h"
#include "sim/engine/node.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace cleave::models::store::primary_backup {

// A primary's view of a backup that has subscribed to its log.
struct Backup {
  std::uint64_t number = 0;         // of the subscription
  std::uint64_t sent = 0;           // the log up to here
  std::uint64_t stored = 0;         // it has the log up to here
  std::uint64_t catches_up_at = 0;  // a position: with it stored, the backup has what it had missed
  CLEAVE_DESCRIBE(number, sent, stored, catches_up_at)
};

// What only a primary knows. It is lost with the office.
struct Reign {
  std::map<NodeId, Backup> backups;
  std::uint64_t safe = 0;  // the log up to here may be acknowledged
  // Operations to be answered once the log is safe up to a position; and since when they wait.
  std::map<std::pair<std::uint64_t, OperationId>, Time> waiting;
  std::set<OperationId> unapplied;  // in the log beyond `applied`
  bool fallen_back = false;         // from semi-sync to async
  bool fallback_armed = false;
  Time lease_until;     // monotonic
  bool fenced = false;  // the lease has run out
  CLEAVE_DESCRIBE(backups, safe, waiting, unapplied, fallen_back, fallback_armed, lease_until,
                  fenced)
};

// What a backup knows of its subscription.
struct Following {
  std::uint64_t number = 0;
  bool confirmed = false;  // something came
  Time heard;              // or, before that, when it was begun; monotonic
  CLEAVE_DESCRIBE(number, confirmed, heard)
};

// What applying a log gives.
struct Replayed {
  StateMachine machine;
  std::vector<OperationId> updates;  // that took effect, in order
};

struct Replica {
  static constexpr std::string_view kind = "primary-backup replica";

  // ---- configuration ----
  Options options;
  StoreId store;
  std::vector<NodeId> replicas;  // all of them; the first is primary of epoch 1
  NodeId monitor;

  struct Disk {
    DiskCell<Epoch> epoch;  // the newest heard of
    DiskLog<Entry> log;
    DiskTable<OperationId, Entry> kept;  // cut off a log that parted from its primary's
    CLEAVE_DESCRIBE(epoch, log, kept)
  } disk;

  struct Memory {
    StateMachine machine;
    std::uint64_t applied = 0;
    std::uint64_t durable = 0;  // the disk has the log up to here
    bool syncing = false;
    std::uint64_t truncations = 0;  // of the log, in this life
    Epoch epoch;                    // the newest heard of
    Epoch recorded;                 // the newest that the disk has for certain
    bool saw_epoch_begin = false;   // in this life; else it may not lead it
    std::optional<NodeId> primary;  // of the epoch
    std::optional<Reign> reign;
    Following following;
    CLEAVE_DESCRIBE(machine, applied, durable, syncing, truncations, epoch, recorded,
                    saw_epoch_begin, primary, reign, following)
  } memory;

  CLEAVE_DESCRIBE(options, store, replicas, monitor, disk, memory)

  using Receives = std::variant<Start, Disconnected, Request, Ping, Subscribe, Entries, Stored,
                                Superseded, Heartbeat, FallbackDue, Synced, EpochRecorded>;

  // replica.cc
  void on(const Start& start, NodeId self, Context& ctx);
  void on(const Request& request, NodeId client, Context& ctx);
  void on(const Synced& synced, NodeId self, Context& ctx);
  void on(const FallbackDue& due, NodeId self, Context& ctx);
  void on(const Heartbeat& heartbeat, NodeId self, Context& ctx);
  // replication.cc
  void on(const Subscribe& subscribe, NodeId backup, Context& ctx);
  void on(const Entries& entries, NodeId primary, Context& ctx);
  void on(const Stored& stored, NodeId backup, Context& ctx);
  void on(const Disconnected& gone, NodeId peer, Context& ctx);
  // failover.cc
  void on(const Ping& ping, NodeId monitor, Context& ctx);
  void on(const Superseded& superseded, NodeId peer, Context& ctx);
  void on(const EpochRecorded& recorded, NodeId self, Context& ctx);

  std::string_view role() const;
  std::string summary() const;
  std::uint64_t replicated_state() const { return digest_of(memory.machine.objects); }

 private:
  // replica.cc
  void begin(Context& ctx);
  void redirect(const Request& request, Context& ctx);
  void answer_read(const Request& request, Context& ctx);
  void answer_update(const Request& request, Context& ctx);
  void append(const Request& request, Context& ctx);
  void sync(Context& ctx);
  std::uint64_t safe_position() const;
  void advance(Context& ctx);
  void apply_up_to(std::uint64_t position, Context& ctx);
  void arm_fallback(Context& ctx);
  // replication.cc
  void subscribe(Context& ctx);
  void ship(NodeId to, Backup& backup, Context& ctx);
  void ship_to_all(Context& ctx);
  void acknowledge(Context& ctx);
  void look_after_subscription(Context& ctx);
  // resync.cc
  void cut_off(std::uint64_t from, Context& ctx);
  Replayed replay(std::uint64_t size) const;
  // failover.cc
  void adopt(Epoch epoch, std::optional<NodeId> primary, Context& ctx);
  void record_epoch(Context& ctx);
  void take_office(Context& ctx);
  void leave_office(Context& ctx);
  bool holds_lease(Context& ctx);
  Standing standing() const;
  void pong(Context& ctx);
  void tell_epoch(NodeId peer, Context& ctx);
};

// ---- logs ---------------------------------------------------------------------------------------

std::vector<EpochEnd> ends_of(const DiskLog<Entry>& log);
// Up to where two logs are the same. Two entries with the same epoch and position are the same, and
// so is all before them.
std::uint64_t common_prefix(const std::vector<EpochEnd>& a, const std::vector<EpochEnd>& b);

}  // namespace cleave::models::store::primary_backup
