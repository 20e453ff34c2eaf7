// Terms and elections (section 3.4), with what keeps a part of the group from disturbing the rest:
// PreVote (9.6), CheckQuorum (6.2) and votes that stick to a leader who is heard (4.2.3). A vote is
// on the disk before anybody hears of it.
#include "models/store/answering.h"
#include "models/store/raft/probes.h"
#include "models/store/raft/replica.h"
#include "sim/base/assert.h"
#include "sim/trace/facts.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace cleave::models::store::raft {

// ---- patience -----------------------------------------------------------------------------------

void Replica::be_patient(Context& ctx) {
  const Duration range = options.longest_election_timeout - options.election_timeout;
  Random random = ctx.random(Purpose("election timeout"));
  const auto more = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(range.ns)));
  memory.patience = options.election_timeout + Duration{more};
  memory.patient_since = ctx.monotonic();
  ctx.cancel(memory.election);
  memory.election = ctx.start_timer(memory.patience, ElectionDue{});
}

// One timer, which looks when it fires whether the leader was heard meanwhile.
void Replica::on(const ElectionDue& due, NodeId /*self*/, Context& ctx) {
  record_ballot(ctx);
  if (memory.leading) memory.patient_since = ctx.monotonic();
  if (memory.seeking && memory.seeking->poll == Poll::vote)
    ctx.sometimes(probes::kElectionWithoutWinner);
  const Duration left = memory.patient_since + memory.patience - ctx.monotonic();
  if (left > Duration{0})
    memory.election = ctx.start_timer(left, due);
  else if (!may_seek(ctx.self()))
    be_patient(ctx);
  else
    seek(options.pre_vote ? Poll::pre_vote : Poll::vote, ctx);
}

// Not a learner, nor who has been removed for good; one whose removal is not yet committed may be
// needed to commit it (4.2.2).
bool Replica::may_seek(NodeId self) const {
  const auto committed = std::prev(memory.members.upper_bound(memory.commit));
  return members().voters.contains(self) || committed->second.voters.contains(self);
}

bool Replica::heard_leader(Context& ctx) const {
  if (memory.leading) return true;
  return memory.heard && ctx.monotonic() < *memory.heard + options.election_timeout;
}

// ---- terms --------------------------------------------------------------------------------------

// A full disk cannot record it; it is tried again before the replica promises anything.
void Replica::record_ballot(Context& ctx) {
  if (disk.ballot.get() == memory.ballot || memory.recorded == memory.ballot || ctx.disk_full())
    return;
  disk.ballot.set(options.has(Bug::forget_vote) ? Ballot{term(), {}} : memory.ballot);
  ctx.sync_then(BallotRecorded{memory.ballot});
}

void Replica::on(const BallotRecorded& recorded, NodeId self, Context& ctx) {
  memory.recorded = recorded.ballot;
  if (recorded.ballot != memory.ballot || !memory.ballot.vote) return;
  if (*memory.ballot.vote != self)
    return post(*memory.ballot.vote, Vote{Poll::vote, term(), true}, ctx);
  if (memory.seeking && memory.seeking->poll == Poll::vote) ask_for_votes(ctx);
}

// Leaves whatever this replica was, for the term or its leader. The caller records the ballot.
void Replica::follow(Term newer, std::optional<NodeId> leader, Context& ctx) {
  CLEAVE_ASSERT(newer >= term(), "terms never fall");
  memory.leader = leader;
  if (memory.leading && newer > term()) ctx.sometimes(probes::kDeposed);
  if (memory.leading) step_down(ctx);
  memory.seeking.reset();
  memory.verified = 0;
  memory.answering.reset();
  be_patient(ctx);
  if (newer > term()) memory.ballot = {newer, {}};
}

void Replica::overtaken_by(Term newer, Context& ctx) {
  follow(newer, {}, ctx);
  record_ballot(ctx);
}

// What waits may be committed by the next leader, or not: that is for its client to find out.
void Replica::step_down(Context& ctx) {
  ctx.fact(facts::kCeasedToLead, ctx.self().value, term().value);
  const Leadership last = std::move(*memory.leading);
  memory.leading.reset();
  for (const OperationId id : last.waiting) {
    Result result;
    result.reason = Reason::superseded;
    answer(Reply{id, result, memory.leader}, ctx);
  }
  for (const PendingRead& read : last.reads)
    redirect(read.request, ctx);
}

// ---- votes --------------------------------------------------------------------------------------

