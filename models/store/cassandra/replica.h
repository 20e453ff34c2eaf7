// A node of a Cassandra store (Lakshman and Malik 2010; DeCandia et al. 2007). All nodes are equal:
// whichever a client asks is the coordinator of that request, and sends a write to all replicas of
// the key. How many must have answered before the client is answered is the consistency level; none
// decides what the others hold. Replicas merge cells by timestamp, and are made equal by hints, by
// read repair and by anti-entropy repair.
//   replica.cc   clients' requests; the commit log; recovery after a crash
//   timestamps.cc   who stamps a write, and which stamps are believed
//   writes.cc    a write from its coordinator to the replicas
//   counters.cc  additions to counters
//   hints.cc     what is kept for replicas that were not there
//   reads.cc     a read from its coordinator to replicas, and back
//   merging.cc   what several copies of a partition come to; read repair
//   gossip.cc    who is up, in this node's own opinion
//   compaction.cc, repair.cc   forgetting tombstones; making replicas equal before that
//   proposer.cc, acceptor.cc   lightweight transactions: Paxos for each partition
// Invariants: (1) `table` is what applying the commit log up to `applied` gives; (2) what is under
// way has a deadline, and a timer is set for the first of them.
#pragma once
#include "models/store/cassandra/data_model.h"
#include "models/store/cassandra/failure_detector.h"
#include "models/store/cassandra/log_entry.h"
#include "models/store/cassandra/messages.h"
#include "models/store/cassandra/options.h"
#include "models/store/cassandra/pending.h"
#include "models/store/cassandra/repairing.h"
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

namespace cleave::models::store::cassandra {

// Another member, as this node knows it. Times are monotonic.
struct Peer {
  Heartbeat newest;
  bool alive = false;
  Arrivals arrivals;
  std::optional<Time> down_since;  // as long as it is not alive
  std::optional<Time> unanswered;  // since when it owes an answer to gossip
  Duration round_trip;             // smoothed; 0: not known
  // Its wall clock less this node's monotonic one, which no fault makes jump.
  std::optional<Duration> clock_offset;
  CLEAVE_DESCRIBE(newest, alive, arrivals, down_since, unanswered, round_trip, clock_offset)
};

struct HintId {
  NodeId target;
  std::uint64_t number = 0;
  auto operator<=>(const HintId&) const = default;
  CLEAVE_DESCRIBE(target, number)
};
struct Hint {
  Mutation mutation;
  Time written;  // by the wall clock
  CLEAVE_DESCRIBE(mutation, written)
};

struct Replica {
  static constexpr std::string_view kind = "cassandra node";
  static constexpr std::size_t kStampsKept = 64;  // one event makes fewer

  // ---- configuration ----
  Options options;
  StoreId store;
  Ring ring;

  struct Disk {
    DiskLog<LogEntry> log;  // the commit log; it is never shortened
    DiskTable<HintId, Hint> hints;
    DiskTable<Token, PaxosState> paxos;
    CLEAVE_DESCRIBE(log, hints, paxos)
  } disk;

