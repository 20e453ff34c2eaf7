#include "models/store/chain/replica.h"

#include "models/store/answering.h"
#include "sim/base/assert.h"
#include "sim/trace/facts.h"

#include <algorithm>

namespace cleave::models::store::chain {

void Replica::on(const Request& request, NodeId /*from*/, Context& ctx) {
  receive(request, ctx);
  if (is_update(request.action))
    update(request, ctx);
  else
    read(request, ctx);
}

void Replica::read(const Request& request, Context& ctx) {
  const bool any = request.consistency == Consistency::eventual ||
                   (request.consistency == Consistency::configured && reads == Reads::any);
  if (is_tail() || any) return answer({request.id, memory.machine.read(request), {}}, ctx);
  ctx.request(request.id, RequestMark::Phase::passed_on);  // the tail answers the client itself
  ctx.send(chain.back(), request);
}

void Replica::update(const Request& request, Context& ctx) {
  const auto turn_away = [&](Outcome outcome, Reason reason, std::optional<NodeId> leader = {}) {
    answer({request.id, {.outcome = outcome, .reason = reason}, leader}, ctx);
  };
  if (!is_head()) return turn_away(Outcome::unavailable, Reason::elsewhere, chain.front());
  const std::optional<Result> before = memory.machine.recorded(request.id);
  if (before && memory.stored == memory.durable) return answer({request.id, *before, {}}, ctx);
  if (before || memory.waiting.contains(request.id)) {  // it is on its way down
    memory.waiting.try_emplace(request.id, memory.durable);
    return;
  }
  if (ctx.disk_full()) return turn_away(Outcome::refused, Reason::disk_full);
  disk.log.append(request);
  memory.waiting.emplace(request.id, disk.log.size());
  ctx.sync_then(Synced{disk.log.size()});
}

// Only now may anybody know of it: a crash can no longer take it from here.
void Replica::on(const Synced& synced, NodeId /*self*/, Context& ctx) {
  for (; memory.durable < synced.size; ++memory.durable) {
    const Request& update = disk.log[memory.durable];
    const Result result = memory.machine.apply(update);
    if (took_effect(update.action, result.outcome)) ctx.applied(store, update.id);
  }
  if (is_tail()) memory.stored = memory.durable;
  if (memory.stored == memory.durable) tell(ctx);
  send_on(ctx);
}

// Down the chain: what the next replica has not been sent, a bounded number ahead of its word.
void Replica::send_on(Context& ctx) {
  constexpr std::uint64_t kMostAhead = 1024;
  const std::uint64_t end = std::min(memory.durable, memory.stored + kMostAhead);
  Forward forward{std::max(memory.sent, memory.stored), {}};
  if (is_tail() || forward.from >= end) return;
  for (memory.sent = forward.from; memory.sent < end; ++memory.sent)
    forward.updates.push_back(disk.log[memory.sent]);
  ctx.send(chain[place + 1], forward);
}

void Replica::on(const Forward& forward, NodeId /*from*/, Context& ctx) {
  constexpr Duration kSoon{1'000'000'000};
  if (ctx.disk_full() || forward.from > disk.log.size()) {  // no room, or one before it had none
    ctx.start_timer(kSoon, forward);
    return;
  }
  for (std::size_t i = disk.log.size() - forward.from; i < forward.updates.size(); ++i)
    disk.log.append(forward.updates[i]);
  ctx.sync_then(Synced{disk.log.size()});
}

// Up the chain: how far everything from here to the tail has come.
void Replica::tell(Context& ctx) {
  if (!is_head()) return ctx.send(chain[place - 1], Stored{memory.stored});
  for (auto it = memory.waiting.begin(); it != memory.waiting.end();) {
    const auto [id, position] = *it;
    if (position > memory.stored) {
      ++it;
      continue;
    }
    answer({id, *memory.machine.recorded(id), {}}, ctx);
    it = memory.waiting.erase(it);
  }
}

void Replica::on(const Stored& stored, NodeId /*next*/, Context& ctx) {
  CLEAVE_ASSERT(stored.size <= memory.durable, "no replica has more than the one before it");
  memory.stored = std::max(memory.stored, stored.size);
  tell(ctx);
  send_on(ctx);
}

// What was under way is lost: say it again.
void Replica::on(const Disconnected& /*gone*/, NodeId peer, Context& ctx) {
  if (!is_head() && peer == chain[place - 1]) tell(ctx);
  if (is_tail() || peer != chain[place + 1]) return;
  memory.sent = memory.stored;
  send_on(ctx);
}

// What the disk kept is the log. How much of it the next replica has, only that one can say: it is
// sent the log from its beginning, and answers with its own size.
void Replica::on(const Start& start, NodeId /*self*/, Context& ctx) {
  disk.log.discard_torn();
  std::vector<OperationId> updates;
  for (; memory.durable < disk.log.size(); ++memory.durable) {
    const Request& update = disk.log[memory.durable];
    const Result result = memory.machine.apply(update);
    if (took_effect(update.action, result.outcome)) updates.push_back(update.id);
  }
  if (start.incarnation > 1) ctx.installed(store, updates);
  if (is_head()) ctx.fact(facts::kBeganToLead, ctx.self().value, start.incarnation);
  if (is_tail()) memory.stored = memory.durable;
  tell(ctx);
  send_on(ctx);
}

}  // namespace cleave::models::store::chain
