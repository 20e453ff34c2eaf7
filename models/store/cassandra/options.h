// What a scenario may choose of Cassandra. Defaults are those of Cassandra 4.1, or of another
// preset; meanings, ranges and sources are in the schema (schema.cc).
#pragma once
#include "models/store/cassandra/bugs.h"
#include "models/store/cassandra/level.h"
#include "models/store/engine.h"
#include "sim/base/bytes.h"
#include "sim/base/describe.h"
#include "sim/base/diagnostics.h"
#include "sim/base/schema.h"
#include "sim/base/section.h"
#include "sim/base/time.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cleave::models::store::cassandra {

enum class CommitLogSync : std::uint8_t {
  periodic,  // a write is acknowledged when memory has it; the disk, every so often
  batch,     // when the disk has it; writes that wait share a sync
};
enum class Timestamps : std::uint8_t {
  coordinator,  // its wall clock
  client,       // the client's wall clock, when it first sends the operation
  hybrid,       // the coordinator's hybrid logical clock (hybrid_clock.h)
};
enum class ReadRepair : std::uint8_t {
  blocking,  // replicas that differ are made equal before the client is answered
  none,
};
enum class Speculation : std::uint8_t {
  none,
  percentile,  // of what recent reads took
  fixed,
};

struct Options {
  Level read = Level::one;
  Level write = Level::one;
  Timestamps timestamps = Timestamps::coordinator;
  Duration max_clock_offset{500'000'000};  // hybrid
  bool lwt = true;                         // lightweight transactions
  Level serial = Level::serial;
  Duration cas_contention_timeout{1'000'000'000};
  ReadRepair read_repair = ReadRepair::blocking;
  Speculation speculative_retry = Speculation::percentile;
  std::uint32_t speculative_percentile = 99;
  Duration speculative_after{50'000'000};
  CommitLogSync commitlog_sync = CommitLogSync::periodic;
  Duration commitlog_sync_period{10'000'000'000};
  Duration read_request_timeout{5'000'000'000};
  Duration write_request_timeout{2'000'000'000};
  Duration counter_write_request_timeout{5'000'000'000};
  bool hinted_handoff = true;
  Duration max_hint_window{10'800'000'000'000};
  bool persistent_hint_window = true;
  Bytes hint_throttle{1024 * 1024};  // a second, of a node
  Duration hints_flush_period{10'000'000'000};
  Duration gc_grace{864'000'000'000'000};
  Duration compact_every{3'600'000'000'000};
  std::optional<Duration> repair_every;
  Duration repair_request_timeout{60'000'000'000};
  Duration gossip_every{1'000'000'000};
  std::uint64_t phi_convict_threshold = 8;
  std::set<Bug> bugs;
  CLEAVE_DESCRIBE(read, write, timestamps, max_clock_offset, lwt, serial, cas_contention_timeout,
                  read_repair, speculative_retry, speculative_percentile, speculative_after,
                  commitlog_sync, commitlog_sync_period, read_request_timeout,
                  write_request_timeout, counter_write_request_timeout, hinted_handoff,
                  max_hint_window, persistent_hint_window, hint_throttle, hints_flush_period,
                  gc_grace, compact_every, repair_every, repair_request_timeout, gossip_every,
                  phi_convict_threshold, bugs)

  bool operator==(const Options&) const = default;
  bool has(Bug bug) const { return bugs.contains(bug); }
};

// Of a whole store.
struct Choice {
  Options options;  // of each replica
  std::uint32_t num_tokens = 16;
  std::vector<std::pair<std::string, std::uint32_t>> replication;  // by region, if it is said
};

const Schema& schema();
// Use nothing of it before the Diagnostics are empty.
Choice read_options(const Section& section, const Setting& setting, Diagnostics& diagnostics);

}  // namespace cleave::models::store::cassandra
