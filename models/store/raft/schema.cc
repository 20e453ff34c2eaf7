// What a scenario may say to a Raft group, with ranges, defaults and where they come from.
#include "models/store/raft/options.h"

namespace cleave::models::store::raft {

namespace {

std::vector<Field> election_fields() {
  return {
      {.key = "preset",
       .type = Type::choice,
       .range = "etcd | waraft-default",
       .default_text = "etcd",
       .doc = "Whose defaults the other options have: those of the etcd 3.5 server, or of WARaft, "
              "WhatsApp's own Raft."},
      {.key = "heartbeat_every",
       .type = Type::duration,
       .range = "1ms..",
       .when_absent = "etcd: 100ms; waraft-default: 120ms",
       .doc = "Between two heartbeats of a leader (etcd: --heartbeat-interval)."},
      {.key = "election_timeout",
       .type = Type::duration,
       .range = "1ms..",
       .when_absent = "etcd: 1s; waraft-default: 5s",
       .doc = "Shortest silence of the leader after which a replica seeks to lead (etcd: "
              "--election-timeout). Much longer than a heartbeat and a round trip."},
      {.key = "longest_election_timeout",
       .type = Type::duration,
       .range = "1ms..",
       .when_absent = "etcd: twice election_timeout; waraft-default: one and a half times",
       .doc = "The silence is drawn from election_timeout up to this, anew for each role, so that "
              "seldom two replicas seek to lead at once."},
      {.key = "pre_vote",
       .type = Type::boolean,
       .when_absent = "etcd: on; waraft-default: off",
       .doc = "Whether a replica first asks if it would win, and leaves the term alone if not "
              "(Ongaro 2014, section 9.6; etcd: --pre-vote)."},
      {.key = "check_quorum",
       .type = Type::boolean,
       .when_absent = "etcd: on; waraft-default: off",
       .doc = "Whether a leader that hears no majority for quorum_within steps down (Ongaro 2014, "
              "section 6.2)."},
      {.key = "quorum_within",
       .type = Type::duration,
       .range = "1ms..",
       .when_absent = "etcd: election_timeout; waraft-default: 30s",
       .doc = "CheckQuorum: how often the leader counts who answered since it last counted "
              "(WARaft: its grace of 30 s)."},
      {.key = "vote_stickiness",
       .type = Type::boolean,
       .default_text = "on",
       .doc = "Whether a replica ignores who asks for votes while it has heard a leader within "
              "election_timeout (Ongaro 2014, section 4.2.3). In etcd it comes with CheckQuorum; "
              "WARaft always does it."},
  };
}

std::vector<Field> read_fields() {
  return {
      {.key = "reads",
       .type = Type::choice,
       .range = "log | read-index | lease | local",
       .default_text = "read-index",
       .doc = "How reads are served that ask for no consistency of their own: through the log; by "
              "the leader after a round of heartbeats (etcd: ReadOnlySafe; WARaft: strong reads); "
              "by the leader alone while its lease lasts; by whoever is asked."},
      {.key = "lease",
       .type = Type::duration,
       .range = "1ms..",
       .when_absent = "half of election_timeout",
       .doc = "Leases: how long a leader answers alone after it sent the last heartbeat that a "
              "majority answered (hashicorp/raft: LeaderLeaseTimeout, half of its election "
              "timeout). Safe if it is shorter than election_timeout by more than clocks drift."},
      {.key = "transport",
       .type = Type::choice,
       .range = "connection | datagram",
       .default_text = "connection",
       .doc = "What replicas send one another goes over connections (etcd: HTTP; WARaft: Erlang "
              "distribution), or as datagrams, which may be lost, doubled or overtaken."},
      {.key = "reconnect_after",
       .type = Type::duration,
       .range = "1ms..",
       .default_text = "5s",
       .doc = "Connections: silence of a peer after which the next message to it goes over a new "
              "one (etcd: --raft-read-timeout, 5 s)."},
      {.key = "entries_per_message",
       .type = Type::natural,
       .range = "1..",
       .default_text = "64",
       .doc = "How many entries of the log a message carries at most (hashicorp/raft: "
              "MaxAppendEntries, 64; WARaft: raft_max_log_entries_per_heartbeat, 15; etcd limits "
              "bytes instead)."},
  };
}

std::vector<Field> snapshot_fields() {
  return {
      {.key = "snapshot_every",
       .type = Type::natural,
       .when_absent = "etcd: 100000; waraft-default: 200000",
       .doc = "Entries that a replica applies between two snapshots, which let it shorten its log; "
              "0: never (etcd 3.5: --snapshot-count; WARaft: raft_max_log_records_per_file)."},
      {.key = "keep_entries",
       .type = Type::natural,
       .when_absent = "etcd: 5000; waraft-default: 2000000",
       .doc = "Entries that stay in the log although a snapshot stands for them, so that followers "
              "that lag by fewer need no snapshot (etcd: DefaultSnapshotCatchUpEntries; WARaft: "
              "raft_max_log_records)."},
  };
}

std::vector<Field> bug_fields() {
  return {
      {.key = "bugs",
       .type = Type::choice,
       .shape = Shape::list,
       .range =
           "vote-twice | forget-vote | vote-for-any-log | skip-log-check | commit-older-terms | "
           "acknowledge-before-sync | read-without-round | read-before-own-entry | "
           "truncate-without-conflict | snapshot-over-newer-log | snapshot-without-sessions | "
           "shorten-before-sync | change-before-own-entry | two-changes-at-once | count-learners | "
           "lease-from-answer | lease-by-ticks",
       .when_absent = "none",
       .doc = "Mistakes to be made on purpose, for judges and invariants to find."},
  };
}

}  // namespace

const Schema& schema() {
  static const Schema kSchema{.name = "raft",
                              .doc = "Options of the engine raft.",
                              .fields = joined({election_fields(), read_fields(), snapshot_fields(),
                                                administration_fields(), bug_fields()})};
  return kSchema;
}

}  // namespace cleave::models::store::raft
