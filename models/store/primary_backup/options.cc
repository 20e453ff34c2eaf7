#include "models/store/primary_backup/options.h"

#include "sim/base/nearest.h"
#include "sim/base/reader.h"

#include <algorithm>

namespace cleave::models::store::primary_backup {

namespace {

// When an update counts as made, and who may be asked for it.
std::vector<Field> replication_fields() {
  return {
      {.key = "acknowledge",
       .type = Type::choice,
       .range = "async | semi-sync",
       .default_text = "async",
       .doc = "When an update is acknowledged: when the primary has it, or when backups have "
              "it too (MySQL's semisynchronous replication, waiting after the sync)."},
      {.key = "acks",
       .type = Type::natural,
       .range = "1..",
       .default_text = "1",
       .doc = "Semi-sync: backups that must have an update "
              "(MySQL: rpl_semi_sync_source_wait_for_replica_count)."},
      {.key = "fallback",
       .type = Type::boolean,
       .default_text = "on",
       .doc = "Semi-sync: acknowledge as async when backups do not answer in time, until they "
              "have caught up; off: wait for them, however long."},
      {.key = "fallback_after",
       .type = Type::duration,
       .range = "1ms..",
       .default_text = "10s",
       .doc = "Semi-sync: how long an update waits for backups before the fallback "
              "(MySQL: rpl_semi_sync_source_timeout, 10 s)."},
      {.key = "sync",
       .type = Type::boolean,
       .default_text = "on",
       .doc = "Whether a replica syncs its disk before it says that it has an update; off: it "
              "syncs with every heartbeat (MySQL: sync_binlog = 1 or 0)."},
      {.key = "reads",
       .type = Type::choice,
       .range = "primary | any",
       .default_text = "primary",
       .doc = "Which replicas serve reads that ask for no consistency of their own."},
  };
}

// When a primary stops, who takes its place, and what becomes of what it alone had.
std::vector<Field> failover_fields() {
  return {
      {.key = "fencing",
       .type = Type::choice,
       .range = "off | epoch",
       .default_text = "off",
       .doc = "What stops an old primary: off: only the monitor, when it reaches it; epoch: "
              "also any message of a newer epoch, and the end of its lease."},
      {.key = "lease",
       .type = Type::duration,
       .range = "1ms..",
       .when_absent = "half of promote_after",
       .doc = "Fencing: how long a primary goes on acknowledging after it sent the last "
              "heartbeat that the monitor heard (Patroni stops within its ttl). At most "
              "promote_after for one primary at a time."},
      {.key = "resync",
       .type = Type::choice,
       .range = "discard | keep",
       .default_text = "discard",
       .doc = "What becomes of updates that only a deposed primary has: gone, or put aside to "
              "be merged by hand."},
      {.key = "monitor",
       .type = Type::name,
       .when_absent = "the region of the last replica",
       .doc = "The region in which the monitor runs, on a host of its own."},
      {.key = "heartbeat_every",
       .type = Type::duration,
       .range = "1ms..",
       .default_text = "1s",
       .doc = "Between two pings of the monitor, and two of a primary to its backups "
              "(Orchestrator looks for failures every second)."},
      {.key = "promote_after",
       .type = Type::duration,
       .range = "1ms..",
       .default_text = "30s",
       .doc = "Silence of the primary after which the monitor promotes a backup "
              "(Patroni: ttl, 30 s; Redis Sentinel: down-after-milliseconds, 30 s)."},
      {.key = "reconnect_after",
       .type = Type::duration,
       .range = "1ms..",
       .default_text = "4s",
       .doc = "Silence of the primary after which a backup connects to it anew (MySQL: "
              "replica_net_timeout, 60 s; Orchestrator's authors advise 4 s)."},
  };
}

void read_semi_sync(Reader& reader, std::size_t replicas, Options& options) {
  options.acks = static_cast<std::uint32_t>(std::min<std::uint64_t>(reader.natural("acks"), 1000));
  if (options.acks >= replicas)
    reader.error(reader.has("acks") ? "acks" : "acknowledge",
                 {"it waits for " + std::to_string(options.acks) + " of " +
                      std::to_string(replicas - 1) + " backups",
                  "at least as many backups as acks", "add replicas, or choose async"});
  if (reader.boolean("fallback"))
    options.fallback_after = reader.duration("fallback_after");
  else
    options.fallback_after.reset();
}

// Of what is set in vain.
std::string why_idle(const Reader& reader, const Options& options) {
  std::string why;
  if (options.acknowledge == Acknowledge::async &&
      (reader.has("acks") || reader.has("fallback") || reader.has("fallback_after")))
    why = "'acknowledge' is async";
  else if (!options.fallback_after && reader.has("fallback_after"))
    why = "'fallback' is off";
  if (options.fencing == Fencing::off && reader.has("lease"))
    why += (why.empty() ? "" : ", or ") + std::string("'fencing' is off");
  return "when " + why;
}

std::string read_monitor(Reader& reader, const std::vector<std::string>& regions,
                         const std::string& otherwise) {
  if (!reader.has("monitor")) return otherwise;
  std::string region = reader.text("monitor");
  if (std::find(regions.begin(), regions.end(), region) != regions.end()) return region;
  const std::vector<std::string_view> known(regions.begin(), regions.end());
  reader.error("monitor", {"the topology has no region " + in_quotes(region), "one of its regions",
                           suggestion(region, known)});
  return otherwise;
}

}  // namespace

const Schema& schema() {
  static const Schema kSchema{.name = "primary-backup",
                              .doc = "Options of the engine primary-backup.",
                              .fields = joined({replication_fields(), failover_fields()})};
  return kSchema;
}

Choice read_options(const Section& section, const std::vector<std::string>& regions,
                    const std::vector<std::string>& replica_regions, Diagnostics& diagnostics) {
  Reader reader(section, schema(), diagnostics);
  Choice choice;
  Options& options = choice.options;
  options.acknowledge = reader.choice<Acknowledge>(
      "acknowledge", {{"async", Acknowledge::async}, {"semi-sync", Acknowledge::semi_sync}});
  if (options.acknowledge == Acknowledge::semi_sync)
    read_semi_sync(reader, replica_regions.size(), options);
  options.sync = reader.boolean("sync") ? Sync::before_acknowledging : Sync::periodic;
  options.reads = reader.choice<Reads>("reads", {{"primary", Reads::primary}, {"any", Reads::any}});
  options.fencing =
      reader.choice<Fencing>("fencing", {{"off", Fencing::off}, {"epoch", Fencing::epoch}});
  options.resync =
      reader.choice<Resync>("resync", {{"discard", Resync::discard}, {"keep", Resync::keep}});
  options.heartbeat_every = reader.duration("heartbeat_every");
  options.promote_after = reader.duration("promote_after");
  options.reconnect_after = reader.duration("reconnect_after");
  options.lease = options.promote_after / 2;
  if (options.fencing == Fencing::epoch && reader.has("lease"))
    options.lease = reader.duration("lease");
  choice.monitor_region = read_monitor(reader, regions, replica_regions.back());
  reader.finish(why_idle(reader, options));
  return choice;
}

}  // namespace cleave::models::store::primary_backup
