// What a scenario may choose of primary-backup replication. Defaults are those of MySQL 8.4 and of
// what is usually put beside it; meanings, ranges and sources are in the schema (options.cc).
#pragma once
#include "sim/base/describe.h"
#include "sim/base/diagnostics.h"
#include "sim/base/schema.h"
#include "sim/base/section.h"
#include "sim/base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cleave::models::store::primary_backup {

enum class Acknowledge : std::uint8_t {
  async,      // when the primary has it
  semi_sync,  // when some backups have it too
};
enum class Sync : std::uint8_t {
  before_acknowledging,  // a replica says that it has an entry when its disk has it
  periodic,              // it says so at once, and syncs its disk with every heartbeat
};
enum class Reads : std::uint8_t { primary, any };
enum class Fencing : std::uint8_t {
  off,    // a primary reigns until the monitor reaches it
  epoch,  // or until it hears of a newer epoch, or its lease runs out
};
enum class Resync : std::uint8_t {
  discard,  // what only a deposed primary has is gone
  keep,     // it is put aside, to be merged by hand
};

struct Options {
  Acknowledge acknowledge = Acknowledge::async;
  std::uint32_t acks = 1;  // backups that must have an entry before semi-sync acknowledges it
  std::optional<Duration> fallback_after{Duration{10'000'000'000}};  // absent: never
  Sync sync = Sync::before_acknowledging;
  Reads reads = Reads::primary;
  Fencing fencing = Fencing::off;
  Duration lease{15'000'000'000};
  Resync resync = Resync::discard;
  Duration heartbeat_every{1'000'000'000};
  Duration promote_after{30'000'000'000};
  Duration reconnect_after{4'000'000'000};
  CLEAVE_DESCRIBE(acknowledge, acks, fallback_after, sync, reads, fencing, lease, resync,
                  heartbeat_every, promote_after, reconnect_after)
};

// What a store's options come to.
struct Choice {
  Options options;
  std::string monitor_region;
};

const Schema& schema();
// Requires: at least one replica. Use nothing of it before the Diagnostics are empty.
Choice read_options(const Section& section, const std::vector<std::string>& regions,
                    const std::vector<std::string>& replica_regions, Diagnostics& diagnostics);

}  // namespace cleave::models::store::primary_backup
