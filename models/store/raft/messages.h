// What the replicas of a Raft group tell one another, and themselves (Ongaro 2014, figure 3.1).
#pragma once
#include "models/store/raft/log_entry.h"
#include "models/store/raft/snapshot.h"
#include "sim/base/bytes.h"
#include "sim/base/time.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace cleave::models::store::raft {

// ---- elections ----------------------------------------------------------------------------------

enum class Poll : std::uint8_t {
  pre_vote,  // "would you vote for me in this term?" Nobody's term changes.
  vote,
};

struct RequestVote {
  static constexpr std::string_view name = "request vote";
  Poll poll = Poll::vote;
  Term term;  // in which the sender seeks to lead
  LogEnd last;
  bool asked_for = false;  // by the leader, which makes way: goes past votes that stick (3.10)
  CLEAVE_DESCRIBE(poll, term, last, asked_for)
};

struct Vote {
  static constexpr std::string_view name = "vote";
  Poll poll = Poll::vote;
  Term term;  // of the poll if granted, of the sender if not
  bool granted = false;
  CLEAVE_DESCRIBE(poll, term, granted)
};

// ---- the log ------------------------------------------------------------------------------------

// The log from after `previous` on, as far as the message goes. Without entries it is a heartbeat.
struct AppendEntries {
  static constexpr std::string_view name = "append entries";
  Term term;
  LogEnd previous;  // the entry before the first of `entries`
  Index commit = 0;
  std::uint64_t round = 0;  // of reads: see ReadIndex
  Time sent;                // by the leader's monotonic clock
  std::vector<Entry> entries;
  CLEAVE_DESCRIBE(term, previous, commit, round, sent, entries)
  Bytes wire_size() const {
    Bytes size{56};
    for (const Entry& entry : entries)
      size = size + entry.wire_size();
    return size;
  }
};

// The sender's log agrees with the leader's up to `match`, and its disk has it.
struct Appended {
  static constexpr std::string_view name = "appended";
  Term term;
  Index match = 0;
  std::uint64_t round = 0;  // repeated, as is:
  Time sent;
  CLEAVE_DESCRIBE(term, match, round, sent)
};

// The sender's log has not the entry that the leader's message followed on, or the message was of
// an older term.
struct Rejected {
  static constexpr std::string_view name = "append rejected";
  Term term;
  Index previous = 0;  // of the message
  LogEnd hint;         // the logs may agree up to here, and not beyond
  Index last = 0;      // of the sender's log
  CLEAVE_DESCRIBE(term, previous, hint, last)
};

// Instead of entries that the sender's log no longer has. Answered as a heartbeat is, when the
// disk has it.
struct InstallSnapshot {
  static constexpr std::string_view name = "install snapshot";
  Term term;
  std::uint64_t round = 0;  // as of AppendEntries, and so
  Time sent;
  Snapshot snapshot;
  CLEAVE_DESCRIBE(term, round, sent, snapshot)
  Bytes wire_size() const { return size_of(snapshot); }
};

// ---- the lead -----------------------------------------------------------------------------------

// "Seek to lead, now": the sender makes way for the receiver, whose log is as long (3.10).
struct TimeoutNow {
  static constexpr std::string_view name = "timeout now";
  Term term;
  CLEAVE_DESCRIBE(term)
};

// ---- an administrator ---------------------------------------------------------------------------

// One thing to be done; asked again and again until it is.
struct Order {
  static constexpr std::string_view name = "administration";
  enum class Task : std::uint8_t { add, remove, transfer };
  std::uint32_t number = 0;  // of the administrator's list
  Task task = Task::add;
  NodeId member;
  CLEAVE_DESCRIBE(number, task, member)
};

struct OrderState {
  static constexpr std::string_view name = "state of administration";
  std::uint32_t number = 0;
  bool done = false;             // and committed, as far as it changes the group
  std::optional<NodeId> leader;  // as far as the sender knows; itself, if it leads
  CLEAVE_DESCRIBE(number, done, leader)
};

// ---- a node to itself ---------------------------------------------------------------------------

struct ElectionDue {  // timer: has the leader been silent for long enough?
  static constexpr std::string_view name = "election due";
};
struct HeartbeatDue {  // timer
  static constexpr std::string_view name = "heartbeat due";
  Term term;  // of the leader that started it
  CLEAVE_DESCRIBE(term)
};
struct QuorumDue {  // timer: has a majority answered?
  static constexpr std::string_view name = "quorum check due";
  Term term;
  CLEAVE_DESCRIBE(term)
};
struct BallotRecorded {  // the disk has it
  static constexpr std::string_view name = "ballot recorded";
  Ballot ballot;
  CLEAVE_DESCRIBE(ballot)
};
struct SnapshotRecorded {  // the disk has it
  static constexpr std::string_view name = "snapshot recorded";
  enum class Of : std::uint8_t { own, leader };
  Of of = Of::own;  // whose it was
  CLEAVE_DESCRIBE(of)
};
struct LogSynced {  // the disk has the log up to `last`
  static constexpr std::string_view name = "log synced";
  Index last = 0;
  std::uint64_t truncations = 0;  // of the log when the sync began: `last` means nothing after one
  CLEAVE_DESCRIBE(last, truncations)
};

}  // namespace cleave::models::store::raft
