// The acceptor of lightweight transactions: promises and what was accepted, on the disk before
// anybody hears of it (as far as the commit log waits for the disk).
#include "models/store/cassandra/probes.h"
#include "models/store/cassandra/replica.h"

#include <utility>

namespace cleave::models::store::cassandra {

PaxosState Replica::paxos(Token partition) const {
  const PaxosState* state = disk.paxos.find(partition);
  return state ? *state : PaxosState{};
}

void Replica::on(const Prepare& prepare, NodeId proposer, Context& ctx) {
  if (ctx.disk_full() || !believes(prepare.ballot.timestamp, ctx)) return;
  PaxosState state = paxos(prepare.partition);
  if (prepare.ballot <= state.promised)
    return answer_now(proposer, Promise{prepare.serial, prepare.ballot, std::move(state)}, ctx);
  state.promised = prepare.ballot;
  disk.paxos.put(prepare.partition, state);
  ++memory.written;
  when_safe(proposer, Promise{prepare.serial, prepare.ballot, std::move(state)}, ctx);
}

void Replica::on(const Propose& propose, NodeId proposer, Context& ctx) {
  if (ctx.disk_full()) return;
  PaxosState state = paxos(propose.partition);
  const Ballot ballot = propose.proposal.ballot;
  const bool stale = ballot < state.promised;
  if (stale) ctx.sometimes(probes::kProposalRefused);
  if (stale && !options.has(Bug::accept_stale_ballot))
    return answer_now(proposer, Accept{propose.serial, ballot, state.promised}, ctx);
  state.promised = ballot;
  state.accepted = propose.proposal;
  disk.paxos.put(propose.partition, std::move(state));
  ++memory.written;
  when_safe(proposer, Accept{propose.serial, ballot, ballot}, ctx);
}

// What was decided is in the commit log, safe.
void Replica::note_commit(const Mutation& mutation, Ballot ballot) {
  const Token partition = mutation.name.partition;
  PaxosState state = paxos(partition);
  if (state.committed && state.committed->ballot >= ballot) return;
  state.committed = Proposal{ballot, mutation};
  if (state.accepted && state.accepted->ballot <= ballot) state.accepted.reset();
  disk.paxos.put(partition, std::move(state));
}

}  // namespace cleave::models::store::cassandra
