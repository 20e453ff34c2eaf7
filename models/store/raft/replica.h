// A replica of a Raft group (Ongaro and Ousterhout 2014; Ongaro's dissertation of the same year,
// from here on "the paper" and its sections "5.4.2"). Replicas elect one of them, the leader; it
// orders all updates in its log, and an entry that a majority's disks have is committed for ever.
//   replica.cc      clients' requests; the disk; applying; recovery after a crash
//   election.cc     terms, votes, taking and leaving the lead
//   replication.cc  the log on its way from the leader to the others; committing
//   following.cc    what a follower does with it
//   reads.cc        reads that do not go through the log
//   snapshots.cc    what stands for the beginning of the log: taken, sent and installed
//   membership.cc   who belongs to the group; handing over the lead
// Invariants that one replica can see are asserted where they could break; those of the whole group
// are in invariants.h. Here: (1) `state` is what applying the log up to `applied` gives;
// (2) the snapshot's last <= applied <= commit <= last index; (3) the log begins no later than
// after the snapshot's last; (4) terms in the log never fall; (5) a replica leads, seeks to lead,
// or does neither.
#pragma once
#include "models/store/raft/options.h"
#include "models/store/raft/roles.h"
#include "sim/engine/context.h"
#include "sim/engine/node.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cleave::models::store::raft {

struct Replica {
  static constexpr std::string_view kind = "raft replica";

  // ---- configuration ----
  Options options;
  StoreId store;
  Configuration founders;  // who belonged to the group when its log was empty

  struct Disk {
    DiskCell<Ballot> ballot;
    DiskLog<Entry> log;  // entry `index` is at index - 1; the log begins after entry first()
    DiskCell<Snapshot> snapshot;
    DiskCell<Index> commit;  // a lower bound, so that a restart need not wait for a leader
    CLEAVE_DESCRIBE(ballot, log, snapshot, commit)
  } disk;

  struct Memory {
    std::uint64_t incarnation = 0;
    Applied state;
    Index applied = 0;
    Index commit = 0;
    LogEnd snapshot;            // of the snapshot in force; the disk has it
    bool snapshotting = false;  // one is on its way to the disk
    // By the entry that made it: the last that is committed, and all after it.
    std::map<Index, Configuration> members;
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
    CLEAVE_DESCRIBE(incarnation, state, applied, commit, snapshot, snapshotting, members, durable,
                    verified, syncing, truncations, ballot, recorded, leader, heard, patient_since,
                    patience, election, heard_from, answering, leading, seeking)
  } memory;

  CLEAVE_DESCRIBE(options, store, founders, disk, memory)

  using Receives =
      std::variant<Start, Disconnected, Request, RequestVote, Vote, AppendEntries, Appended,
                   Rejected, InstallSnapshot, TimeoutNow, Order, ElectionDue, HeartbeatDue,
                   QuorumDue, BallotRecorded, SnapshotRecorded, LogSynced>;

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
  void on(const Appended& appended, NodeId follower, Context& ctx);
  void on(const Rejected& rejected, NodeId follower, Context& ctx);
  void on(const HeartbeatDue& due, NodeId self, Context& ctx);
  void on(const Disconnected& gone, NodeId peer, Context& ctx);
  // following.cc
  void on(const AppendEntries& append, NodeId leader, Context& ctx);
  // snapshots.cc
  void on(const InstallSnapshot& install, NodeId leader, Context& ctx);
  void on(const SnapshotRecorded& recorded, NodeId self, Context& ctx);
  // membership.cc
  void on(const Order& order, NodeId administrator, Context& ctx);
  void on(const TimeoutNow& now, NodeId leader, Context& ctx);

  std::string_view role() const;
  std::string summary() const;
  std::uint64_t replicated_state() const { return digest_of(memory.state.machine.objects); }

