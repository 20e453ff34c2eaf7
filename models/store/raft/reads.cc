// Reads that do not go through the log (section 6.4). ReadIndex: the leader notes how far the log
// is committed, and answers from there once a majority has shown, by answering a heartbeat sent
// afterwards, that nobody else led meanwhile. Lease: a majority that heard from the leader elects
// nobody else for an election timeout, so that for a shorter time the leader need not ask.
#include "models/store/answering.h"
#include "models/store/raft/probes.h"
#include "models/store/raft/replica.h"

namespace cleave::models::store::raft {

namespace {

constexpr std::size_t kMostReads = 5000;  // waiting at once (WARaft's limit of pending reads)

Reads way_of(const Request& request, const Options& options) {
  if (request.consistency == Consistency::eventual) return Reads::local;
  if (request.consistency == Consistency::strong && options.reads == Reads::local)
    return Reads::read_index;
  return options.reads;
}

}  // namespace

void Replica::answer_read(const Request& request, Context& ctx) {
  const Reads way = way_of(request, options);
  if (way == Reads::local && members().voters.contains(ctx.self())) return reply_read(request, ctx);
  if (!memory.leading) return redirect(request, ctx);
  if (way == Reads::log) return append_request(request, ctx);
  Leadership& leading = *memory.leading;
  if (way == Reads::lease && knows_commit() && holds_lease(ctx)) return reply_read(request, ctx);
  if (options.has(Bug::read_without_round) && knows_commit()) return reply_read(request, ctx);
  if (leading.reads.size() >= kMostReads) return redirect(request, ctx);
  const bool idle = leading.reads.empty();
  leading.reads.push_back({leading.round + 1, request});
  if (!idle) ctx.sometimes(probes::kReadsQueue);
  if (idle) begin_round(ctx);
}

void Replica::reply_read(const Request& request, Context& ctx) const {
  answer(Reply{request.id, memory.state.machine.read(request), {}}, ctx);
}

// Reads that come while a round is under way wait for the next one.
void Replica::begin_round(Context& ctx) {
  ++memory.leading->round;
  send_heartbeats(ctx);
  finish_rounds(ctx);
}

// A leader knows how far the log is committed only when an entry of its own term is (6.4, step 1).
bool Replica::knows_commit() const {
  return memory.commit >= memory.leading->first || options.has(Bug::read_before_own_entry);
}

void Replica::finish_rounds(Context& ctx) {
  Leadership& leading = *memory.leading;
  if (leading.reads.empty() || !knows_commit()) return;
  const std::uint64_t confirmed =
      on_majority(leading.round, ctx, [](const Progress& other) { return other.round; });
  auto next = leading.reads.begin();
  for (; next != leading.reads.end() && next->round <= confirmed; ++next)
    reply_read(next->request, ctx);
  if (next == leading.reads.begin()) return;
  leading.reads.erase(leading.reads.begin(), next);
  if (!leading.reads.empty() && leading.round == confirmed) begin_round(ctx);
}

bool Replica::holds_lease(Context& ctx) const {
  if (memory.leading->made_way) return false;
  const Time now = lease_clock(ctx);
  const Time heard = on_majority(
      now, ctx, [](const Progress& other) { return other.answered.value_or(Time{INT64_MIN / 2}); });
  return now < heard + options.lease;
}

// What leases are measured by: it must go on while the leader does not run.
Time Replica::lease_clock(Context& ctx) const {
  if (!options.has(Bug::lease_by_ticks)) return ctx.monotonic();
  return Time{} + options.heartbeat_every * static_cast<std::int64_t>(memory.leading->round);
}

}  // namespace cleave::models::store::raft
