// What a replica of a Raft group knows because of its role, and forgets with it: as leader, as
// follower, as one who seeks to lead.
#pragma once
#include "models/store/raft/messages.h"
#include "sim/base/time.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace cleave::models::store::raft {

// How the log goes to another replica (the names are etcd's).
enum class Flow : std::uint8_t {
  probe,      // one message at a time, until it is known where the logs agree
  replicate,  // entries, without waiting for answers
  snapshot,   // nothing but heartbeats, until it has installed the snapshot
};

// How a learner catches up before it may vote: in rounds, each of what was appended during the one
// before; a short one shows that little is missing (4.2.1).
struct CatchUp {
  Index until = 0;  // of the round
  Time since;
  bool done = false;
  CLEAVE_DESCRIBE(until, since, done)
};

// A leader's view of another replica.
struct Progress {
  Index next = 1;   // the first entry to be sent
  Index match = 0;  // its disk has the log up to here
  Flow flow = Flow::probe;
  bool probed = false;           // since the last heartbeat
  Time snapshot_sent;            // if that is what it is waited for
  bool active = false;           // it answered since the last check of the quorum
  std::uint64_t round = 0;       // the last one that it answered
  std::optional<Time> answered;  // when the last heartbeat that it answered was sent
  CatchUp catch_up;              // of a learner
  CLEAVE_DESCRIBE(next, match, flow, probed, snapshot_sent, active, round, answered, catch_up)
};

struct PendingRead {
  std::uint64_t round = 0;  // answered by a majority, it shows that the leader still led
  Request request;
  CLEAVE_DESCRIBE(round, request)
};

// The lead on its way to another (3.10). No entry is taken until it is over, one way or the other.
struct Transfer {
  NodeId to;
  Time since;
  bool told = false;  // it has the whole log, and was sent TimeoutNow
  CLEAVE_DESCRIBE(to, since, told)
};

struct Leadership {
  Index first = 0;  // of its own term
  std::map<NodeId, Progress> others;
  std::set<OperationId> unapplied;  // in the log beyond `applied`
  std::set<OperationId> waiting;    // to be answered when applied
  std::uint64_t round = 0;          // of reads, the last begun
  std::vector<PendingRead> reads;   // rounds never fall
  std::optional<Transfer> transfer;
  // It told another to seek to lead: votes need not stick to it any more, for the rest of its term.
  bool made_way = false;
  CLEAVE_DESCRIBE(first, others, unapplied, waiting, round, reads, transfer, made_way)
};

// What a follower repeats to its leader when the disk has what it was sent.
struct Answering {
  std::uint64_t round = 0;
  Time sent;
  CLEAVE_DESCRIBE(round, sent)
};

struct Candidacy {
  Poll poll = Poll::vote;
  Term term;
  std::set<NodeId> granted;
  bool asked_for = false;  // by the leader
  CLEAVE_DESCRIBE(poll, term, granted, asked_for)
};

}  // namespace cleave::models::store::raft
