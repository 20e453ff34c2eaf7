// Snapshots: what stands for the beginning of the log (chapter 5). A replica takes its own when it
// has applied enough entries; a leader sends its own to whom it can no longer send entries. The log
// is shortened only when the disk has the snapshot, and a snapshot that came from a leader is in
// force only then, so that a crash at any point finds either what was before or what is after.
#include "models/store/raft/probes.h"
#include "models/store/raft/replica.h"
#include "sim/base/assert.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace cleave::models::store::raft {

namespace {

std::int64_t bytes_of(const Blob& blob) {
  return 16 + static_cast<std::int64_t>(blob.bytes().size());
}
template <class Blobs>
std::int64_t sum_of(const Blobs& blobs) {
  std::int64_t sum = 0;
  for (const auto& blob : blobs)
    sum += bytes_of(blob);
  return sum;
}

struct SizeOf {
  std::int64_t operator()(const Register& object) const { return bytes_of(object.value); }
  std::int64_t operator()(const MaxRegister& /*object*/) const { return 8; }
  std::int64_t operator()(const Counter& /*object*/) const { return 16; }
  std::int64_t operator()(const Set& object) const { return sum_of(object.members); }
  std::int64_t operator()(const Sequence& object) const {
    std::int64_t sum = 0;
    for (std::uint64_t i = object.entries.first(); i < object.entries.size(); ++i)
      sum += bytes_of(object.entries[i]);
    return sum;
  }
  std::int64_t operator()(const Queue& object) const { return of_map(object.entries); }
  std::int64_t operator()(const Pool& object) const { return of_map(object.items); }
  std::int64_t operator()(const RegisterMap& object) const {
    std::int64_t sum = 0;
    for (const auto& [field, reg] : object.registers)
      sum += 8 + bytes_of(reg.value);
    return sum;
  }
  static std::int64_t of_map(const std::map<std::uint64_t, Blob>& items) {
    std::int64_t sum = 0;
    for (const auto& [number, blob] : items)
      sum += 8 + bytes_of(blob);
    return sum;
  }
};

}  // namespace

Bytes size_of(const Snapshot& snapshot) {
  Bytes size{64};
  for (const auto& [key, object] : snapshot.state.machine.objects)
    size = size + Bytes{16 + std::visit(SizeOf{}, object)};
  for (const auto& [client, session] : snapshot.state.machine.sessions)
    for (const auto& [number, result] : session.results)
      size = size + Bytes{32 + sum_of(result.values)};
  return size;
}

// ---- a replica's own ----------------------------------------------------------------------------

void Replica::take_snapshot_if_due(Context& ctx) {
  if (options.snapshot_every == 0 || memory.snapshotting || ctx.disk_full()) return;
  if (memory.applied - memory.snapshot.index < options.snapshot_every) return;
  const auto members = std::prev(memory.members.upper_bound(memory.applied));
  Snapshot snapshot{{term_at(memory.applied), memory.applied}, members->second, memory.state};
  if (options.has(Bug::snapshot_without_sessions)) snapshot.state.machine.sessions.clear();
  record(std::move(snapshot), SnapshotRecorded::Of::own, ctx);
  if (options.has(Bug::shorten_before_sync)) put_in_force(disk.snapshot.get().last);
}

void Replica::record(Snapshot snapshot, SnapshotRecorded::Of of, Context& ctx) {
  disk.snapshot.set(std::move(snapshot));
  memory.snapshotting = true;
  ctx.sync_then(SnapshotRecorded{of});
}

void Replica::on(const SnapshotRecorded& recorded, NodeId /*self*/, Context& ctx) {
  memory.snapshotting = false;
  if (recorded.of == SnapshotRecorded::Of::leader) return install_snapshot(ctx);
  ctx.sometimes(probes::kSnapshotTaken);
  put_in_force(disk.snapshot.get().last);
}

// The log goes on from there, or from somewhat earlier: entries are kept for followers that lag.
void Replica::put_in_force(LogEnd last) {
  memory.snapshot = last;
  const Index kept = std::min(options.keep_entries, last.index);
  if (last.index - kept > disk.log.first()) disk.log.drop_before(last.index - kept);
}

// ---- from the leader ----------------------------------------------------------------------------

