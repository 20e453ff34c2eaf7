// Gossip: once in a while a node tells another one the newest heartbeats that it has heard of, and
// gets the other's, so that heartbeats go around where two cannot talk to each other. Who is up is
// each node's own opinion, by its own failure detector; it is told to nobody.
#include "models/store/cassandra/probes.h"
#include "models/store/cassandra/replica.h"

#include <algorithm>

namespace cleave::models::store::cassandra {

namespace {

// Silence after which a connection is given up, and opened anew (internode_tcp_user_timeout).
constexpr Duration kConnectionPatience{30'000'000'000};

}  // namespace

// One that is up, if there is one; and sometimes one that is not, or nobody would learn that it
// came back.
void Replica::on(const GossipDue& due, NodeId self, Context& ctx) {
  ctx.start_timer(options.gossip_every, due);
  memory.peers[ring.member(self)].newest = {memory.generation, ++memory.version};
  std::vector<NodeId> up;
  std::vector<NodeId> down;
  for (const NodeId node : ring.members())
    if (node != self) (peer(node).alive ? up : down).push_back(node);
  if (!up.empty()) gossip_with(up[ctx.random(Purpose("gossip")).below(up.size())], ctx);
  if (!down.empty()) {
    Random random = ctx.random(Purpose("gossip with one that is down"));
    if (random.chance(down.size(), up.size() + 1))
      gossip_with(down[random.below(down.size())], ctx);
  }
  convict_silent(ctx);
  update_speculation();
}

void Replica::gossip_with(NodeId node, Context& ctx) {
  Peer& to = peer(node);
  const Time now = ctx.monotonic();
  if (!to.alive || (to.unanswered && now - *to.unanswered > kConnectionPatience)) {
    ctx.close(node);
    to.unanswered.reset();
  }
  if (!to.unanswered) to.unanswered = now;
  ctx.send(node, GossipSyn{now, all_heard()});
}

std::vector<Heartbeat> Replica::all_heard() const {
  std::vector<Heartbeat> newest;
  for (const Peer& peer : memory.peers)
    newest.push_back(peer.newest);
  return newest;
}

void Replica::on(const GossipSyn& syn, NodeId from, Context& ctx) {
  hear_of(syn.newest, ctx);
  GossipAck answer{syn.sent, all_heard(), {}};
  if (is_hybrid()) answer.clock = ctx.now();
  ctx.send(from, answer);
}

void Replica::on(const GossipAck& ack, NodeId from, Context& ctx) {
  Peer& answers = peer(from);
  answers.unanswered.reset();
  const Duration took = ctx.monotonic() - ack.sent;
  answers.round_trip = answers.round_trip.ns == 0 ? took : (answers.round_trip * 7 + took) / 8;
  if (ack.clock) compare_clocks(answers, *ack.clock, took, ctx);
  hear_of(ack.newest, ctx);
}

void Replica::hear_of(const std::vector<Heartbeat>& newest, Context& ctx) {
  const Time now = ctx.monotonic();
  const std::size_t self = ring.member(ctx.self());
  for (std::size_t i = 0; i < newest.size(); ++i) {
    Peer& of = memory.peers[i];
    if (i == self || newest[i] <= of.newest) continue;
    of.newest = newest[i];
    of.arrivals.note(now, options.gossip_every * 2);
    if (!of.alive) ctx.send(ring.members()[i], Echo{});
  }
}

void Replica::on(const Echo& /*echo*/, NodeId from, Context& ctx) {
  ctx.send(from, EchoAnswer{});
}

void Replica::on(const EchoAnswer& /*answer*/, NodeId from, Context& ctx) {
  Peer& back = peer(from);
  if (back.alive) return;
  back.alive = true;
  back.down_since.reset();
  back.arrivals.last = ctx.monotonic();
  ctx.sometimes(probes::kSeenUp);
  ctx.fact(Purpose("seen up"), from.value);
  watch_hints(ctx);
}

void Replica::convict_silent(Context& ctx) {
  const Time now = ctx.monotonic();
  for (const NodeId node : ring.members()) {
    Peer& silent = peer(node);
    if (node == ctx.self() || !silent.alive) continue;
    if (!silent.arrivals.convicts(now, options.phi_convict_threshold)) continue;
    silent.alive = false;
    silent.down_since = now;
    ctx.sometimes(probes::kSeenDown);
    ctx.fact(Purpose("seen down"), node.value);
    ctx.close(node);
    repair_without(node, ctx);
  }
}

}  // namespace cleave::models::store::cassandra
