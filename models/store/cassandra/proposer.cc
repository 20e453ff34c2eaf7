// The proposer of lightweight transactions. It asks for promises, finishes what an earlier round
// left undecided, reads, proposes what follows from that, and commits.
#include "models/store/answering.h"
#include "models/store/cassandra/probes.h"
#include "models/store/cassandra/replica.h"

#include <algorithm>
#include <utility>

namespace cleave::models::store::cassandra {

namespace {

using Stage = Transaction::Stage;

// Before another try, drawn from nothing up to this.
constexpr std::uint64_t kMostBackoffNs = 100'000'000;

bool is_late(const Transaction& transaction, const Options& options, Context& ctx) {
  return ctx.monotonic() - transaction.begun >= options.cas_contention_timeout;
}

}  // namespace

void Replica::transact(const Request& request, Level level, Context& ctx) {
  const std::size_t range = ring.range_of(token_of(request.key, request.type));
  const ReplicaSet& replicas = ring.replicas_of_range(range);
  const ReplicaMask up = alive(replicas, ctx);
  if (!enough(level, replicas, up, home(ctx))) {
    ctx.sometimes(probes::kUnavailable);
    return turn_away(request.id, Outcome::unavailable, Reason::no_leader, ctx);
  }
  const Serial serial = ++memory.last_serial;
  Transaction& transaction = memory.transactions[serial];
  transaction.request = request;
  transaction.level = level;
  transaction.range = range;
  transaction.begun = ctx.monotonic();
  prepare(serial, ctx);
}

// Begins a stage in which acceptors are asked, and says which.
std::vector<NodeId> Replica::begin_round(Transaction& transaction, Stage stage, Context& ctx) {
  const ReplicaSet& replicas = ring.replicas_of_range(transaction.range);
  transaction.stage = stage;
  transaction.agreed = transaction.refused = 0;
  transaction.asked = alive(replicas, ctx);
  if (is_local(transaction.level)) transaction.asked &= replicas.in(home(ctx));
  transaction.deadline = ctx.monotonic() + options.write_request_timeout;
  watch(transaction.deadline, ctx);
  std::vector<NodeId> nodes;  // this one last: it may answer at once
  for (std::size_t i = 0; i < replicas.nodes.size(); ++i)
    if ((transaction.asked >> i & 1) != 0 && replicas.nodes[i] != ctx.self())
      nodes.push_back(replicas.nodes[i]);
  if ((transaction.asked & replicas.bit(ctx.self())) != 0) nodes.push_back(ctx.self());
  return nodes;
}

void Replica::prepare(Serial serial, Context& ctx) {
  if (!may_stamp(ctx)) return time_out_transaction(serial, ctx);  // its clock was right, and jumped
  Transaction& transaction = memory.transactions.at(serial);
  transaction.undecided.reset();
  transaction.committed.reset();
  transaction.behind = 0;
  memory.last_ballot = next_after(memory.last_ballot, ctx);
  believes(memory.last_ballot, ctx);
  transaction.ballot = {memory.last_ballot, ctx.self()};
  const Prepare message{serial, ring_token(transaction), transaction.ballot};
  for (const NodeId node : begin_round(transaction, Stage::preparing, ctx))
    if (node == ctx.self())
      on(message, node, ctx);
    else
      ctx.send(node, message);
}

Token Replica::ring_token(const Transaction& transaction) {
  return token_of(transaction.request.key, transaction.request.type);
}

// Of an acceptor that has promised a later one. A ballot from a clock that is far ahead is none to
// outbid: the others decide without that acceptor.
void Replica::note_ballot(const Ballot& promised, Context& ctx) {
  if (is_hybrid() && promised.timestamp > latest_believed(ctx)) return;
  memory.last_ballot = std::max(memory.last_ballot, promised.timestamp);
}

void Replica::on(const Promise& promise, NodeId from, Context& ctx) {
  note_ballot(promise.state.promised, ctx);
  const auto found = memory.transactions.find(promise.serial);
  if (found == memory.transactions.end()) return;
  Transaction& transaction = found->second;
  if (transaction.stage != Stage::preparing || transaction.ballot != promise.ballot) return;
  const ReplicaSet& replicas = ring.replicas_of_range(transaction.range);
  if (promise.state.promised != promise.ballot) {
    transaction.refused |= replicas.bit(from);
    return back_off_if_hopeless(promise.serial, ctx);
  }
  transaction.agreed |= replicas.bit(from);
  const auto keep_later = [](std::optional<Proposal>& last, const std::optional<Proposal>& other) {
    if (other && (!last || last->ballot < other->ballot)) last = other;
  };
  keep_later(transaction.undecided, promise.state.accepted);
  const auto before = transaction.committed;
  keep_later(transaction.committed, promise.state.committed);
  if (before != transaction.committed) transaction.behind = transaction.agreed;
  if (transaction.committed == promise.state.committed)
    transaction.behind &= ~replicas.bit(from);
  else
    transaction.behind |= replicas.bit(from);
  if (enough(transaction.level, replicas, transaction.agreed, home(ctx)))
    after_promises(promise.serial, ctx);
}

void Replica::after_promises(Serial serial, Context& ctx) {
  Transaction& transaction = memory.transactions.at(serial);
  const auto& undecided = transaction.undecided;
  const bool open = undecided && undecided->mutation &&
                    (!transaction.committed || undecided->ballot > transaction.committed->ballot);
  if (open && !options.has(Bug::forget_undecided)) {
    ctx.sometimes(probes::kRoundFinished);
    transaction.proposal = {transaction.ballot, undecided->mutation};
    return propose(serial, Stage::finishing, ctx);
  }
  if (transaction.behind != 0) {
    ctx.sometimes(probes::kCommitMissed);
    transaction.stage = Stage::refreshing;
    Writing writing;
    writing.purpose = StepOf{serial};
    writing.mutation = *transaction.committed->mutation;
    writing.ballot = transaction.committed->ballot;
    writing.level = transaction.level;
    return commit(transaction, std::move(writing), ctx);
  }
  read_for(serial, ctx);
}

void Replica::read_for(Serial serial, Context& ctx) {
  Transaction& transaction = memory.transactions.at(serial);
  transaction.stage = Stage::reading;
  transaction.deadline = ctx.monotonic() + options.read_request_timeout;
  watch(transaction.deadline, ctx);
  const Request request = transaction.request;
  const Level level = is_local(transaction.level) ? Level::local_quorum : Level::quorum;
  read(request, level, serial, ctx);
}

void Replica::decide_on(Serial serial, const Page& page, Context& ctx) {
  const auto found = memory.transactions.find(serial);
  if (found == memory.transactions.end() || found->second.stage != Stage::reading) return;
  Transaction& transaction = found->second;
  transaction.proposal = {transaction.ballot, {}};
  if (is_update(transaction.request.action)) {
    Decision decision = decide(transaction.request, page, transaction.ballot.timestamp);
    transaction.result = std::move(decision.result);
    transaction.proposal.mutation = std::move(decision.mutation);
  } else {
    transaction.result = result_of(transaction.request, page);
  }
  if (transaction.proposal.mutation)
    note_stamps(*transaction.proposal.mutation);
  else if (options.has(Bug::read_without_proposal))
    return end_transaction(serial, std::exchange(transaction.result, {}), ctx);
  propose(serial, Stage::proposing, ctx);
}

void Replica::propose(Serial serial, Stage stage, Context& ctx) {
  Transaction& transaction = memory.transactions.at(serial);
  const Propose message{serial, ring_token(transaction), transaction.proposal};
  for (const NodeId node : begin_round(transaction, stage, ctx))
    if (node == ctx.self())
      on(message, node, ctx);
    else
      ctx.send(node, message);
}

void Replica::on(const Accept& accept, NodeId from, Context& ctx) {
  note_ballot(accept.promised, ctx);
  const auto found = memory.transactions.find(accept.serial);
  if (found == memory.transactions.end()) return;
  Transaction& transaction = found->second;
  const bool asked = transaction.stage == Stage::proposing || transaction.stage == Stage::finishing;
  if (!asked || transaction.ballot != accept.ballot) return;
  const ReplicaSet& replicas = ring.replicas_of_range(transaction.range);
  if (accept.promised != accept.ballot) {
    transaction.refused |= replicas.bit(from);
    return back_off_if_hopeless(accept.serial, ctx);
  }
  transaction.agreed |= replicas.bit(from);
  if (enough(transaction.level, replicas, transaction.agreed, home(ctx)))
    after_acceptance(accept.serial, ctx);
}

// Decided. What changes nothing need not be committed.
void Replica::after_acceptance(Serial serial, Context& ctx) {
  Transaction& transaction = memory.transactions.at(serial);
  const bool own = transaction.stage == Stage::proposing;
  if (!transaction.proposal.mutation) {
    if (own) return end_transaction(serial, std::exchange(transaction.result, {}), ctx);
    return prepare(serial, ctx);
  }
  Writing writing;
  writing.mutation = *transaction.proposal.mutation;
  writing.ballot = transaction.ballot;
  writing.level = commit_level(transaction.level);
  if (own) {
    writing.purpose = Client{transaction.request.id};
    writing.result = std::move(transaction.result);
    const Transaction done = std::move(transaction);
    memory.transactions.erase(serial);
    return commit(done, std::move(writing), ctx);
  }
  writing.purpose = StepOf{serial};
  transaction.stage = Stage::committing_other;
  commit(transaction, std::move(writing), ctx);
}

// As a plain update asks for, or for one made by transactions alone as many as they ask for.
Level Replica::commit_level(Level serial) const {
  if (!is_serial(options.write)) return options.write;
  return is_local(serial) ? Level::local_quorum : Level::quorum;
}

void Replica::commit(const Transaction& transaction, Writing writing, Context& ctx) {
  writing.range = transaction.range;
  if (std::holds_alternative<StepOf>(writing.purpose)) writing.result.outcome = Outcome::ok;
  writing.deadline = ctx.monotonic() + options.write_request_timeout;
  watch(writing.deadline, ctx);
  const Serial serial = ++memory.last_serial;
  send_write(serial, memory.writes.emplace(serial, std::move(writing)).first->second, ctx);
}

// A commit on another's behalf is made, or timed out.
void Replica::after_step(Serial serial, Outcome outcome, Context& ctx) {
  const auto found = memory.transactions.find(serial);
  if (found == memory.transactions.end()) return;
  const Stage stage = found->second.stage;
  if (outcome != Outcome::ok) return time_out_transaction(serial, ctx);
  if (stage == Stage::refreshing) return read_for(serial, ctx);
  if (stage != Stage::committing_other) return;
  // Two that finish each other's rounds would otherwise do so for ever.
  if (is_late(found->second, options, ctx)) return time_out_transaction(serial, ctx);
  prepare(serial, ctx);
}

// Too many have promised a later ballot. Of a proposal that some accepted nobody knows whether a
// later round will find it.
void Replica::back_off_if_hopeless(Serial serial, Context& ctx) {
  Transaction& transaction = memory.transactions.at(serial);
  const ReplicaSet& replicas = ring.replicas_of_range(transaction.range);
  if (enough(transaction.level, replicas, transaction.asked & ~transaction.refused, home(ctx)))
    return;
  ctx.sometimes(probes::kContention);
  const bool own = transaction.stage == Stage::proposing && transaction.proposal.mutation;
  const bool may_be_accepted = own && transaction.refused != transaction.asked;
  if (may_be_accepted || is_late(transaction, options, ctx))
    return time_out_transaction(serial, ctx);
  transaction.stage = Stage::backing_off;
  transaction.deadline = ctx.monotonic() + options.write_request_timeout;
  watch(transaction.deadline, ctx);
  const std::uint64_t pause = ctx.random(Purpose("contention")).below(kMostBackoffNs);
  ctx.start_timer({static_cast<std::int64_t>(pause)}, ContentionDue{serial});
}

void Replica::on(const ContentionDue& due, NodeId /*self*/, Context& ctx) {
  const auto found = memory.transactions.find(due.serial);
  if (found != memory.transactions.end() && found->second.stage == Stage::backing_off)
    prepare(due.serial, ctx);
}

void Replica::time_out_transaction(Serial serial, Context& ctx) {
  ctx.sometimes(probes::kTransactionUnknown);
  end_transaction(serial, {Outcome::unknown, Reason::timed_out, 0, 0, {}}, ctx);
}

// For a read that came to nothing nothing happened.
void Replica::end_transaction(Serial serial, Result result, Context& ctx) {
  const auto found = memory.transactions.extract(serial);
  const Request& request = found.mapped().request;
  if (result.outcome == Outcome::unknown && !is_update(request.action))
    result.outcome = Outcome::unavailable;
  reply(request.id, std::move(result), ctx);
}

}  // namespace cleave::models::store::cassandra
