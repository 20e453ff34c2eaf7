// What a scenario may say to a Cassandra store, with ranges, defaults and where they come from.
#include "models/store/cassandra/options.h"

namespace cleave::models::store::cassandra {

namespace {

std::vector<Field> level_fields() {
  return {
      {.key = "preset",
       .type = Type::choice,
       .range = "cassandra-4 | cassandra-3",
       .default_text = "cassandra-4",
       .doc = "Whose defaults the other options have: those of Cassandra 4.1, or of 3.11."},
      {.key = "write",
       .type = Type::choice,
       .range = "one | two | three | quorum | local-quorum | each-quorum | all | serial | "
                "local-serial",
       .default_text = "one",
       .doc = "How many replicas must have an update before it is acknowledged; it is sent to all "
              "of them at any level (the driver's consistency level; the server's own default is "
              "ONE). serial: every update is a lightweight transaction."},
      {.key = "read",
       .type = Type::choice,
       .range = "one | two | three | quorum | local-quorum | all | serial | local-serial",
       .default_text = "one",
       .doc = "How many replicas must answer a read that asks for no consistency of its own; one "
              "that asks for `strong` is read as `serial` says, or at quorum if lwt is off, one "
              "that asks for `eventual` at one."},
  };
}

std::vector<Field> timestamp_fields() {
  return {
      {.key = "timestamps",
       .type = Type::choice,
       .range = "coordinator | client | hybrid",
       .default_text = "coordinator",
       .doc = "Who stamps a write: its coordinator, by the wall clock of its host; the client, by "
              "that of its own, as drivers do by default since version 3 of the protocol; or the "
              "coordinator by a hybrid logical clock, which Cassandra does not have. A lightweight "
              "transaction has the timestamp of its ballot, a counter's shard that of its leader."},
      {.key = "max_clock_offset",
       .type = Type::duration,
       .range = "1ms..",
       .default_text = "500ms",
       .doc = "Hybrid: what is stamped later than this after a node's own wall clock it refuses, "
              "and a node that is further from others stamps nothing (CockroachDB: --max-offset)."},
  };
}

std::vector<Field> transaction_fields() {
  return {
      {.key = "lwt",
       .type = Type::boolean,
       .default_text = "on",
       .doc = "Whether what depends on a condition (compare_and_set, take, reserve) is a "
              "lightweight transaction; off: it is refused, for those who do without."},
      {.key = "serial",
       .type = Type::choice,
       .range = "serial | local-serial",
       .default_text = "serial",
       .doc = "Lightweight transactions: of which replicas a majority decides (CQL: serial "
              "consistency); `write` says how many must have what was decided."},
      {.key = "cas_contention_timeout",
       .type = Type::duration,
       .range = "1ms..",
       .default_text = "1s",
       .doc = "Lightweight transactions: how long one begins again when others are in its way, "
              "until it ends as unknown."},
  };
}

std::vector<Field> read_fields() {
  return {
      {.key = "read_repair",
       .type = Type::choice,
       .range = "blocking | none",
       .default_text = "blocking",
       .doc = "Whether replicas that were asked and differ are made equal before the client is "
              "answered (the table option of that name)."},
      {.key = "speculative_retry",
       .type = Type::choice,
       .range = "none | percentile | fixed",
       .default_text = "percentile",
       .doc = "When one more replica is asked for a read that is late: never, after what most of "
              "the last 128 reads took, or after a fixed time."},
      {.key = "speculative_percentile",
       .type = Type::natural,
       .range = "1..100",
       .default_text = "99",
       .doc = "Speculative retry: how many of a hundred reads are quicker (99p, the default of a "
              "table)."},
      {.key = "speculative_after",
       .type = Type::duration,
       .range = "1ms..",
       .default_text = "50ms",
       .doc = "Speculative retry: the fixed time."},
  };
}

std::vector<Field> ring_fields() {
  return {
      {.key = "num_tokens",
       .type = Type::natural,
       .range = "1..256",
       .when_absent = "cassandra-4: 16; cassandra-3: 256",
       .doc = "Places of each node on the ring."},
      {.key = "replication_factor",
       .type = Type::natural,
       .shape = Shape::map,
       .range = "1..",
       .when_absent = "all replicas of a region hold everything",
       .doc = "By region, how many of the store's replicas there hold a key "
              "(NetworkTopologyStrategy)."},
      {.key = "gossip_every",
       .type = Type::duration,
       .range = "1ms..",
       .default_text = "1s",
       .doc = "Between two rounds of gossip of a node; Cassandra has no option for it."},
      {.key = "phi_convict_threshold",
       .type = Type::natural,
       .range = "1..100",
       .default_text = "8",
       .doc = "Suspicion at which a node is taken to be down: 8 is a silence of 18.4 mean "
              "intervals between its heartbeats."},
  };
}

std::vector<Field> disk_fields() {
  return {
      {.key = "commitlog_sync",
       .type = Type::choice,
       .range = "periodic | batch",
       .default_text = "periodic",
       .doc = "Whether a replica answers a write when its memory has it, or when its disk has."},
      {.key = "commitlog_sync_period",
       .type = Type::duration,
       .range = "1ms..",
       .default_text = "10s",
       .doc = "Periodic: how long a write waits for the disk, at most."},
      {.key = "hinted_handoff",
       .type = Type::boolean,
       .default_text = "on",
       .doc = "Whether a coordinator keeps, for replicas that are down or did not answer in time, "
              "what they missed (hinted_handoff_enabled)."},
      {.key = "max_hint_window",
       .type = Type::duration,
       .range = "0s..",
       .default_text = "3h",
       .doc = "Hints: how long a replica may be down until nothing more is kept for it."},
      {.key = "persistent_hint_window",
       .type = Type::boolean,
       .when_absent = "cassandra-4: on; cassandra-3: off",
       .doc = "Hints: whether the window is also measured from the oldest hint on the disk, which "
              "a restart of the coordinator does not forget (hint_window_persistent_enabled)."},
      {.key = "hint_throttle",
       .type = Type::bytes,
       .range = "1B..",
       .default_text = "1MiB",
       .doc = "Hints: how much a node delivers in a second, to all others together "
              "(hinted_handoff_throttle)."},
      {.key = "hints_flush_period",
       .type = Type::duration,
       .range = "1ms..",
       .default_text = "10s",
       .doc = "Hints: how often they are flushed to the disk, and delivered to who is up."},
      {.key = "read_request_timeout",
       .type = Type::duration,
       .range = "1ms..",
       .default_text = "5s",
       .doc = "How long a coordinator waits for a read."},
      {.key = "write_request_timeout",
       .type = Type::duration,
       .range = "1ms..",
       .default_text = "2s",
       .doc = "How long a coordinator waits for a write, which may have been made or not then."},
      {.key = "counter_write_request_timeout",
       .type = Type::duration,
       .range = "1ms..",
       .default_text = "5s",
       .doc = "The same of an addition to a counter."},
  };
}

std::vector<Field> deletion_fields() {
  return {
      {.key = "gc_grace",
       .type = Type::duration,
       .range = "0s..",
       .default_text = "10d",
       .doc = "How old a tombstone must be until a compaction may forget it, by the clock of its "
              "host (the table option gc_grace_seconds, 864000). Repair every node more often."},
      {.key = "compact_every",
       .type = Type::duration,
       .range = "1ms..",
       .default_text = "1h",
       .doc = "Between two compactions of a node that has tombstones. Real ones come with the "
              "load; there is no such option."},
      {.key = "repair_every",
       .type = Type::duration,
       .range = "1s..",
       .when_absent = "nobody repairs",
       .doc = "How often each node repairs its primary ranges, as an operator would by a timer "
              "(nodetool repair -pr); replicas that are down are left out."},
      {.key = "repair_request_timeout",
       .type = Type::duration,
       .range = "1ms..",
       .default_text = "1m",
       .doc = "Repair: how long a replica may take to answer until the range is given up."},
  };
}

std::vector<Field> bug_fields() {
  return {
      {.key = "bugs",
       .type = Type::choice,
       .shape = Shape::list,
       .range = "count-twice | acknowledge-before-sync | answer-without-digests | "
                "repair-with-own-clock | hint-with-new-timestamp | hint-forgotten-when-sent | "
                "purge-early | repair-skips-a-range | accept-stale-ballot | forget-undecided | "
                "read-without-proposal",
       .when_absent = "none",
       .doc = "Mistakes to be made on purpose, for judges and invariants to find."},
  };
}

}  // namespace

const Schema& schema() {
  static const Schema kSchema{
      .name = "cassandra",
      .doc =
          "Options of the engine cassandra. Where a name is that of an option of Cassandra, it "
          "is meant.",
      .fields = joined({level_fields(), timestamp_fields(), transaction_fields(), read_fields(),
                        ring_fields(), disk_fields(), deletion_fields(), bug_fields()})};
  return kSchema;
}

}  // namespace cleave::models::store::cassandra
