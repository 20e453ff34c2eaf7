// Who stamps a write: its coordinator's wall clock, the client's, or a hybrid logical clock. The
// last of them is moved by whatever it sees, so one clock that is far ahead would drag all others
// along. A node therefore believes nothing that is later than its own wall clock by more than
// max_clock_offset, and stamps nothing while its clock is further than that from those of too many
// others: CockroachDB does the same, whose node ends itself then.
#include "models/store/cassandra/hybrid_clock.h"
#include "models/store/cassandra/probes.h"
#include "models/store/cassandra/replica.h"

#include <algorithm>

namespace cleave::models::store::cassandra {

// Of a plain write. A client that sends none leaves it to the coordinator.
Timestamp Replica::stamp(const Request& request, Context& ctx) {
  if (options.timestamps == Timestamps::client && request.timestamp) return *request.timestamp;
  return next_timestamp(ctx);
}

// Of one coordinator no two are the same, and none goes back while it lives.
Timestamp Replica::next_timestamp(Context& ctx) {
  const Timestamp wall = timestamp_of(ctx.now());
  memory.last_timestamp = is_hybrid() ? hybrid_timestamp(memory.last_timestamp, wall)
                                      : std::max(wall, memory.last_timestamp + 1);
  return memory.last_timestamp;
}

// Ballots, and shards of counters, are stamped by nodes alone, and have an order of their own.
Timestamp Replica::next_after(Timestamp last, Context& ctx) {
  const Timestamp clock = is_hybrid() ? next_timestamp(ctx) : timestamp_of(ctx.now());
  return std::max(clock, last + 1);
}

void Replica::note_stamps(const Mutation& mutation) {
  const std::size_t place = memory.stamps++ % kStampsKept;
  if (memory.stamped.size() <= place) memory.stamped.resize(place + 1);
  memory.stamped[place] = mutation.includes.back();
}

// ---- hybrid -------------------------------------------------------------------------------------

Timestamp Replica::latest_believed(Context& ctx) const {
  return timestamp_of(ctx.now() + options.max_clock_offset);
}

// Whether a timestamp may be true; then what is stamped next comes after it.
bool Replica::believes(Timestamp timestamp, Context& ctx) {
  if (!is_hybrid()) return true;
  if (timestamp > latest_believed(ctx)) {
    ctx.sometimes(probes::kTimestampRefused);
    ctx.fact(Purpose("timestamp refused"), static_cast<std::uint64_t>(timestamp));
    return false;
  }
  memory.last_timestamp = std::max(memory.last_timestamp, timestamp);
  return true;
}

bool Replica::believes(const Mutation& mutation, Context& ctx) {
  return mutation.name.column.kind == Column::Kind::value || believes(mutation.cell.timestamp, ctx);
}

bool Replica::believes(const Page& page, Context& ctx) {
  return !is_hybrid() || std::all_of(page.cells.begin(), page.cells.end(), [&](const Copy& copy) {
    return copy.column.kind == Column::Kind::value || believes(copy.cell.timestamp, ctx);
  });
}

// Nobody knows whose clock is right, but most are. One that was set back waits until it is where it
// was; one that jumps is off at once, as the others' are known relative to the monotonic one, those
// of nodes that are out of reach too. Until the first round of gossip after a start nothing is
// known.
bool Replica::may_stamp(Context& ctx) const {
  if (!is_hybrid()) return true;
  if (memory.last_timestamp >= latest_believed(ctx)) return false;
  std::size_t known = 1;
  std::size_t near = 1;
  for (const Peer& peer : memory.peers) {
    if (!peer.clock_offset) continue;
    const Duration ahead = ctx.monotonic() + *peer.clock_offset - ctx.now();
    ++known;
    if (ahead <= options.max_clock_offset && options.max_clock_offset + ahead >= Duration{}) ++near;
  }
  return near * 2 > known;
}

// As NTP does it: the answer was sent in the middle of the round trip. What takes longer than
// clocks may be apart says nothing of them.
void Replica::compare_clocks(Peer& peer, Time shown, Duration round_trip, Context& ctx) {
  if (round_trip > options.max_clock_offset) return;
  peer.clock_offset = shown - (ctx.monotonic() - round_trip / 2);
}

}  // namespace cleave::models::store::cassandra
