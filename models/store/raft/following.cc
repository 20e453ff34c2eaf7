// What a follower does with the log that its leader sends (section 3.5): appends what goes on from
// where the two agree, replaces what does not, and says how far its disk has it.
#include "models/store/raft/probes.h"
#include "models/store/raft/replica.h"
#include "sim/base/assert.h"

#include <algorithm>

namespace cleave::models::store::raft {

// Whether who sent this leads; if so it is followed from now on.
bool Replica::heed(Term of_leader, NodeId leader, Context& ctx) {
  memory.heard_from[leader] = ctx.monotonic();
  if (of_leader < term()) return false;
  if (of_leader > term() || memory.leader != leader) {
    CLEAVE_ASSERT(of_leader > term() || !memory.leading,
                  "election safety: a term has one leader at most");
    follow(of_leader, leader, ctx);
    record_ballot(ctx);
  }
  memory.heard = memory.patient_since = ctx.monotonic();
  return true;
}

void Replica::on(const AppendEntries& append, NodeId from, Context& ctx) {
  const Index previous = append.previous.index;
  if (!heed(append.term, from, ctx)) return post(from, Rejected{term(), previous, {}, 0}, ctx);
  // What a snapshot stands for is committed: every leader has it.
  const bool agrees = previous <= memory.snapshot.index ||
                      (previous <= last_index() && (term_at(previous) == append.previous.term ||
                                                    options.has(Bug::skip_log_check)));
  if (!agrees) {
    ctx.sometimes(probes::kLogsDisagree);
    const Index hint =
        std::max(memory.snapshot.index,
                 no_later_than({append.previous.term, std::min(previous, last_index())}));
    return post(from, Rejected{term(), previous, {term_at(hint), hint}, last_index()}, ctx);
  }
  take_entries(append, ctx);
  memory.answering = Answering{append.round, append.sent};
  sync(ctx);
  // Who has no room answers nothing: the leader tries again with its next heartbeat, not at once.
  if (previous + append.entries.size() > last_index()) return;
  const bool synced = memory.durable == last_index() || options.has(Bug::acknowledge_before_sync);
  if (append.entries.empty() || synced) acknowledge(ctx);
}

void Replica::take_entries(const AppendEntries& append, Context& ctx) {
  Index index = append.previous.index;
  for (const Entry& entry : append.entries) {
    if (++index <= memory.snapshot.index) continue;
    if (index <= last_index() && term_at(index) != entry.term) {
      ctx.sometimes(probes::kLogCutBack);
      if (memory.members.rbegin()->first >= index) ctx.sometimes(probes::kChangeTakenBack);
      truncate_after(index - 1);
    }
    if (index <= last_index()) continue;
    if (ctx.disk_full()) {  // it will be sent again
      ctx.sometimes(probes::kDiskFull);
      --index;
      break;
    }
    record_ballot(ctx);
    if (entry.change) adopt(*entry.change, index);
    disk.log.append(entry);
  }
  if (options.has(Bug::truncate_without_conflict) && index < last_index()) truncate_after(index);
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

}  // namespace cleave::models::store::raft
