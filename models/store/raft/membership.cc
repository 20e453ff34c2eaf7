// Who belongs to the group, one change at a time (chapter 4), and handing over the lead (3.10). An
// administrator asks for either until it is told that it is done: what has begun then goes on,
// under whichever leader.
#include "models/store/raft/probes.h"
#include "models/store/raft/replica.h"
#include "sim/base/assert.h"
#include "sim/trace/facts.h"

#include <iterator>

namespace cleave::models::store::raft {

void Replica::on(const Order& order, NodeId administrator, Context& ctx) {
  OrderState state{order.number, false, memory.leader};
  if (!memory.leading) return ctx.send(administrator, state);
  // One that was long on its way, and was carried out by another leader meanwhile, undoes nothing
  // of what came after it.
  if (order.number < members().order)
    state.done = true;
  else if (order.task == Order::Task::add)
    state.done = add(order, ctx);
  else if (order.task == Order::Task::remove)
    state.done = remove(order, ctx);
  else
    state.done = hand_over(order.member, ctx);
  ctx.send(administrator, state);
}

// ---- changes ------------------------------------------------------------------------------------

// A new replica gets the log first, and votes when little is missing (4.2.1): until then it could
// only make a majority harder to reach.
bool Replica::add(const Order& order, Context& ctx) {
  const NodeId member = order.member;
  if (members().voters.contains(member)) return memory.commit >= memory.members.rbegin()->first;
  if (!members().learners.contains(member))
    propose({Change::What::add_learner, member, order.number}, ctx);
  else if (memory.leading->others.at(member).catch_up.done)
    propose({Change::What::promote, member, order.number}, ctx);
  return false;
}

// The last voter stays: nobody could commit that it goes.
bool Replica::remove(const Order& order, Context& ctx) {
  const NodeId member = order.member;
  if (!members().has(member)) return memory.commit >= memory.members.rbegin()->first;
  if (members().voters != std::set<NodeId>{member})
    propose({Change::What::remove, member, order.number}, ctx);
  return false;
}

void Replica::propose(const Change& change, Context& ctx) {
  if (may_change(ctx)) append({term(), {}, change}, ctx);
}

// One change at a time, and none before an entry of the leader's own term is committed: else two
// changes of two leaders could be in force at once, and have majorities without a common replica
// (Ongaro, "bug in single-server membership changes", raft-dev, 2015).
bool Replica::may_change(Context& ctx) const {
  const bool settled =
      memory.commit >= memory.members.rbegin()->first || options.has(Bug::two_changes_at_once);
  const bool own =
      memory.commit >= memory.leading->first || options.has(Bug::change_before_own_entry);
  return settled && own && !memory.leading->transfer && !ctx.disk_full();
}

// In force as soon as the log has it (4.1).
void Replica::adopt(const Change& change, Index index) {
  Configuration members = memory.members.rbegin()->second;
  members.make(change);
  memory.members[index] = std::move(members);
}

// A leader sends its log to every other member, and to nobody else.
void Replica::follow_members(Context& ctx) {
  std::map<NodeId, Progress>& others = memory.leading->others;
  std::erase_if(others, [this](const auto& other) { return !members().has(other.first); });
  for (const std::set<NodeId>& some : {members().voters, members().learners})
    for (const NodeId peer : some) {
      if (peer == ctx.self() || others.contains(peer)) continue;
      others[peer].next = last_index() + 1;
      others[peer].catch_up = {last_index(), ctx.monotonic(), false};
      memory.heard_from[peer] = ctx.monotonic();
    }
}

void Replica::catch_up(Progress& progress, Context& ctx) const {
  CatchUp& round = progress.catch_up;
  if (progress.match < round.until) return;
  if (ctx.monotonic() < round.since + options.election_timeout) round.done = true;
  round = {last_index(), ctx.monotonic(), round.done};
}

// To judges: what they may expect of a replica depends on whether it belongs to its store.
void Replica::tell_of(const Change& change, Context& ctx) const {
  switch (change.what) {
    case Change::What::add_learner:
      return ctx.sometimes(probes::kLearnerAdded);
    case Change::What::promote:
      ctx.sometimes(probes::kLearnerPromoted);
      return ctx.fact(facts::kJoinedStore, change.member.value, store.value);
    case Change::What::remove:
      ctx.sometimes(probes::kMemberRemoved);
      return ctx.fact(facts::kLeftStore, change.member.value, store.value);
  }
}

// A leader that is to go leads until that is committed, without counting itself (4.2.2).
void Replica::leave_if_removed(Context& ctx) {
  if (members().has(ctx.self()) || memory.commit < memory.members.rbegin()->first) return;
  ctx.sometimes(probes::kLeaderRemoved);
  follow(term(), {}, ctx);
}

// ---- handing over the lead ----------------------------------------------------------------------

bool Replica::hand_over(NodeId to, Context& ctx) {
  if (to == ctx.self()) return memory.commit >= memory.leading->first;
  if (memory.leading->transfer || !members().voters.contains(to)) return false;
  memory.leading->transfer = Transfer{to, ctx.monotonic(), false};
  go_on_transferring(ctx);
  return false;
}

void Replica::go_on_transferring(Context& ctx) {
  std::optional<Transfer>& transfer = memory.leading->transfer;
  if (!transfer) return;
  const auto target = memory.leading->others.find(transfer->to);
  if (target == memory.leading->others.end() ||
      ctx.monotonic() >= transfer->since + options.election_timeout) {
    ctx.sometimes(probes::kNotHandedOver);
    return transfer.reset();  // it leads on
  }
  if (transfer->told || target->second.match < last_index()) return;
  transfer->told = true;
  // The others will vote although they hear this leader: its lease has nothing to stand on.
  memory.leading->made_way = true;
  ctx.fact(Purpose("made way"), transfer->to.value, term().value);
  post(transfer->to, TimeoutNow{term()}, ctx);
}

void Replica::on(const TimeoutNow& now, NodeId leader, Context& ctx) {
  memory.heard_from[leader] = ctx.monotonic();
  if (now.term != term() || memory.leading || memory.seeking || !may_seek(ctx.self())) return;
  seek(Poll::vote, ctx);
  memory.seeking->asked_for = true;
}

}  // namespace cleave::models::store::raft
