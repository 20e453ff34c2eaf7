#include "models/store/primary_backup/monitor.h"

#include "models/store/primary_backup/probes.h"

#include <algorithm>
#include <tuple>

namespace cleave::models::store::primary_backup {

namespace {

// A replica that answered none of so many pings is not waited for.
constexpr std::int64_t kMissedPings = 3;

}  // namespace

// An election that a crash cut short may have named somebody: it is held again, in a new epoch, and
// waits for the old lease to end unless it can ask everyone.
void Monitor::on(const Start& /*start*/, NodeId /*self*/, Context& ctx) {
  memory.term = disk.term.get().value_or(Term{kFirstEpoch, replicas.front()});
  memory.since = ctx.monotonic();
  ctx.start_timer(options.heartbeat_every, Heartbeat{});
  if (memory.term.primary) return ping_all(ctx);
  memory.spent = true;
  memory.decide_from = memory.since + options.promote_after;
  begin_epoch(ctx);
}

void Monitor::on(const Heartbeat& heartbeat, NodeId /*self*/, Context& ctx) {
  ctx.start_timer(options.heartbeat_every, heartbeat);
  if (memory.spent) return begin_epoch(ctx);
  if (!memory.term.primary) {
    decide(ctx);
  } else if (ctx.monotonic() - memory.since >= options.promote_after &&
             !heard_within(*memory.term.primary, options.promote_after, ctx)) {
    begin_epoch(ctx);
  }
  ping_all(ctx);
}

void Monitor::ping_all(Context& ctx) {
  for (const NodeId replica : replicas) {
    const auto heard = memory.heard.find(replica);
    Ping ping{memory.term.epoch, memory.term.primary, {}};
    if (heard != memory.heard.end()) ping.heard = heard->second.sent;
    ctx.send_datagram(replica, ping);
  }
}

void Monitor::on(const Pong& pong, NodeId replica, Context& ctx) {
  memory.heard[replica] = {ctx.monotonic(), pong.sent};
  if (pong.epoch != memory.term.epoch || memory.spent) return;
  if (!memory.term.primary) {
    memory.answers[replica] = pong;
    decide(ctx);
  } else if (replica == *memory.term.primary && pong.standing == Standing::unfit) {
    begin_epoch(ctx);
  }
}

// Nobody hears of an epoch before the disk has it, so that none is begun twice.
void Monitor::begin_epoch(Context& ctx) {
  if (memory.beginning || ctx.disk_full()) return;
  memory.beginning = true;
  disk.term.set(Term{{memory.term.epoch.value + 1}, {}});
  ctx.sync_then(EpochRecorded{{memory.term.epoch.value + 1}});
}

void Monitor::on(const EpochRecorded& recorded, NodeId /*self*/, Context& ctx) {
  if (recorded.epoch == memory.term.epoch && !memory.spent) return;  // who is its primary
  memory.beginning = memory.spent = false;
  memory.term = {recorded.epoch, {}};
  memory.since = ctx.monotonic();
  memory.answers.clear();
  ctx.fact(Purpose("election began"), recorded.epoch.value);
  ping_all(ctx);
}

bool Monitor::heard_within(NodeId replica, Duration duration, Context& ctx) const {
  const auto heard = memory.heard.find(replica);
  return heard != memory.heard.end() && ctx.monotonic() - heard->second.at < duration;
}

// When everyone has answered; or everyone in reach; or when the election has lasted long enough.
bool Monitor::may_decide(Context& ctx) const {
  if (memory.answers.size() == replicas.size()) return true;
  const Duration patience = options.heartbeat_every * kMissedPings;
  const Time now = ctx.monotonic();
  if (memory.answers.empty() || now < memory.decide_from) return false;
  if (now - memory.since >= patience) return true;
  return std::all_of(replicas.begin(), replicas.end(), [&](NodeId replica) {
    return memory.answers.contains(replica) || !heard_within(replica, patience, ctx);
  });
}

void Monitor::decide(Context& ctx) {
  if (!may_decide(ctx)) return;
  // The furthest log: the later epoch, then the longer one; of equals the first replica.
  const auto best = std::max_element(
      memory.answers.begin(), memory.answers.end(), [](const auto& a, const auto& b) {
        return std::tie(a.second.last, a.second.size) < std::tie(b.second.last, b.second.size);
      });
  memory.term.primary = best->first;
  memory.since = ctx.monotonic();
  if (!ctx.disk_full()) {
    disk.term.set(memory.term);
    ctx.sync_then(EpochRecorded{memory.term.epoch});
  }
  ctx.sometimes(probes::kPromoted);
  ctx.fact(Purpose("promoted"), best->first.value, memory.term.epoch.value);
  ping_all(ctx);
}

}  // namespace cleave::models::store::primary_backup