  // What was written and is not on the disk, and who is to be told when it is.
  using Done = std::variant<Written, RepairWritten, HintStored, Promise, Accept>;
  struct Unsynced {
    std::uint64_t position = 0;  // in the order of all writes to the disk
    NodeId to;
    Done done;
    std::optional<std::pair<Mutation, Ballot>> decided;  // a commit: to be noted then
    CLEAVE_DESCRIBE(position, to, done, decided)
  };
  struct Memory {
    Table table;
    std::uint64_t applied = 0;       // the log up to here is in the table
    std::uint64_t written = 0;       // to the disk, in this life
    bool syncing = false;            // the commit log, in batches
    bool sync_due = false;           // a timer is set, of a periodic log
    std::vector<Unsynced> unsynced;  // oldest first
    Timestamp last_timestamp = 0;    // that this coordinator gave; hybrid: or has seen
    std::uint64_t generation = 0;    // this life's number
    std::uint64_t version = 0;       // of its heartbeat
    std::vector<Peer> peers;         // by number of the member; its own is unused
    Serial last_serial = 0;
    std::map<Serial, Writing> writes;
    std::map<Serial, Reading> reads;
    std::map<Serial, Delegated> delegated;
    std::map<Serial, Transaction> transactions;
    Timestamp last_ballot = 0;     // of all that this node has seen
    std::optional<Time> sweep_at;  // when the first deadline is looked at
    TimerId sweep;
    std::uint64_t last_hint = 0;
    bool hints_due = false;
    std::map<NodeId, Time> first_hint;  // by target: when the oldest was written
    std::map<Token, Cell> shards;       // its own of counters, as of the last that it led
    std::map<Token, std::map<NodeId, Timestamp>> counted;  // clocks of own shards that others have
    std::vector<std::int64_t> read_times_ns;               // of the last reads, a ring
    std::size_t next_read_time = 0;
    std::optional<Duration> speculate_after;
    bool compaction_due = false;  // a timer is set
    std::optional<Repairing> repairing;
    // For invariants: what this life has told clients, and stamped.
    std::uint64_t stamps = 0;
    std::vector<Included> stamped;  // the last kStampsKept of them, a ring
    std::uint64_t acknowledgements = 0;
    struct Acknowledged {
      OperationId update;
      Level level = Level::one;
      std::size_t range = 0;
      CLEAVE_DESCRIBE(update, level, range)
    } acknowledged;
    CLEAVE_DESCRIBE(table, applied, written, syncing, sync_due, unsynced, last_timestamp,
                    generation, version, peers, last_serial, writes, reads, delegated, transactions,
                    last_ballot, sweep_at, sweep, last_hint, hints_due, first_hint, shards, counted,
                    read_times_ns, next_read_time, speculate_after, compaction_due, repairing,
                    stamps, stamped, acknowledgements, acknowledged)
  } memory;

  CLEAVE_DESCRIBE(options, store, ring, disk, memory)

  using Receives =
      std::variant<Start, Disconnected, Request, Write, Written, WriteRefused, RepairWrite,
                   RepairWritten, Count, Counted, HintedWrite, HintStored, Read, ReadData,
                   ReadDigest, GossipSyn, GossipAck, Echo, EchoAnswer, GossipDue, TimeoutDue,
                   SpeculationDue, SyncDue, LogSynced, HintsDue, HintsSynced, Validate, Validated,
                   Fetch, Fetched, StreamIn, Streamed, RepairDue, CompactionDue, Prepare, Promise,
                   Propose, Accept, ContentionDue>;

  // replica.cc
  void on(const Start& start, NodeId self, Context& ctx);
  void on(const Request& request, NodeId client, Context& ctx);
  void on(const LogSynced& synced, NodeId self, Context& ctx);
  void on(const SyncDue& due, NodeId self, Context& ctx);
  void on(const TimeoutDue& due, NodeId self, Context& ctx);
  void on(const Disconnected& /*gone*/, NodeId /*peer*/, Context& /*ctx*/) {}
  // writes.cc
  void on(const Write& write, NodeId from, Context& ctx);
  void on(const Written& written, NodeId from, Context& ctx);
  void on(const WriteRefused& refused, NodeId from, Context& ctx);
  // counters.cc
  void on(const Count& count, NodeId coordinator, Context& ctx);
  void on(const Counted& counted, NodeId leader, Context& ctx);
  // hints.cc
  void on(const HintedWrite& hint, NodeId from, Context& ctx);
  void on(const HintStored& stored, NodeId target, Context& ctx);
  void on(const HintsDue& due, NodeId self, Context& ctx);
  void on(const HintsSynced& /*synced*/, NodeId /*self*/, Context& /*ctx*/) {}
  // reads.cc
  void on(const Read& read, NodeId coordinator, Context& ctx);
  void on(const ReadData& data, NodeId from, Context& ctx);
  void on(const ReadDigest& digest, NodeId from, Context& ctx);
  void on(const SpeculationDue& due, NodeId self, Context& ctx);
  // merging.cc
  void on(const RepairWrite& write, NodeId coordinator, Context& ctx);
  void on(const RepairWritten& written, NodeId from, Context& ctx);
  // gossip.cc
  void on(const GossipDue& due, NodeId self, Context& ctx);
  void on(const GossipSyn& syn, NodeId from, Context& ctx);
  void on(const GossipAck& ack, NodeId from, Context& ctx);
  void on(const Echo& echo, NodeId from, Context& ctx);
  void on(const EchoAnswer& answer, NodeId from, Context& ctx);

