// The log on its way from the leader to the others (section 3.5), and when it is committed (3.6.2,
// the paper's 5.4.2); what the others do with it is in following.cc. Every message says after which
// entry it goes on; who lacks that one says so, with a hint where the logs may agree.
#include "models/store/raft/probes.h"
#include "models/store/raft/replica.h"
#include "sim/base/assert.h"

#include <algorithm>
#include <utility>

namespace cleave::models::store::raft {

namespace {

constexpr std::uint64_t kEntriesAhead = 4096;  // sent, and not stored yet

}  // namespace

// ---- the leader's side --------------------------------------------------------------------------

void Replica::send_append(NodeId to, const Progress& progress, std::uint64_t count, Context& ctx) {
  AppendEntries message;
  message.term = term();
  message.previous = {term_at(progress.next - 1), progress.next - 1};
  message.commit = memory.commit;
  message.round = memory.leading->round;
  message.sent = lease_clock(ctx);
  message.entries.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i)
    message.entries.push_back(disk.log[progress.next - 1 + i]);
  post(to, message, ctx);
}

// Whether it can be sent entries from `next` on: what it has of them, and the term before.
bool Replica::has_log_from(Index next) const {
  return next > disk.log.first() && knows_term(next - 1);
}

// Whatever it may be sent now and was not.
void Replica::send_entries(NodeId to, Progress& progress, Context& ctx) {
  const auto unsent = [&] { return last_index() + 1 - progress.next; };
  if (progress.flow == Flow::snapshot) return;
  if (progress.flow == Flow::probe) {
    if (std::exchange(progress.probed, true)) return;
    if (!has_log_from(progress.next)) return send_snapshot(to, progress, ctx);
    return send_append(to, progress, std::min(options.entries_per_message, unsent()), ctx);
  }
  while (unsent() > 0 && progress.next <= progress.match + kEntriesAhead) {
    if (!has_log_from(progress.next)) return send_snapshot(to, progress, ctx);
    const std::uint64_t count = std::min(options.entries_per_message, unsent());
    send_append(to, progress, count, ctx);
    progress.next += count;
  }
}

void Replica::send_entries_to_all(Context& ctx) {
  for (auto& [peer, progress] : memory.leading->others)
    send_entries(peer, progress, ctx);
}

void Replica::on(const HeartbeatDue& due, NodeId /*self*/, Context& ctx) {
  if (!memory.leading || due.term != term()) return;
  if (options.has(Bug::lease_by_ticks)) ++memory.leading->round;
  for (auto& [peer, progress] : memory.leading->others) {
    reconnect_if_silent(peer, ctx);
    progress.probed = false;
    give_up_snapshot_if_late(progress, ctx);
  }
  go_on_transferring(ctx);
  send_heartbeats(ctx);
  ctx.start_timer(options.heartbeat_every, due);
}

void Replica::send_heartbeats(Context& ctx) {
  for (auto& [peer, progress] : memory.leading->others)
    send_heartbeat(peer, progress, ctx);
}

void Replica::send_heartbeat(NodeId to, Progress& progress, Context& ctx) {
  if (progress.flow == Flow::probe && !progress.probed) return send_entries(to, progress, ctx);
  if (progress.flow != Flow::snapshot && has_log_from(progress.next))
    return send_append(to, progress, 0, ctx);
  Progress anywhere;  // it follows on nothing, which every log has
  send_append(to, anywhere, 0, ctx);
}

void Replica::on(const Appended& appended, NodeId from, Context& ctx) {
  memory.heard_from[from] = ctx.monotonic();
  if (appended.term > term()) return overtaken_by(appended.term, ctx);
  if (!memory.leading || appended.term < term()) return;
  const auto found = memory.leading->others.find(from);
  if (found == memory.leading->others.end()) return;  // removed
  Progress& progress = found->second;
  progress.active = true;
  progress.round = std::max(progress.round, appended.round);
  const Time sent = options.has(Bug::lease_from_answer) ? lease_clock(ctx) : appended.sent;
  progress.answered = std::max(progress.answered.value_or(sent), sent);
  progress.match = std::max(progress.match, appended.match);
  progress.next = std::max(progress.next, progress.match + 1);
  // An answer to a probe that came to its end: from there on the logs agree.
  if (appended.match + 1 >= progress.next) progress.flow = Flow::replicate;
  catch_up(progress, ctx);
  advance_commit(ctx);
  if (!memory.leading) return;  // it was removed
  send_entries(from, progress, ctx);
  finish_rounds(ctx);
  go_on_transferring(ctx);
}

void Replica::on(const Rejected& rejected, NodeId from, Context& ctx) {
  memory.heard_from[from] = ctx.monotonic();
  if (rejected.term > term()) return overtaken_by(rejected.term, ctx);
  if (!memory.leading || rejected.term < term()) return;
  const auto found = memory.leading->others.find(from);
  if (found == memory.leading->others.end()) return;  // removed
  Progress& progress = found->second;
  progress.active = true;
  if (progress.flow == Flow::snapshot) return;
  const bool overtaken = progress.flow == Flow::probe ? rejected.previous + 1 != progress.next
                                                      : rejected.previous <= progress.match;
  if (overtaken && rejected.last >= progress.match) return;
  progress.flow = Flow::probe;
  progress.probed = false;
  progress.next = no_later_than(rejected.hint) + 1;
  send_entries(from, progress, ctx);
}

// Counts replicas for entries of its own term alone: an older entry on a majority may yet be
// overwritten (the paper's figure 8).
void Replica::advance_commit(Context& ctx) {
  const Index stored =
      on_majority(memory.durable, ctx, [](const Progress& other) { return other.match; });
  if (stored <= memory.commit) return;
  if (term_at(stored) != term()) ctx.sometimes(probes::kOlderTermWaits);
  if (term_at(stored) != term() && !options.has(Bug::commit_older_terms)) return;
  commit_up_to(stored, ctx);
  finish_rounds(ctx);
  for (auto& [peer, progress] : memory.leading->others)
    if (progress.flow == Flow::replicate && progress.next > last_index())
      send_append(peer, progress, 0, ctx);
  leave_if_removed(ctx);
}

// ---- both ---------------------------------------------------------------------------------------

// Where this log may agree with one of which `end` is an entry: before that, terms are no higher.
// Stops where the log begins.
Index Replica::no_later_than(LogEnd end) const {
  Index index = std::min(end.index, last_index());
  while (index > 0 && knows_term(index) && term_at(index) > end.term)
    --index;
  return index;
}

// A connection that a cut has stalled waits longer and longer before it tries again.
void Replica::reconnect_if_silent(NodeId peer, Context& ctx) {
  if (options.transport == Transport::datagram) return;
  Time& heard = memory.heard_from.try_emplace(peer, ctx.monotonic()).first->second;
  if (ctx.monotonic() < heard + options.reconnect_after) return;
  heard = ctx.monotonic();
  ctx.close(peer);
}

void Replica::on(const Disconnected& /*gone*/, NodeId peer, Context& /*ctx*/) {
  if (!memory.leading) return;
  const auto found = memory.leading->others.find(peer);
  if (found == memory.leading->others.end()) return;  // a client
  Progress& progress = found->second;
  progress.flow = Flow::probe;
  progress.next = progress.match + 1;
}

}  // namespace cleave::models::store::raft
