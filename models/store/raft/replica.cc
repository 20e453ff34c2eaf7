#include "models/store/raft/replica.h"

#include "models/store/answering.h"
#include "models/store/raft/probes.h"
#include "sim/base/assert.h"
#include "sim/trace/facts.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace cleave::models::store::raft {

namespace {

Reply not_served(const Request& request, Outcome outcome, Reason reason,
                 std::optional<NodeId> leader = {}) {
  Result result;
  result.outcome = outcome;
  result.reason = reason;
  return {request.id, std::move(result), leader};
}

}  // namespace

// ---- recovery -----------------------------------------------------------------------------------

// Memory is empty. What the disk says is committed is applied; the rest a leader will tell.
void Replica::on(const Start& start, NodeId self, Context& ctx) {
  disk.log.discard_torn();
  memory.incarnation = start.incarnation;
  recover_snapshot();
  memory.durable = last_index();
  // The disk may have kept an entry of a newer term, and lost the term itself.
  memory.ballot = memory.recorded = disk.ballot.get();
  if (log_end().term > term()) memory.ballot = {log_end().term, {}};
  for (Index index = memory.applied + 1; index <= last_index(); ++index)
    if (const auto& change = disk.log[index - 1].change) adopt(*change, index);
  memory.commit = std::max(memory.applied, std::min(disk.commit.get(), last_index()));
  while (memory.applied < memory.commit)
    take(disk.log[memory.applied++]);
  if (start.incarnation > 1) {
    install_updates(ctx);
    memory.heard = ctx.monotonic();  // it may have promised a leader not to vote
  } else if (!founders.has(self)) {
    ctx.fact(facts::kLeftStore, self.value, store.value);
  }
  be_patient(ctx);
}

// ---- clients ------------------------------------------------------------------------------------

void Replica::on(const Request& request, NodeId /*client*/, Context& ctx) {
  CLEAVE_ASSERT(request.store == store, "a request reaches a replica of its own store");
  receive(request, ctx);
  if (is_update(request.action))
    answer_update(request, ctx);
  else
    answer_read(request, ctx);
}

void Replica::redirect(const Request& request, Context& ctx) const {
  const bool elsewhere = !memory.leading && memory.leader && *memory.leader != ctx.self();
  answer(
      not_served(request, Outcome::unavailable, elsewhere ? Reason::elsewhere : Reason::no_leader,
                 elsewhere ? memory.leader : std::optional<NodeId>{}),
      ctx);
}

void Replica::answer_update(const Request& request, Context& ctx) {
  if (!memory.leading) return redirect(request, ctx);
  if (const std::optional<Result> before = memory.state.machine.recorded(request.id))
    return answer(Reply{request.id, *before, {}}, ctx);
  if (!supports(request.type, request.action))
    return answer(not_served(request, Outcome::refused, Reason::unsupported), ctx);
  append_request(request, ctx);
}

// A repeated request waits for the entry that it already has.
void Replica::append_request(const Request& request, Context& ctx) {
  Leadership& leading = *memory.leading;
  if (leading.transfer) return redirect(request, ctx);
  if (!leading.unapplied.contains(request.id)) {
    if (ctx.disk_full()) {
      const Outcome outcome = is_update(request.action) ? Outcome::refused : Outcome::unavailable;
      return answer(not_served(request, outcome, Reason::disk_full), ctx);
    }
    leading.unapplied.insert(request.id);
    append({term(), request}, ctx);
  } else {
    ctx.sometimes(probes::kRetryInLog);
  }
  leading.waiting.insert(request.id);
}

// ---- the log and the disk -----------------------------------------------------------------------

// Of a leader. It sends the entry while its own disk is at work on it (section 10.2.1).
void Replica::append(Entry entry, Context& ctx) {
  if (entry.change) {
    adopt(*entry.change, last_index() + 1);
    follow_members(ctx);
  }
  disk.log.append(std::move(entry));
  sync(ctx);
  send_entries_to_all(ctx);
}

void Replica::truncate_after(Index index) {
  CLEAVE_ASSERT(!memory.leading, "leader append-only: a leader never removes entries of its log");
  CLEAVE_ASSERT(index >= memory.commit, "a replica never removes what is committed");
  disk.log.truncate(index);
  memory.members.erase(memory.members.upper_bound(index), memory.members.end());
  ++memory.truncations;
  memory.durable = std::min(memory.durable, index);
  memory.verified = std::min(memory.verified, index);
}

// One sync at a time; what is written meanwhile goes with the next one (group commit).
void Replica::sync(Context& ctx) {
  if (memory.syncing || memory.durable == last_index()) return;
  memory.syncing = true;
  const Index safe = std::min(memory.commit, memory.durable);
  if (safe > disk.commit.get()) disk.commit.set(safe);
  ctx.sync_then(LogSynced{last_index(), memory.truncations});
}

void Replica::on(const LogSynced& synced, NodeId /*self*/, Context& ctx) {
  memory.syncing = false;
  if (synced.truncations == memory.truncations)
    memory.durable = std::max(memory.durable, synced.last);
  sync(ctx);
  if (memory.leading)
    advance_commit(ctx);
  else
    acknowledge(ctx);
}

// ---- applying -----------------------------------------------------------------------------------

void Replica::commit_up_to(Index index, Context& ctx) {
  CLEAVE_ASSERT(index <= last_index(), "what is committed is in the log");
  memory.commit = std::max(memory.commit, index);
  while (memory.applied < memory.commit) {
    apply(disk.log[memory.applied], ctx);
    ++memory.applied;
    take_snapshot_if_due(ctx);
  }
  // Of the configurations that are committed the last is enough.
  const auto later = memory.members.upper_bound(memory.commit);
  memory.members.erase(memory.members.begin(), std::prev(later));
}

void Replica::apply(const Entry& entry, Context& ctx) {
  if (entry.change && memory.leading) tell_of(*entry.change, ctx);
  if (!entry.request) return;
  const Request& request = *entry.request;
  const Result result =
      is_update(request.action) ? take(entry) : memory.state.machine.read(request);
  if (took_effect(request.action, result.outcome)) ctx.applied(store, request.id);
  if (!memory.leading) return;
  memory.leading->unapplied.erase(request.id);
  if (memory.leading->waiting.erase(request.id) > 0) answer(Reply{request.id, result, {}}, ctx);
}

// What an entry does to the state.
Result Replica::take(const Entry& entry) {
  if (!entry.request || !is_update(entry.request->action)) return {};
  Result result = memory.state.machine.apply(*entry.request);
  if (took_effect(entry.request->action, result.outcome))
    memory.state.updates.append(entry.request->id);
  return result;
}

std::string Replica::summary() const {
  return "term " + std::to_string(term().value) + ", log " + std::to_string(last_index());
}

std::string_view Replica::role() const {
  if (memory.leading) return "leader";
  return memory.seeking ? "candidate" : "follower";
}

}  // namespace cleave::models::store::raft
