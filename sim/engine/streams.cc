// Connections at work. A message waits in its stream when chance, a cut or a host that is down kept
// it from arriving; a timer tries again, and gives up after the last retry.
#include "sim/engine/world.h"

#include <algorithm>
#include <utility>

namespace cleave {

namespace {

std::uint32_t stream_id(std::uint32_t connection, std::size_t end) {
  return connection << 1 | static_cast<std::uint32_t>(end);
}

// What a notice says, in the third word of its payload; the first is 1 + the connection's index, or
// 0 where an end finds out by itself, and the second is which connection of the pair it is about.
// Other values: the connection was closed, and how often that has been said in vain.
constexpr std::uint64_t kReplaced = UINT64_MAX;      // by a new one
constexpr std::uint64_t kNotKnown = UINT64_MAX - 1;  // the answer to who speaks over a replaced one

}  // namespace

Stream& World::stream_of(const Slot& slot) {
  return connections_[slot.from >> 1].stream[slot.from & 1];
}

std::pair<NodeId, NodeId> World::stream_ends(const Slot& slot) const {
  const Connection& c = connections_[slot.from >> 1];
  return {c.node[slot.from & 1], c.node[1 - (slot.from & 1)]};
}

Duration World::round_trip(const Connection& c) {
  Duration total;
  for (const std::size_t e : {0u, 1u}) {
    const PlaceId from = nodes_[c.node[e].value].place;
    const PlaceId to = nodes_[c.node[1 - e].value].place;
    if (const Route* route = routes_.find(*topology_, from, to)) total += route->sum.latency;
  }
  return total;
}

void World::send_stream(Slot& slot) {
  CLEAVE_ASSERT(slot.to < nodes_.size(), "a message is sent to a node that exists");
  const NodeId from{slot.from};
  const NodeId to{slot.to};
  if (nodes_[from.value].host == nodes_[to.value].host) {
    slot.set_kind(SlotKind::datagram);
    return enqueue(slot, now_);
  }
  slot.set_kind(SlotKind::connection);
  const std::uint32_t index = connections_.at(from, to);
  const std::size_t end = from < to ? 0 : 1;
  const bool is_new = !connections_[index].open[end];
  if (is_new) open_connection(index, end);
  Stream& stream = connections_[index].stream[end];
  slot.from = stream_id(index, end);
  slot.to = ++stream.sent;
  if (stream.blocked) return stream.queues().unsent.add(slot);
  if (is_new && handshake_fails(slot)) return stall(slot);
  if (connections_[index].replaced[end] && passes(nodes_[from.value], nodes_[to.value])) {
    stream.queues().unsent.add(slot);
    return forsake(index, end, now_ + round_trip(connections_[index]));
  }
  transmit_stream(slot);
}

// A new connection takes the place of what was there; an end that still believed in the old one
// learns that it is gone.
void World::open_connection(std::uint32_t index, std::size_t end) {
  Connection& c = connections_[index];
  abandon(index, end);
  abandon(index, 1 - end);
  if (c.open[1 - end])
    notify_disconnected(c.node[1 - end], c.node[end], now_ + round_trip(c) / 2,
                        {std::uint64_t{index} + 1, c.opened + 1, kReplaced});
  for (Stream& stream : c.stream) {
    const std::uint32_t sent = stream.sent;
    stream = {};
    stream.sent = stream.delivered = sent;  // what is still on its way comes too late
  }
  c.open = {true, true};
  c.replaced = {};
  ++c.opened;
  c.ready = now_ + round_trip(c);
}

// Whether the first packet of a new connection gets there and its answer does not come back.
bool World::handshake_fails(const Slot& first) {
  const auto [from, to] = stream_ends(first);
  const NodeCell& here = nodes_[from.value];
  const NodeCell& there = nodes_[to.value];
  if (!passes(here, there) || passes(there, here)) return false;
  credit(to, from, &FaultEffect::delayed);
  stream_of(first).unheard = first.to;
  return true;
}

void World::transmit_stream(Slot& slot) {
  Connection& c = connections_[slot.from >> 1];
  const std::size_t end = slot.from & 1;
  NodeCell& from = nodes_[c.node[end].value];
  const NodeCell& to = nodes_[c.node[1 - end].value];
  const PacketDraws draws = draws_of(from, to);
  if (!passes(from, to)) return turn_away(slot, c.node[end], c.node[1 - end]);
  // Nobody can acknowledge it: it may arrive, but its sender will not know.
  if (!passes(to, from)) {
    credit(c.node[1 - end], c.node[end], &FaultEffect::delayed);
    Stream& stream = c.stream[end];
    if (stream.unheard == 0) stream.unheard = slot.to;
    if (stream.retry == 0) arm_retry(slot.from);
  }
  launch(slot, c.node[end], c.node[1 - end], std::max(now_, c.ready), draws);
}

void World::stall(const Slot& slot) {
  Stream& stream = stream_of(slot);
  stream.queues().returned.add(slot);
  stream.blocked = true;
  if (stream.retry == 0) arm_retry(slot.from);
}

void World::arm_retry(std::uint32_t id) {
  CLEAVE_CHECK(timer_serial_ != UINT32_MAX, "a run starts at most 2^32 - 1 timers");
  Connection& c = connections_[id >> 1];
  Stream& stream = c.stream[id & 1];
  stream.retry = ++timer_serial_;
  Slot slot;
  slot.sent_ns = now_.ns;
  slot.cause = static_cast<std::uint32_t>(events_);
  slot.set_kind(SlotKind::retransmit);
  slot.payload = {id, stream.retry, 0};
  enqueue(slot, now_ + retransmission_timeout(connection_limits_, round_trip(c), stream.attempt));
}

void World::retransmit(const Slot& timer) {
  const auto id = static_cast<std::uint32_t>(timer.payload[0]);
  const std::size_t end = id & 1;
  Connection& c = connections_[id >> 1];
  Stream& stream = c.stream[end];
  if (stream.retry != timer.payload[1] || !c.open[end]) return;  // of an earlier stall
  const NodeCell& from = nodes_[c.node[end].value];
  const NodeCell& to = nodes_[c.node[1 - end].value];
  const bool there = passes(from, to) && to.up;
  const bool answered = there && passes(to, from);
  if (answered && !c.open[1 - end]) return reset(id >> 1, end);
  if (there && c.replaced[end]) return forsake(id >> 1, end, now_ + round_trip(c));
  stream.retry = 0;
  const bool last = stream.attempt == connection_limits_.retries;
  stream.attempt = last ? 0 : stream.attempt + 1;
  if (answered && flush(id)) return;
  if (there && !answered) send_unheard(id);
  if (last) return break_connection(id >> 1, end, now_);
  if (stream.retry == 0) arm_retry(id);
}

// Without an answer the first message is sent again, and nothing behind it: a timeout shrinks the
// window to one segment (RFC 5681, 3.1). What got there already need not be sent to be there.
void World::send_unheard(std::uint32_t id) {
  Stream& stream = connections_[id >> 1].stream[id & 1];
  stream.blocked = true;
  if (stream.unheard != 0) return;
  WaitingSlots& returned = stream.queues().returned;
  std::vector<Slot> waiting = returned.take();
  const auto first = std::min_element(waiting.begin(), waiting.end(),
                                      [](const Slot& a, const Slot& b) { return a.to < b.to; });
  for (auto slot = waiting.begin(); slot != waiting.end(); ++slot)
    if (slot != first) returned.add(*slot);
  if (first != waiting.end()) transmit_stream(*first);
}

// Sends again what came back, in order, then what had to wait behind it. False: even the first of
// them was lost. What gets through starts the count of retries anew (RFC 6298, 5.7).
bool World::flush(std::uint32_t id) {
  Stream& stream = connections_[id >> 1].stream[id & 1];
  std::vector<Slot> waiting = stream.queues().returned.take();
  std::stable_sort(waiting.begin(), waiting.end(),
                   [](const Slot& a, const Slot& b) { return a.to < b.to; });
  const std::vector<Slot> unsent = stream.queues().unsent.take();
  waiting.insert(waiting.end(), unsent.begin(), unsent.end());
  stream.blocked = false;
  if (stream.unheard != 0) stream.attempt = stream.unheard = 0;
  bool through = true;
  for (Slot& slot : waiting) {
    if (stream.blocked) {
      stream.queues().unsent.add(slot);
      continue;
    }
    transmit_stream(slot);
    if (&slot == &waiting.front()) through = !stream.blocked;
    if (through && stream.retry == 0) stream.attempt = 0;
  }
  return through;
}

void World::deliver_stream(const Slot& slot) {
  const std::uint32_t index = slot.from >> 1;
  const std::size_t end = slot.from & 1;
  Connection& c = connections_[index];
  Stream& stream = c.stream[end];
  const NodeId from = c.node[end];
  const NodeId to = c.node[1 - end];
  const NodeCell& cell = nodes_[to.value];
  if (slot.to <= stream.delivered)
    return drop_between(slot, from, to, RecordKind::disconnected);  // of an earlier connection
  if (!passes(nodes_[from.value], cell)) {
    if (c.open[end]) return turn_away(slot, from, to);
    credit(from, to, &FaultEffect::dropped);
    return drop_between(slot, from, to, RecordKind::disconnected);
  }
  if (cell.starting && !cell.paused) return enqueue(slot, now_);
  if (!cell.up || !c.open[1 - end]) {
    if (!c.open[end]) return drop_between(slot, from, to, RecordKind::disconnected);
    stall(slot);
    if (cell.up && passes(cell, nodes_[from.value])) reset(index, end);
    return;
  }
  if (c.replaced[1 - end]) {  // the news comes with the first message
    forsake(index, 1 - end, now_);
    return enqueue(slot, now_);
  }
  if (slot.to != stream.delivered + 1) return stream.queues().early.add(slot);
  if (cell.paused) return defer_at(slot, cell.host);
  stream.delivered = slot.to;
  release_early(stream);
  Slot message = slot;
  message.from = from.value;
  message.to = to.value;
  handle(message, RecordKind::delivered);
}

// What had overtaken the message just delivered may follow it now.
void World::release_early(Stream& stream) {
  if (!stream.waiting || (*stream.waiting)->early.empty()) return;
  WaitingSlots& early = stream.queues().early;
  for (const Slot& slot : early.take()) {
    if (slot.to == stream.delivered + 1)
      enqueue(slot, now_);
    else
      early.add(slot);
  }
}

// ---- ends ---------------------------------------------------------------------------------------

// What the stream of an end still had to send is lost.
void World::abandon(std::uint32_t index, std::size_t end) {
  Connection& c = connections_[index];
  Stream& stream = c.stream[end];
  stream.retry = 0;
  stream.blocked = false;
  if (!stream.waiting) return;
  Stream::Waiting& queues = stream.queues();
  for (WaitingSlots* waiting : {&queues.returned, &queues.unsent, &queues.early})
    for (const Slot& slot : waiting->take()) {
      if (!passes(nodes_[c.node[end].value], nodes_[c.node[1 - end].value]))
        credit(c.node[end], c.node[1 - end], &FaultEffect::dropped);
      drop_between(slot, c.node[end], c.node[1 - end], RecordKind::disconnected);
    }
}

// The end gives up; the other is not told, and stays half-open.
void World::break_connection(std::uint32_t index, std::size_t end, Time notice) {
  Connection& c = connections_[index];
  abandon(index, end);
  c.open[end] = c.replaced[end] = false;
  notify_disconnected(c.node[end], c.node[1 - end], notice);
}

// What an end has to send over a connection that was replaced is lost. It is told once: now, by the
// first message of the new one, or later, by the answer to what it said.
void World::forsake(std::uint32_t index, std::size_t end, Time notice) {
  Connection& c = connections_[index];
  abandon(index, end);
  c.stream[end].delivered = c.stream[end].sent;
  std::array<std::uint64_t, 3> news{std::uint64_t{index} + 1, c.opened, kNotKnown};
  if (notice == now_) {
    c.replaced[end] = false;
    news = {};
  }
  notify_disconnected(c.node[end], c.node[1 - end], notice, news);
}

// The other end answers that it knows of no such connection.
void World::reset(std::uint32_t index, std::size_t end) {
  break_connection(index, end, now_ + round_trip(connections_[index]) / 2);
}

void World::notify_disconnected(NodeId node, NodeId peer, Time at,
                                const std::array<std::uint64_t, 3>& news) {
  if (!nodes_[node.value].kind()->understands(type_of<Disconnected>)) return;
  Slot slot;
  slot.sent_ns = now_.ns;
  slot.from = peer.value;
  slot.to = node.value;
  slot.cause = static_cast<std::uint32_t>(events_);
  pack(slot, Disconnected{});
  slot.payload = news;
  slot.set_kind(SlotKind::notice);
  enqueue(slot, at);
}

void World::deliver_notice(const Slot& slot) {
  const NodeCell& cell = nodes_[slot.to];
  if (cell.paused) return defer(slot);
  if (cell.starting) return enqueue(slot, now_);
  if (slot.payload[0] != 0) {
    const auto index = static_cast<std::uint32_t>(slot.payload[0] - 1);
    Connection& c = connections_[index];
    const std::size_t end = c.node[0].value == slot.to ? 0 : 1;
    const bool known = slot.payload[2] == kNotKnown && !c.replaced[end];
    const bool closed = slot.payload[2] < kNotKnown;
    const bool stale = c.opened != slot.payload[1] || !c.open[end];
    if (known || (slot.payload[2] != kReplaced && stale))
      return drop(slot, RecordKind::disconnected);
    if (!passes(nodes_[slot.from], cell)) return turn_news_away(slot, c, end);
    if (closed) {  // the peer closed: this end is closed when the news arrives
      abandon(index, end);
      c.open[end] = false;
    }
    c.replaced[end] = false;
  }
  if (!cell.up) return drop(slot, RecordKind::down);
  if (cell.kind()->understands(type_of<Disconnected>)) handle(slot, RecordKind::delivered);
}

// No news crosses a cut. That a connection is replaced comes with the first message of the new one;
// that it was closed is said again, as often as a message would be.
void World::turn_news_away(Slot slot, Connection& c, std::size_t end) {
  credit({slot.from}, {slot.to}, &FaultEffect::delayed);
  if (slot.payload[2] >= kNotKnown) {
    c.replaced[end] = c.open[end] && c.opened == slot.payload[1];
    return drop(slot, RecordKind::disconnected);
  }
  const auto said = static_cast<std::uint32_t>(slot.payload[2]++);
  if (said == connection_limits_.retries) return drop(slot, RecordKind::disconnected);
  enqueue(slot, now_ + retransmission_timeout(connection_limits_, round_trip(c), said));
}

void World::close_connection(NodeId self, NodeId peer) {
  if (nodes_[self.value].host == nodes_[peer.value].host) return;
  const std::uint32_t index = connections_.at(self, peer);
  const std::size_t end = self < peer ? 0 : 1;
  Connection& c = connections_[index];
  if (!c.open[end]) return;
  abandon(index, end);
  c.open[end] = c.replaced[end] = false;
  Slot slot;
  slot.sent_ns = now_.ns;
  slot.from = self.value;
  slot.to = peer.value;
  slot.cause = static_cast<std::uint32_t>(events_);
  pack(slot, Disconnected{});
  slot.payload = {std::uint64_t{index} + 1, c.opened, 0};
  slot.set_kind(SlotKind::notice);
  enqueue(slot, std::max(c.stream[end].last_due, now_ + round_trip(c) / 2));
}

void World::lose_connections(NodeId node) {
  for (std::uint32_t i = 0; i < connections_.size(); ++i)
    for (const std::size_t end : {0u, 1u})
      if (std::as_const(connections_)[i].node[end] == node &&
          std::as_const(connections_)[i].open[end]) {
        abandon(i, end);
        connections_[i].open[end] = connections_[i].replaced[end] = false;
      }
}

}  // namespace cleave