  // compaction.cc
  void on(const CompactionDue& due, NodeId self, Context& ctx);
  // repair.cc
  void on(const RepairDue& due, NodeId self, Context& ctx);
  void on(const Validate& validate, NodeId from, Context& ctx);
  void on(const Validated& validated, NodeId from, Context& ctx);
  void on(const Fetch& fetch, NodeId from, Context& ctx);
  void on(const Fetched& fetched, NodeId from, Context& ctx);
  void on(const StreamIn& stream, NodeId from, Context& ctx);
  void on(const Streamed& streamed, NodeId from, Context& ctx);

  // acceptor.cc
  void on(const Prepare& prepare, NodeId proposer, Context& ctx);
  void on(const Propose& propose, NodeId proposer, Context& ctx);
  // proposer.cc
  void on(const Promise& promise, NodeId from, Context& ctx);
  void on(const Accept& accept, NodeId from, Context& ctx);
  void on(const ContentionDue& due, NodeId self, Context& ctx);

  std::string_view role() const { return "node"; }
  std::string summary() const;
  std::uint64_t replicated_state() const { return memory.table.state(); }

 private:
  // replica.cc
  void replay();
  void turn_away(OperationId operation, Outcome outcome, Reason reason, Context& ctx) const;
  void reply(OperationId operation, Result result, Context& ctx) const;
  Level level_for(const Request& request) const;
  bool store_locally(const Mutation& mutation, Context& ctx);
  void append(LogEntry entry, Context& ctx);
  void apply_up_to(std::uint64_t size, Context& ctx);
  void answer_now(NodeId to, const Done& done, Context& ctx);
  void when_safe(NodeId to, Done done, Context& ctx,
                 std::optional<std::pair<Mutation, Ballot>> decided = {});
  void acknowledge(const Unsynced& stored, Context& ctx);
  void watch_log(Context& ctx);
  void watch(Time deadline, Context& ctx);
  void time_out(Writing& writing, Context& ctx);
  Region home(Context& ctx) const { return ring.region(ctx.self()); }
  ReplicaMask alive(const ReplicaSet& replicas, Context& ctx) const;
  // timestamps.cc
  bool is_hybrid() const { return options.timestamps == Timestamps::hybrid; }
  Timestamp stamp(const Request& request, Context& ctx);
  Timestamp next_timestamp(Context& ctx);
  Timestamp next_after(Timestamp last, Context& ctx);
  Timestamp latest_believed(Context& ctx) const;
  bool believes(Timestamp timestamp, Context& ctx);
  bool believes(const Mutation& mutation, Context& ctx);
  bool believes(const Page& page, Context& ctx);
  bool may_stamp(Context& ctx) const;
  void compare_clocks(Peer& peer, Time shown, Duration round_trip, Context& ctx);
  void note_stamps(const Mutation& mutation);
  // writes.cc
  void write(const Request& request, Context& ctx);
  void send_write(Serial serial, Writing& writing, Context& ctx);
  void take_write(const Write& write, Context& ctx);
  bool has_enough(const Writing& writing, Context& ctx) const;
  void stored_by(Serial serial, NodeId node, Context& ctx);
  void refused_by(Serial serial, NodeId node, Context& ctx);
  void finish_write(Writing& writing, Result result, Context& ctx);
  // counters.cc
  void delegate(const Request& request, Context& ctx);
  void count(const Request& request, WriteFor purpose, Context& ctx);
  void send_shard(Serial serial, Writing& writing, Context& ctx);
  void complete_shard(NodeId to, Mutation& shard, Context& ctx);
  void note_counted(NodeId node, const Mutation& shard);
  // hints.cc
  bool may_hint(NodeId target, Context& ctx) const;
  void keep_hint(NodeId target, const Mutation& mutation, Context& ctx);
  void watch_hints(Context& ctx);
  void deliver_hints(NodeId target, Bytes most, Context& ctx);
  // reads.cc
  void read(const Request& request, Level level, std::optional<Serial> transaction, Context& ctx);
  std::vector<std::uint32_t> nearest(const ReplicaSet& replicas, ReplicaMask among,
                                     Context& ctx) const;
  void ask(Serial serial, Reading& reading, std::uint32_t replica, Read::Want want, Context& ctx);
  void take_answer(Serial serial, Reading::Answer answer, Context& ctx);
  void ask_one_more(Serial serial, Read::Want want, Context& ctx);
  void compare_digests(Serial serial, Reading& reading, Context& ctx);
  void finish_read(Serial serial, const Page& page, Context& ctx);
  void note_read_time(Duration took);
  // merging.cc
  void repair(Serial serial, Reading& reading, Context& ctx);
  void repaired_by(Serial serial, NodeId node, Context& ctx);
  // gossip.cc
  void hear_of(const std::vector<Heartbeat>& newest, Context& ctx);
  std::vector<Heartbeat> all_heard() const;
  void gossip_with(NodeId peer, Context& ctx);
  void convict_silent(Context& ctx);
  void update_speculation();
  // compaction.cc
  Timestamp purgeable(Context& ctx) const;
  void watch_tombstones(Context& ctx);
  // repair.cc
  void watch_repair(Duration after, Context& ctx);
  void repair_next_range(Context& ctx);
  void repair_without(NodeId down, Context& ctx);
  void begin_stage(Repairing::Stage stage, std::set<NodeId> awaited, Context& ctx);
  bool is_awaited(Repairing::Stage stage, Serial serial, NodeId from) const;
  bool all_answered(Repairing::Stage stage, Serial serial, NodeId from);

