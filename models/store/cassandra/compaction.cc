// Tombstones do not stay for ever: a compaction forgets those that are older than gc_grace, by the
// clock of its own host. A replica that was away for longer may still have what they had deleted,
// and brings it back.
#include "models/store/cassandra/probes.h"
#include "models/store/cassandra/replica.h"

namespace cleave::models::store::cassandra {

Timestamp Replica::purgeable(Context& ctx) const {
  const Duration grace = options.has(Bug::purge_early) ? Duration{0} : options.gc_grace;
  return timestamp_of(ctx.now()) - grace.ns / 1000;
}

void Replica::watch_tombstones(Context& ctx) {
  if (memory.compaction_due || memory.table.tombstones == 0) return;
  memory.compaction_due = true;
  ctx.start_timer(options.compact_every, CompactionDue{});
}

void Replica::on(const CompactionDue& /*due*/, NodeId /*self*/, Context& ctx) {
  memory.compaction_due = false;
  const Timestamp before = purgeable(ctx);
  if (!ctx.disk_full() && memory.table.has_purgeable(before)) {
    ctx.sometimes(probes::kTombstonePurged);
    append(Purge{before}, ctx);
  }
  watch_tombstones(ctx);
}

}  // namespace cleave::models::store::cassandra
