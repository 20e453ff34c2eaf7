// What the replicas of a Raft group tell one another, and themselves (Ongaro 2014, figure 3.1).
#pragma once
#include "models/store/operation.h"
#include "sim/base/bytes.h"
#include "sim/base/id.h"
#include "sim/base/time.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace cleave::models::store::raft {

// Time is divided into terms, each with one leader at most. Counted from 1.
using Term = Id<struct TermTag, std::uint64_t>;
// Of a log entry, from 1; 0 is before the first. Term and index name one entry for ever.
using Index = std::uint64_t;

// A term, and whom the replica voted for in it.
struct Ballot {
  Term term;
  std::optional<NodeId> vote;
  bool operator==(const Ballot&) const = default;
  CLEAVE_DESCRIBE(term, vote)
};

struct Entry {
  Term term;                       // in which it was appended
  std::optional<Request> request;  // nothing: a leader's first, which does nothing
  bool operator==(const Entry&) const = default;
  CLEAVE_DESCRIBE(term, request)
};

// How far a log goes.
struct LogEnd {
  Term term;
  Index index = 0;
  auto operator<=>(const LogEnd&) const = default;  // the larger is the more up to date (5.4.1)
  CLEAVE_DESCRIBE(term, index)
};

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
  CLEAVE_DESCRIBE(poll, term, last)
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
      size = size + (entry.request ? entry.request->wire_size() : Bytes{16});
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
struct LogSynced {  // the disk has the log up to `last`
  static constexpr std::string_view name = "log synced";
  Index last = 0;
  std::uint64_t truncations = 0;  // of the log when the sync began: `last` means nothing after one
  CLEAVE_DESCRIBE(last, truncations)
};

}  // namespace cleave::models::store::raft