void Replica::seek(Poll poll, Context& ctx) {
  be_patient(ctx);
  memory.leader.reset();
  memory.seeking = Candidacy{poll, {term().value + 1}, {}, false};
  if (poll == Poll::pre_vote) return ask_for_votes(ctx);
  memory.ballot = {memory.seeking->term, ctx.self()};
  memory.verified = 0;
  memory.answering.reset();
  record_ballot(ctx);  // its own vote counts when the disk has it
}

void Replica::ask_for_votes(Context& ctx) {
  Candidacy& seeking = *memory.seeking;
  seeking.granted.insert(ctx.self());
  for (const NodeId peer : members().voters) {
    if (peer == ctx.self()) continue;
    reconnect_if_silent(peer, ctx);
    post(peer, RequestVote{seeking.poll, seeking.term, log_end(), seeking.asked_for}, ctx);
  }
  count_votes(ctx);
}

void Replica::on(const RequestVote& request, NodeId candidate, Context& ctx) {
  memory.heard_from[candidate] = ctx.monotonic();
  if (request.term > term()) {
    if (options.vote_stickiness && heard_leader(ctx) && !request.asked_for) return;
    if (request.poll == Poll::vote) follow(request.term, {}, ctx);
  }
  const bool up_to_date = request.last >= log_end() || options.has(Bug::vote_for_any_log);
  if (request.poll == Poll::pre_vote) {
    const bool granted = request.term > term() && up_to_date;
    if (!granted) ctx.sometimes(probes::kPreVoteRefused);
    return post(candidate, Vote{request.poll, granted ? request.term : term(), granted}, ctx);
  }
  const bool free =
      !memory.ballot.vote || *memory.ballot.vote == candidate || options.has(Bug::vote_twice);
  if (request.term == term() && free && !up_to_date) ctx.sometimes(probes::kLogBehind);
  if (request.term < term() || !free || !up_to_date || ctx.disk_full()) {
    record_ballot(ctx);
    return post(candidate, Vote{request.poll, term(), false}, ctx);
  }
  memory.ballot.vote = candidate;
  be_patient(ctx);
  if (memory.recorded == memory.ballot)
    post(candidate, Vote{request.poll, term(), true}, ctx);
  else
    record_ballot(ctx);
}

void Replica::on(const Vote& vote, NodeId voter, Context& ctx) {
  memory.heard_from[voter] = ctx.monotonic();
  if (!vote.granted) {
    if (vote.term > term()) overtaken_by(vote.term, ctx);
    return;
  }
  if (!memory.seeking || vote.poll != memory.seeking->poll || vote.term != memory.seeking->term)
    return;  // of an earlier poll
  memory.seeking->granted.insert(voter);
  count_votes(ctx);
}

void Replica::count_votes(Context& ctx) {
  const std::set<NodeId>& granted = memory.seeking->granted;
  const auto of_voters = std::count_if(granted.begin(), granted.end(), [this](NodeId voter) {
    return members().voters.contains(voter);
  });
  if (!members().is_majority(static_cast<std::size_t>(of_voters))) return;
  if (memory.seeking->poll == Poll::pre_vote)
    seek(Poll::vote, ctx);
  else
    take_lead(ctx);
}

// ---- leading ------------------------------------------------------------------------------------

void Replica::take_lead(Context& ctx) {
  CLEAVE_ASSERT(memory.recorded == memory.ballot && memory.ballot.vote == ctx.self(),
                "a leader has voted for itself, and its disk knows");
  ctx.fact(facts::kBeganToLead, ctx.self().value, term().value);
  if (memory.seeking->asked_for) ctx.sometimes(probes::kHandedOver);
  memory.seeking.reset();
  memory.leader = ctx.self();
  memory.leading.emplace();
  Leadership& leading = *memory.leading;
  leading.first = last_index() + 1;
  follow_members(ctx);
  for (Index index = memory.applied; index < last_index(); ++index)
    if (const auto& request = disk.log[index].request) leading.unapplied.insert(request->id);
  // Its own first entry commits what it has from before (5.4.2).
  append({term(), {}, {}}, ctx);
  ctx.start_timer(options.heartbeat_every, HeartbeatDue{term()});
  if (options.check_quorum) ctx.start_timer(options.quorum_within, QuorumDue{term()});
}

void Replica::on(const QuorumDue& due, NodeId /*self*/, Context& ctx) {
  if (!memory.leading || due.term != term()) return;
  std::size_t active = members().voters.contains(ctx.self()) ? 1 : 0;
  for (auto& [peer, progress] : memory.leading->others)
    if (std::exchange(progress.active, false) && members().voters.contains(peer)) ++active;
  if (!members().is_majority(active)) {
    ctx.sometimes(probes::kNoQuorum);
    return follow(term(), {}, ctx);
  }
  ctx.start_timer(options.quorum_within, due);
}

}  // namespace cleave::models::store::raft