  // acceptor.cc
  PaxosState paxos(Token partition) const;
  void note_commit(const Mutation& mutation, Ballot ballot);
  // proposer.cc
  void transact(const Request& request, Level level, Context& ctx);
  std::vector<NodeId> begin_round(Transaction& transaction, Transaction::Stage stage, Context& ctx);
  static Token ring_token(const Transaction& transaction);
  void prepare(Serial serial, Context& ctx);
  void after_promises(Serial serial, Context& ctx);
  void read_for(Serial serial, Context& ctx);
  void decide_on(Serial serial, const Page& page, Context& ctx);
  void propose(Serial serial, Transaction::Stage stage, Context& ctx);
  void after_acceptance(Serial serial, Context& ctx);
  Level commit_level(Level serial) const;
  void commit(const Transaction& transaction, Writing writing, Context& ctx);
  void after_step(Serial serial, Outcome outcome, Context& ctx);
  void note_ballot(const Ballot& promised, Context& ctx);
  void back_off_if_hopeless(Serial serial, Context& ctx);
  void time_out_transaction(Serial serial, Context& ctx);
  void end_transaction(Serial serial, Result result, Context& ctx);

  Peer& peer(NodeId node) { return memory.peers[ring.member(node)]; }
  const Peer& peer(NodeId node) const { return memory.peers[ring.member(node)]; }
};

// What two copies of a cell come to.
void merge_into(Mutation& merged, const Mutation& copy);
// What several copies of a slice come to.
Page merge(const std::vector<Reading::Answer>& answers);
// What a replica that has `page` lacks of `merged`.
std::vector<Mutation> missing_from(const Page& page, const Page& merged, Token partition);

}  // namespace cleave::models::store::cassandra
