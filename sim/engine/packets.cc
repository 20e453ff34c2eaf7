// The pipeline of one packet: reach (cut, hold) -> loss -> duplicate -> queue -> delay, link by
// link along its route and then through the links that faults lay in its way. A route without
// queues, bursts and radios is taken in one step.
#include "sim/engine/world.h"

#include <algorithm>
#include <utility>

namespace cleave {

PacketDraws World::draws_of(NodeCell& from, const NodeCell& to) {
  return PacketDraws::at(seed_, from.name, to.name, from.packets++);
}

void World::credit(NodeId from, NodeId to, std::uint64_t FaultEffect::*what) {
  if (const auto fault = reach_->first_rule(from, to)) ++(effects_.write()[fault->value].*what);
}

void World::post_datagram(Slot& slot) {
  CLEAVE_ASSERT(slot.to < nodes_.size(), "a message is sent to a node that exists");
  slot.set_kind(SlotKind::datagram);
  NodeCell& from = nodes_[slot.from];
  const NodeCell& to = nodes_[slot.to];
  if (from.host == to.host) return enqueue(slot, now_);
  const PacketDraws draws = draws_of(from, to);
  if (!passes(from, to)) return turn_away(slot, {slot.from}, {slot.to});
  launch(slot, {slot.from}, {slot.to}, now_, draws);
}

// A packet that no rule stops sets out at `start`.
void World::launch(Slot& slot, NodeId from_id, NodeId to_id, Time start, PacketDraws draws) {
  const NodeCell& from = nodes_[from_id.value];
  const NodeCell& to = nodes_[to_id.value];
  const Route* route = routes_.find(*topology_, from.place, to.place);
  if (!route) return lose(slot, from_id, to_id);
  if (!route->sum.plain())
    return travel({slot, hops_of(*route, from, to), 0, from_id, to_id, draws}, start);
  const Weather weather = fair_weather(route->sum, *topology_, draws);
  if (weather.lost) return lose(slot, from_id, to_id);
  const Time due = start + route->sum.latency;
  if (weather.duplicated && slot.kind() == SlotKind::datagram) {
    share_payload(slot);
    record(slot, RecordKind::duplicated);
    meet_faults(slot, from_id, to_id, due + weather.duplicate_more, draws.branch(2));
  }
  meet_faults(slot, from_id, to_id, due + weather.more, draws);
}

// Behind a route that is taken in one step lie the links of faults that name this pair. The route's
// weather is the same with them and without them.
void World::meet_faults(const Slot& slot, NodeId from_id, NodeId to_id, Time at,
                        PacketDraws draws) {
  const NodeCell& from = nodes_[from_id.value];
  const NodeCell& to = nodes_[to_id.value];
  if (reach_->conditions(from.zone, to.zone).empty()) return arrive(slot, at);
  travel({slot, faults_of(from, to), 0, from_id, to_id, draws}, at);
}

// Sets the time of arrival; nothing overtakes within a stream.
void World::arrive(const Slot& slot, Time due) {
  if (slot.kind() == SlotKind::connection) {
    Stream& stream = stream_of(slot);
    stream.last_due = due = std::max(due, stream.last_due);
  }
  enqueue(slot, due);
}

void World::lose(const Slot& slot, NodeId from, NodeId to) {
  if (slot.kind() == SlotKind::connection) return stall(slot);
  record_between(slot, from, to, RecordKind::lost);
  drop_payload(slot);
}

// What a rule in force does with a packet: drop it, hold it, or let a connection try again.
void World::turn_away(const Slot& slot, NodeId from, NodeId to) {
  if (reach_->holds(from, to)) {
    credit(from, to, &FaultEffect::delayed);
    record_between(slot, from, to, RecordKind::held);
    return held_.add(slot);
  }
  if (slot.kind() == SlotKind::connection) {
    credit(from, to, &FaultEffect::delayed);
    return stall(slot);
  }
  credit(from, to, &FaultEffect::dropped);
  record_between(slot, from, to, RecordKind::cut);
  drop_payload(slot);
}

// ---- link by link -------------------------------------------------------------------------------

std::vector<Hop> World::hops_of(const Route& route, const NodeCell& from,
                                const NodeCell& to) const {
  std::vector<Hop> hops;
  for (const LinkId link : routes_.links(route))
    hops.push_back({link, {}});
  for (const Hop& fault : faults_of(from, to))
    hops.push_back(fault);
  return hops;
}

std::vector<Hop> World::faults_of(const NodeCell& from, const NodeCell& to) const {
  std::vector<Hop> hops;
  for (const std::uint32_t rule : reach_->conditions(from.zone, to.zone))
    hops.push_back({{}, reach_->rules()[rule].fault});
  return hops;
}

namespace {

const Rule* rule_of(const Reach& reach, FaultId fault) {
  for (const Rule& rule : reach.rules())
    if (rule.fault == fault) return &rule;
  return nullptr;
}

}  // namespace

LinkState& World::queue_of(const Hop& hop, const Link& link, const Transit& packet) {
  if (hop.fault) return fault_links_[hop.fault->value];
  switch (link.queue_of) {
    case QueueOf::sender:
      return hosts_.write()[nodes_[packet.from.value].host.value].links.up;
    case QueueOf::receiver:
      return hosts_.write()[nodes_[packet.to.value].host.value].links.down;
    case QueueOf::link:
      break;
  }
  if (link_states_.size() < topology_->links().size())
    link_states_.resize(topology_->links().size());
  return link_states_[hop.link.value];
}

Time World::woken(const Link& link, const Transit& packet, Time at) {
  const NodeId end = link.queue_of == QueueOf::receiver ? packet.to : packet.from;
  return wake(link, hosts_.write()[nodes_[end.value].host.value].links.radio, at);
}

// Takes the packet through the links that are left, until it arrives, is lost, or must wait for its
// turn in a queue that it has not reached yet.
void World::travel(Transit packet, Time at) {
  for (; packet.next < packet.hops.size(); ++packet.next) {
    const Hop hop = packet.hops[packet.next];
    const Rule* rule = hop.fault ? rule_of(*reach_, *hop.fault) : nullptr;
    if (hop.fault && !rule) continue;  // the fault ended while the packet was on its way
    const Link& link = rule ? rule->link : topology_->link(hop.link).link;
    const std::uint64_t entity = rule ? rule->entity : topology_->link(hop.link).entity;
    if (at > now_ && (link.bandwidth.bits_per_second > 0 || link.promotion.ns > 0))
      return wait_for_turn(std::move(packet), at);
    if (link.promotion.ns > 0) at = woken(link, packet, at);
    const std::optional<Time> left = pass_link(packet, hop, link, entity, at);
    if (!left) return lose(packet.slot, packet.from, packet.to);
    at = *left;
  }
  arrive(packet.slot, at);
}

// One link: when the packet is at its far end, or nothing if it was lost.
std::optional<Time> World::pass_link(Transit& packet, const Hop& hop, const Link& link,
                                     std::uint64_t entity, Time at) {
  const PacketDraws draws = packet.draws.branch(entity);
  PathSum sum;
  sum.add(link);
  const Weather weather = fair_weather(sum, *topology_, draws);
  const bool burst = link.bursts && draws.branch(1).bits(PacketDraws::loss) <
                                        burst_loss(*link.bursts, seed_, entity, at);
  FaultEffect* effect = hop.fault ? &effects_.write()[hop.fault->value] : nullptr;
  if (weather.lost || burst) {
    if (effect) ++effect->dropped;
    return {};
  }
  Time left = at;
  if (link.bandwidth.bits_per_second > 0) {
    const auto sent = transmit(link, queue_of(hop, link, packet), at, packet.slot.wire_size());
    if (!sent) {
      if (effect) ++effect->dropped;
      return {};
    }
    left = *sent;
  }
  const Time due = left + link.latency + weather.more;
  if (effect && due != at) ++effect->delayed;
  if (weather.duplicated && packet.slot.kind() == SlotKind::datagram) {
    if (effect) ++effect->duplicated;
    share_payload(packet.slot);
    record(packet.slot, RecordKind::duplicated);
    Transit copy = packet;
    copy.draws = draws.branch(2);
    ++copy.next;
    travel(std::move(copy), left + link.latency + weather.duplicate_more);
  }
  return due;
}

void World::wait_for_turn(Transit packet, Time at) {
  Slot turn;
  turn.sent_ns = now_.ns;
  turn.cause = static_cast<std::uint32_t>(events_);
  turn.set_kind(SlotKind::transit);
  turn.payload[0] = transits_.add(std::move(packet));
  enqueue(turn, at);
}

void World::go_on(const Slot& turn) {
  travel(transits_.take(static_cast<std::uint32_t>(turn.payload[0])), now_);
}

// ---- arrival ------------------------------------------------------------------------------------

void World::deliver_datagram(const Slot& slot) {
  NodeCell& cell = nodes_[slot.to];
  // A cut is judged again here: packets in flight are lost with it.
  if (!passes(nodes_[slot.from], cell)) return turn_away(slot, {slot.from}, {slot.to});
  if (!cell.up) return drop(slot, RecordKind::down);
  if (cell.paused) return defer(slot);
  if (cell.starting) return enqueue(slot, now_);
  handle(slot, RecordKind::delivered);
}

}  // namespace cleave