void Replica::send_snapshot(NodeId to, Progress& progress, Context& ctx) {
  const Snapshot& snapshot = disk.snapshot.get();
  progress.flow = Flow::snapshot;
  progress.next = snapshot.last.index + 1;
  progress.snapshot_sent = ctx.monotonic();
  ctx.fact(Purpose("snapshot sent"), to.value, snapshot.last.index);
  post(to, InstallSnapshot{term(), memory.leading->round, lease_clock(ctx), snapshot}, ctx);
}

// It, or its answer, may have been lost; or the follower had no room, or was at work on another.
void Replica::give_up_snapshot_if_late(Progress& progress, Context& ctx) const {
  if (progress.flow != Flow::snapshot) return;
  if (ctx.monotonic() < progress.snapshot_sent + options.election_timeout) return;
  progress.flow = Flow::probe;
  progress.next = progress.match + 1;
}

void Replica::on(const InstallSnapshot& install, NodeId from, Context& ctx) {
  if (!heed(install.term, from, ctx)) return post(from, Rejected{term(), 0, {}, 0}, ctx);
  const LogEnd last = install.snapshot.last;
  memory.answering = Answering{install.round, install.sent};
  if (!replaces_log(last)) {  // the log goes as far
    commit_up_to(last.index, ctx);
    memory.verified = std::max(memory.verified, last.index);
    return acknowledge(ctx);
  }
  if (!memory.snapshotting && !ctx.disk_full())
    record(install.snapshot, SnapshotRecorded::Of::leader, ctx);
}

// Whether a snapshot with this last entry stands for more than the log has: what is committed, or
// agrees with it, is never thrown away (figure 5.3, step 6).
bool Replica::replaces_log(LogEnd last) const {
  if (options.has(Bug::snapshot_over_newer_log)) return last.index >= memory.snapshot.index;
  if (last.index <= memory.commit) return false;
  return !has_entry(last.index) || term_at(last.index) != last.term;
}

// The disk has a snapshot that came from a leader.
void Replica::install_snapshot(Context& ctx) {
  const Snapshot& snapshot = disk.snapshot.get();
  const Index last = snapshot.last.index;
  if (!replaces_log(snapshot.last)) {  // entries came meanwhile
    ctx.sometimes(probes::kSnapshotOvertaken);
    commit_up_to(last, ctx);
    return put_in_force(snapshot.last);
  }
  CLEAVE_ASSERT(!memory.leading, "a leader has what is committed, and installs no snapshot");
  restart_log(last);
  ++memory.truncations;
  memory.snapshot = snapshot.last;
  memory.state = snapshot.state;
  memory.members = {{last, snapshot.members}};
  memory.applied = memory.commit = memory.durable = last;
  memory.verified = std::max(memory.verified, last);
  install_updates(ctx);
  ctx.sometimes(probes::kSnapshotInstalled);
  ctx.fact(Purpose("snapshot installed"), ctx.self().value, last);
  acknowledge(ctx);
}

void Replica::install_updates(Context& ctx) const {
  std::vector<OperationId> updates;
  updates.reserve(memory.state.updates.size());
  for (std::uint64_t i = 0; i < memory.state.updates.size(); ++i)
    updates.push_back(memory.state.updates[i]);
  ctx.installed(store, updates);
}

// Empty, it goes on after the entry at `last`.
void Replica::restart_log(Index last) {
  if (last_index() > last) disk.log.truncate(std::max(last, disk.log.first()));
  if (last > disk.log.first()) disk.log.drop_before(last);
}

// ---- after a crash ------------------------------------------------------------------------------

// What the disk's snapshot says, and the log as far as it goes on from there. A crash may have come
// between the snapshot and the shortening of the log.
void Replica::recover_snapshot() {
  const Snapshot& snapshot = disk.snapshot.get();
  const LogEnd last = snapshot.last;
  CLEAVE_ASSERT(disk.log.first() <= last.index, "the log goes on where the snapshot ends");
  memory.snapshot = last;
  memory.state = snapshot.state;
  memory.applied = memory.commit = last.index;
  memory.members = {{last.index, last.index == 0 ? founders : snapshot.members}};
  const bool goes_on = last.index == disk.log.first() ||
                       (has_entry(last.index) && disk.log[last.index - 1].term == last.term);
  if (!goes_on) restart_log(last.index);
}

}  // namespace cleave::models::store::raft