  // For invariants and tests.
  Term term() const { return memory.ballot.term; }
  Index last_index() const { return disk.log.size(); }
  bool has_entry(Index index) const { return index > disk.log.first() && index <= last_index(); }
  bool knows_term(Index index) const {
    return index == 0 || index == memory.snapshot.index || has_entry(index);
  }
  // Requires: it knows the term.
  Term term_at(Index index) const {
    if (index == memory.snapshot.index) return memory.snapshot.term;
    return index == 0 ? Term{} : disk.log[index - 1].term;
  }
  LogEnd log_end() const { return {term_at(last_index()), last_index()}; }
  // In force: those of the last entry that changed them, committed or not (4.1).
  const Configuration& members() const { return memory.members.rbegin()->second; }

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
  Result take(const Entry& entry);
  // election.cc
  bool heard_leader(Context& ctx) const;
  void be_patient(Context& ctx);
  void record_ballot(Context& ctx);
  void follow(Term term, std::optional<NodeId> leader, Context& ctx);
  void overtaken_by(Term newer, Context& ctx);
  void step_down(Context& ctx);
  bool may_seek(NodeId self) const;
  void seek(Poll poll, Context& ctx);
  void ask_for_votes(Context& ctx);
  void count_votes(Context& ctx);
  void take_lead(Context& ctx);
  // replication.cc
  void send_entries(NodeId to, Progress& progress, Context& ctx);
  bool has_log_from(Index next) const;
  void send_heartbeat(NodeId to, Progress& progress, Context& ctx);
  void send_append(NodeId to, const Progress& progress, std::uint64_t count, Context& ctx);
  void send_entries_to_all(Context& ctx);
  void send_heartbeats(Context& ctx);
  void advance_commit(Context& ctx);
  Index no_later_than(LogEnd end) const;
  void reconnect_if_silent(NodeId peer, Context& ctx);
  // following.cc
  bool heed(Term of_leader, NodeId leader, Context& ctx);
  void take_entries(const AppendEntries& append, Context& ctx);
  void acknowledge(Context& ctx);
  // reads.cc
  void answer_read(const Request& request, Context& ctx);
  void reply_read(const Request& request, Context& ctx) const;
  void begin_round(Context& ctx);
  void finish_rounds(Context& ctx);
  bool knows_commit() const;
  bool holds_lease(Context& ctx) const;
  Time lease_clock(Context& ctx) const;
  // snapshots.cc
  void recover_snapshot();
  void take_snapshot_if_due(Context& ctx);
  void record(Snapshot snapshot, SnapshotRecorded::Of of, Context& ctx);
  void put_in_force(LogEnd last);
  void send_snapshot(NodeId to, Progress& progress, Context& ctx);
  void give_up_snapshot_if_late(Progress& progress, Context& ctx) const;
  bool replaces_log(LogEnd last) const;
  void install_snapshot(Context& ctx);
  void install_updates(Context& ctx) const;
  void restart_log(Index last);
  // membership.cc
  bool add(const Order& order, Context& ctx);
  bool remove(const Order& order, Context& ctx);
  bool hand_over(NodeId to, Context& ctx);
  void propose(const Change& change, Context& ctx);
  bool may_change(Context& ctx) const;
  void adopt(const Change& change, Index index);
  void follow_members(Context& ctx);
  void tell_of(const Change& change, Context& ctx) const;
  void leave_if_removed(Context& ctx);
  void catch_up(Progress& progress, Context& ctx) const;
  void go_on_transferring(Context& ctx);

  // The most that a majority of the voters has reached; `of` says how far another is.
  template <class T, class Of>
  T on_majority(T own, Context& ctx, Of&& of) const {
    std::vector<T> reached;
    for (const NodeId voter : members().voters)
      reached.push_back(voter == ctx.self() ? own : of(memory.leading->others.at(voter)));
    if (options.has(Bug::count_learners))
      for (const NodeId learner : members().learners)
        reached.push_back(of(memory.leading->others.at(learner)));
    std::stable_sort(reached.begin(), reached.end(), std::greater<>());
    return reached[members().voters.size() / 2];
  }

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
