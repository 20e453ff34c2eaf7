// A replica of a Raft group (Ongaro and Ousterhout 2014; Ongaro's dissertation of the same year,
// from here on "the paper" and its sections "5.4.2"). Replicas elect one of them, the leader; it
// orders all updates in its log, and an entry that a majority's disks have is committed for ever.
//   replica.cc      clients' requests; the disk; applying; recovery after a crash
//   election.cc     terms, votes, taking and leaving the lead
//   replication.cc  the log on its way from the leader to the others; committing
//   reads.cc        reads that do not go through the log
// Invariants that one replica can see are asserted where they could break; those of the whole group
// are in invariants.h. Here: (1) `machine` is what applying the log up to `applied` gives;
// (2) applied <= commit <= last index; (3) terms in the log never fall; (4) a replica leads, seeks
// to lead, or does neither.
#pragma once
#include "models/store/raft/messages.h"
#include "models/store/raft/options.h"
#include "models/store/state_machine.h"
#include "sim/engine/context.h"
#include "sim/engine/node.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <variant>
#include <vector>

namespace cleave::models::store::raft {

// A leader's view of another replica. It probes, one message at a time, until it knows where the
// logs agree; from then on it sends entries without waiting for answers.
struct Progress {
  Index next = 1;                // the first entry to be sent
  Index match = 0;               // its disk has the log up to here
  bool probing = true;           // not known yet where the logs agree
  bool probed = false;           // since the last heartbeat
  bool active = false;           // it answered since the last check of the quorum
  std::uint64_t round = 0;       // the last one that it answered
  std::optional<Time> answered;  // when the last heartbeat that it answered was sent
  CLEAVE_DESCRIBE(next, match, probing, probed, active, round, answered)
};

struct PendingRead {
  std::uint64_t round = 0;  // answered by a majority, it shows that the leader still led
  Request request;
  CLEAVE_DESCRIBE(round, request)
};

// What only a leader knows. It is lost with the lead.
struct Leadership {
  Index first = 0;  // of its own term
  std::map<NodeId, Progress> others;
  std::set<OperationId> unapplied;  // in the log beyond `applied`
  std::set<OperationId> waiting;    // to be answered when applied
  std::uint64_t round = 0;          // of reads, the last begun
  std::vector<PendingRead> reads;   // rounds never fall
  CLEAVE_DESCRIBE(first, others, unapplied, waiting, round, reads)
};

// What a follower repeats to its leader when the disk has what it was sent.
struct Answering {
  std::uint64_t round = 0;
  Time sent;
  CLEAVE_DESCRIBE(round, sent)
};

// What only one who seeks to lead knows.
struct Candidacy {
  Poll poll = Poll::vote;
  Term term;
  std::set<NodeId> granted;
  CLEAVE_DESCRIBE(poll, term, granted)
};

struct Replica {
  static constexpr std::string_view kind = "raft replica";

  // ---- configuration ----
  Options options;
  StoreId store;
  std::vector<NodeId> replicas;  // all of them

  struct Disk {
    DiskCell<Ballot> ballot;
    DiskLog<Entry> log;      // entry `index` is at index - 1
    DiskCell<Index> commit;  // a lower bound, so that a restart need not wait for a leader
    CLEAVE_DESCRIBE(ballot, log, commit)
  } disk;

  struct Memory {
    std::uint64_t incarnation = 0;
    StateMachine machine;
    Index applied = 0;
    Index commit = 0;
    Index durable = 0;              // the disk has the log up to here
    Index verified = 0;             // the log agrees up to here with that of the term's leader
    bool syncing = false;           // the log
    std::uint64_t truncations = 0;  // of the log, in this life
    Ballot ballot;                  // in force
    Ballot recorded;                // on the disk for certain
    std::optional<NodeId> leader;   // of the term
    std::optional<Time> heard;      // the leader, last; monotonic, as is:
    Time patient_since;             // when the wait for an election began
    Duration patience;              // how long it takes
    TimerId election;
    std::map<NodeId, Time> heard_from;
    std::optional<Answering> answering;
    std::optional<Leadership> leading;
    std::optional<Candidacy> seeking;
    CLEAVE_DESCRIBE(incarnation, machine, applied, commit, durable, verified, syncing, truncations,
                    ballot, recorded, leader, heard, patient_since, patience, election, heard_from,
                    answering, leading, seeking)
  } memory;

