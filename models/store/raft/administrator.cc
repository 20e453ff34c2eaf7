#include "models/store/raft/administrator.h"

#include "sim/trace/facts.h"

#include <algorithm>
#include <utility>

namespace cleave::models::store::raft {

namespace {

constexpr Duration kAskEvery{200'000'000};

}  // namespace

void Administrator::on(const Start& /*start*/, NodeId /*self*/, Context& ctx) {
  on(AskDue{}, ctx.self(), ctx);
}

void Administrator::on(const AskDue& due, NodeId /*self*/, Context& ctx) {
  const std::uint32_t next = disk.done.get();
  if (next >= chores.size()) return;
  const Chore& chore = chores[next];
  const Duration wait = chore.at - ctx.monotonic();
  memory.next_look = ctx.start_timer(wait > Duration{0} ? wait : kAskEvery, due);
  if (wait > Duration{0}) return;
  // Who was said to lead is asked once; its answer says so again.
  const std::optional<NodeId> leader = std::exchange(memory.leader, std::nullopt);
  const NodeId asked = leader ? *leader : replicas[memory.asked++ % replicas.size()];
  ctx.send(asked, Order{next, chore.task, replicas[chore.replica]});
}

void Administrator::on(const OrderState& state, NodeId /*replica*/, Context& ctx) {
  const std::uint32_t next = disk.done.get();
  if (state.number != next || next >= chores.size()) return;  // of an earlier one
  memory.leader = state.leader;
  if (!state.done) return;
  ctx.fact(facts::kOrderDone, next, replicas[chores[next].replica].value);
  disk.done.set(next + 1);
  ctx.cancel(memory.next_look);
  ctx.sync_then(AskDue{});
}

void Administrator::on(const Disconnected& /*gone*/, NodeId peer, Context& /*ctx*/) {
  if (memory.leader == peer) memory.leader.reset();
}

}  // namespace cleave::models::store::raft
