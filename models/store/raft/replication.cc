// The log on its way from the leader to the others (section 3.5), and when it is committed (3.6.2,
// the paper's 5.4.2). Every message says after which entry it goes on; who lacks that one says so,
// with a hint where the logs may agree.
#include "models/store/raft/probes.h"
#include "models/store/raft/replica.h"
#include "sim/base/assert.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace cleave::models::store::raft {

namespace {

constexpr std::uint64_t kEntriesPerMessage = 64;  // hashicorp/raft: MaxAppendEntries
constexpr std::uint64_t kEntriesAhead = 4096;     // sent, and not stored yet

}  // namespace

// ---- the leader's side --------------------------------------------------------------------------

void Replica::send_append(NodeId to, const Progress& progress, std::uint64_t count, Context& ctx) {
  AppendEntries message;
  message.term = term();
  message.previous = {term_at(progress.next - 1), progress.next - 1};
  message.commit = memory.commit;
  message.round = memory.leading->round;
  message.sent = ctx.monotonic();
  message.entries.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i)
    message.entries.push_back(disk.log[progress.next - 1 + i]);
  post(to, message, ctx);
}

// Whatever it may be sent now and was not.
void Replica::send_entries(NodeId to, Progress& progress, Context& ctx) {
  const auto unsent = [&] { return last_index() + 1 - progress.next; };
  if (progress.probing) {
    if (std::exchange(progress.probed, true)) return;
    return send_append(to, progress, std::min(kEntriesPerMessage, unsent()), ctx);
  }
  while (unsent() > 0 && progress.next <= progress.match + kEntriesAhead) {
    const std::uint64_t count = std::min(kEntriesPerMessage, unsent());
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
  for (auto& [peer, progress] : memory.leading->others) {
    reconnect_if_silent(peer, ctx);
    progress.probed = false;
  }
  send_heartbeats(ctx);
  ctx.start_timer(options.heartbeat_every, due);
}

void Replica::send_heartbeats(Context& ctx) {
  for (auto& [peer, progress] : memory.leading->others) {
    if (progress.probing && !progress.probed)
      send_entries(peer, progress, ctx);
    else
      send_append(peer, progress, 0, ctx);
  }
}

void Replica::on(const Appended& appended, NodeId from, Context& ctx) {
  memory.heard_from[from] = ctx.monotonic();
  if (appended.term > term()) return overtaken_by(appended.term, ctx);
  if (!memory.leading || appended.term < term()) return;
  Progress& progress = memory.leading->others.at(from);
  progress.active = true;
  progress.round = std::max(progress.round, appended.round);
  progress.answered = std::max(progress.answered.value_or(appended.sent), appended.sent);
  progress.match = std::max(progress.match, appended.match);
  progress.next = std::max(progress.next, progress.match + 1);
  // An answer to a probe that came to its end: from there on the logs agree.
  if (appended.match + 1 >= progress.next) progress.probing = false;
  advance_commit(ctx);
  send_entries(from, progress, ctx);
  finish_rounds(ctx);
}

void Replica::on(const Rejected& rejected, NodeId from, Context& ctx) {
  memory.heard_from[from] = ctx.monotonic();
  if (rejected.term > term()) return overtaken_by(rejected.term, ctx);
  if (!memory.leading || rejected.term < term()) return;
  Progress& progress = memory.leading->others.at(from);
  progress.active = true;
  const bool overtaken = progress.probing ? rejected.previous + 1 != progress.next
                                          : rejected.previous <= progress.match;
  if (overtaken && rejected.last >= progress.match) return;
  progress.probing = true;
  progress.probed = false;
  progress.next = no_later_than(rejected.hint).index + 1;
  send_entries(from, progress, ctx);
}

// Counts replicas for entries of its own term alone: an older entry on a majority may yet be
// overwritten (the paper's figure 8).
void Replica::advance_commit(Context& ctx) {
  std::vector<Index> stored{memory.durable};
  for (const auto& [peer, progress] : memory.leading->others)
    stored.push_back(progress.match);
  std::stable_sort(stored.begin(), stored.end(), std::greater<>());
  const Index on_majority = stored[stored.size() / 2];
  if (on_majority <= memory.commit) return;
  if (term_at(on_majority) != term()) ctx.sometimes(probes::kOlderTermWaits);
  if (term_at(on_majority) != term() && !options.has(Bug::commit_older_terms)) return;
  commit_up_to(on_majority, ctx);
  finish_rounds(ctx);
  for (auto& [peer, progress] : memory.leading->others)
    if (!progress.probing && progress.next > last_index()) send_append(peer, progress, 0, ctx);
}

// ---- the followers' side ------------------------------------------------------------------------

void Replica::on(const AppendEntries& append, NodeId from, Context& ctx) {
  memory.heard_from[from] = ctx.monotonic();
  if (append.term < term()) return post(from, Rejected{term(), append.previous.index, {}, 0}, ctx);
  if (append.term > term() || memory.leader != from) {
    CLEAVE_ASSERT(append.term > term() || !memory.leading,
                  "election safety: a term has one leader at most");
    follow(append.term, from, ctx);
    record_ballot(ctx);
  }
  memory.heard = memory.patient_since = ctx.monotonic();
  const Index previous = append.previous.index;
  const bool agrees = previous <= last_index() && (term_at(previous) == append.previous.term ||
                                                   options.has(Bug::skip_log_check));
  if (!agrees) {
    ctx.sometimes(probes::kLogsDisagree);
    const LogEnd hint = no_later_than({append.previous.term, std::min(previous, last_index())});
    return post(from, Rejected{term(), previous, hint, last_index()}, ctx);
  }
  take_entries(append, ctx);
  memory.answering = Answering{append.round, append.sent};
  sync(ctx);
  const bool synced = memory.durable == last_index() || options.has(Bug::acknowledge_before_sync);
  if (append.entries.empty() || synced) acknowledge(ctx);
}

void Replica::take_entries(const AppendEntries& append, Context& ctx) {
  Index index = append.previous.index;
  for (const Entry& entry : append.entries) {
    if (index + 1 <= last_index() && term_at(index + 1) != entry.term) {
      ctx.sometimes(probes::kLogCutBack);
      truncate_after(index);
    }
    if (index == last_index()) {
      if (ctx.disk_full()) {
        ctx.sometimes(probes::kDiskFull);
        break;  // it will be sent again
      }
      record_ballot(ctx);
      disk.log.append(entry);
    }
    ++index;
  }
  memory.verified = std::max(memory.verified, index);
  commit_up_to(std::max(memory.commit, std::min(append.commit, index)), ctx);
}

void Replica::acknowledge(Context& ctx) {
  if (!memory.leader || !memory.answering) return;
  const Index stored = options.has(Bug::acknowledge_before_sync) ? last_index() : memory.durable;
  post(*memory.leader,
       Appended{term(), std::min(stored, memory.verified), memory.answering->round,
                memory.answering->sent},
       ctx);
}

// ---- both ---------------------------------------------------------------------------------------

// Where this log may agree with one of which `end` is an entry: before that, terms are no higher.
LogEnd Replica::no_later_than(LogEnd end) const {
  Index index = std::min(end.index, last_index());
  while (index > 0 && term_at(index) > end.term)
    --index;
  return {term_at(index), index};
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
  progress.probing = true;
  progress.next = progress.match + 1;
}

}  // namespace cleave::models::store::raft