  CLEAVE_DESCRIBE(options, store, replicas, disk, memory)

  using Receives =
      std::variant<Start, Disconnected, Request, RequestVote, Vote, AppendEntries, Appended,
                   Rejected, ElectionDue, HeartbeatDue, QuorumDue, BallotRecorded, LogSynced>;

  // replica.cc
  void on(const Start& start, NodeId self, Context& ctx);
  void on(const Request& request, NodeId client, Context& ctx);
  void on(const LogSynced& synced, NodeId self, Context& ctx);
  // election.cc
  void on(const RequestVote& request, NodeId candidate, Context& ctx);
  void on(const Vote& vote, NodeId voter, Context& ctx);
  void on(const ElectionDue& due, NodeId self, Context& ctx);
  void on(const QuorumDue& due, NodeId self, Context& ctx);
  void on(const BallotRecorded& recorded, NodeId self, Context& ctx);
  // replication.cc
  void on(const AppendEntries& append, NodeId leader, Context& ctx);
  void on(const Appended& appended, NodeId follower, Context& ctx);
  void on(const Rejected& rejected, NodeId follower, Context& ctx);
  void on(const HeartbeatDue& due, NodeId self, Context& ctx);
  void on(const Disconnected& gone, NodeId peer, Context& ctx);

  std::string_view role() const;
  std::string summary() const;
  std::uint64_t replicated_state() const { return digest_of(memory.machine.objects); }

  // For invariants and tests.
  Term term() const { return memory.ballot.term; }
  Index last_index() const { return disk.log.size(); }
  // Requires: index <= last_index().
  Term term_at(Index index) const { return index == 0 ? Term{} : disk.log[index - 1].term; }
  LogEnd log_end() const { return {term_at(last_index()), last_index()}; }

 private:
  // replica.cc
  void answer_update(const Request& request, Context& ctx);
  void redirect(const Request& request, Context& ctx) const;
  void append_request(const Request& request, Context& ctx);
  void append(Entry entry, Context& ctx);
  void truncate_after(Index index);
  void sync(Context& ctx);
  void commit_up_to(Index index, Context& ctx);
  void apply(const Entry& entry, Context& ctx);
  // election.cc
  bool heard_leader(Context& ctx) const;
  void be_patient(Context& ctx);
  void record_ballot(Context& ctx);
  void follow(Term term, std::optional<NodeId> leader, Context& ctx);
  void overtaken_by(Term newer, Context& ctx);
  void step_down(Context& ctx);
  void seek(Poll poll, Context& ctx);
  void ask_for_votes(Context& ctx);
  void count_votes(Context& ctx);
  void take_lead(Context& ctx);
  bool is_majority(std::size_t count) const { return count * 2 > replicas.size(); }
  // replication.cc
  void send_entries(NodeId to, Progress& progress, Context& ctx);
  void send_append(NodeId to, const Progress& progress, std::uint64_t count, Context& ctx);
  void send_entries_to_all(Context& ctx);
  void send_heartbeats(Context& ctx);
  void take_entries(const AppendEntries& append, Context& ctx);
  void acknowledge(Context& ctx);
  void advance_commit(Context& ctx);
  LogEnd no_later_than(LogEnd end) const;
  void reconnect_if_silent(NodeId peer, Context& ctx);
  // reads.cc
  void answer_read(const Request& request, Context& ctx);
  void reply_read(const Request& request, Context& ctx) const;
  void begin_round(Context& ctx);
  void finish_rounds(Context& ctx);
  bool knows_commit() const;
  bool holds_lease(Context& ctx) const;

  // Over whatever replicas talk by.
  template <class M>
  void post(NodeId to, const M& message, Context& ctx) const {
    if (options.transport == Transport::datagram)
      ctx.send_datagram(to, message);
    else
      ctx.send(to, message);
  }
};

}  // namespace cleave::models::store::raft
