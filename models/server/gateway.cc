#include "models/server/gateway.h"

namespace cleave::models::server {

using messaging::Accepted;
using messaging::Acknowledge;
using messaging::Asked;
using messaging::Batch;
using messaging::Connect;
using messaging::Connected;
using messaging::Ping;
using messaging::Pong;
using messaging::Pull;
using messaging::Report;
using messaging::Reported;
using messaging::Submit;
using messaging::Unavailable;
using messaging::Wake;
using messaging::WakeAll;

std::string Gateway::summary() const {
  return std::to_string(memory.connected.size()) + " connected";
}

NodeId Gateway::mailbox() const {
  return directory->mailboxes[region][memory.mailbox];
}

void Gateway::on(const Disconnected& /*gone*/, NodeId peer, Context& ctx) {
  if (memory.connected.erase(peer) > 0) {
    for (const Asked asked : {Asked::submit, Asked::pull, Asked::report})
      memory.open.erase({peer, asked});
    return;
  }
  if (peer == mailbox())
    leave_mailbox(ctx);
  else
    give_up_asking(peer, ctx);
}

// ---- mailboxes ----------------------------------------------------------------------------------

void Gateway::leave_mailbox(Context& ctx) {
  ctx.close(mailbox());
  give_up_asking(mailbox(), ctx);
  const auto all = static_cast<std::uint32_t>(directory->mailboxes[region].size());
  memory.mailbox = (memory.mailbox + 1) % all;
  memory.alive.reset();
  memory.checking = false;
  if (memory.mailbox == 0 || memory.nearest_sought) return;
  memory.nearest_sought = true;
  ctx.start_timer(kTryNearestEvery, TryNearest{});
}

// What it was asked and has not answered is lost, or done and nobody knows: devices ask again, and
// need not wait until they would have given up by themselves.
void Gateway::give_up_asking(NodeId mailbox, Context& ctx) {
  for (auto next = memory.open.begin(); next != memory.open.end();) {
    const auto open = next++;
    if (open->second != mailbox) continue;
    const auto [device, asked] = open->first;
    memory.open.erase(open);
    if (memory.connected.contains(device)) ctx.send(device, Unavailable{device, asked});
  }
}

void Gateway::check_mailbox(Context& ctx) {
  const Time now = ctx.monotonic();
  if (memory.checking || (memory.alive && now - *memory.alive < kCheckAfter)) return;
  memory.checking = true;
  ctx.send(mailbox(), Ping{});
  ctx.start_timer(kAliveWithin, CheckDue{++memory.checks});
}

void Gateway::on(const CheckDue& due, NodeId /*self*/, Context& ctx) {
  if (due.check != memory.checks) return;
  if (memory.checking)
    leave_mailbox(ctx);
  else if (!memory.open.empty())  // it lived, and may have died since
    check_mailbox(ctx);
}

void Gateway::on(const TryNearest& /*due*/, NodeId /*self*/, Context& ctx) {
  memory.nearest_sought = memory.mailbox != 0;
  if (!memory.nearest_sought) return;
  const NodeId nearest = directory->mailboxes[region].front();
  ctx.close(nearest);  // with the question before
  ctx.send(nearest, Ping{});
  ctx.start_timer(kTryNearestEvery, TryNearest{});
}

void Gateway::on(const Pong& /*m*/, NodeId from, Context& ctx) {
  if (from == directory->mailboxes[region].front()) memory.mailbox = 0;
  if (from != mailbox()) return;
  memory.alive = ctx.monotonic();
  memory.checking = false;
}

// ---- from devices -------------------------------------------------------------------------------

void Gateway::on(const Connect& /*m*/, NodeId device, Context& ctx) {
  memory.connected.insert(device);
  ctx.send(device, Connected{});
}

// Who asks without having connected is from before a crash: it must learn of that, and begin anew.
template <class M>
bool Gateway::pass_on(const M& m, NodeId device, Context& ctx) {
  if (!memory.connected.contains(device)) {
    ctx.close(device);
    return false;
  }
  check_mailbox(ctx);
  ctx.send(mailbox(), m);
  return true;
}

// What is answered.
template <class M>
void Gateway::ask(Asked asked, const M& m, NodeId device, Context& ctx) {
  if (pass_on(m, device, ctx)) memory.open[{device, asked}] = mailbox();
}

void Gateway::on(const Ping& /*m*/, NodeId device, Context& ctx) {
  if (memory.connected.contains(device))
    ctx.send(device, Pong{});
  else
    ctx.close(device);
}
void Gateway::on(const Submit& m, NodeId device, Context& ctx) {
  ask(Asked::submit, m, device, ctx);
}
void Gateway::on(const Pull& m, NodeId device, Context& ctx) {
  ask(Asked::pull, m, device, ctx);
}
void Gateway::on(const Acknowledge& m, NodeId device, Context& ctx) {
  pass_on(m, device, ctx);
}
void Gateway::on(const Report& m, NodeId device, Context& ctx) {
  ask(Asked::report, m, device, ctx);
}

// ---- from mailboxes -----------------------------------------------------------------------------

template <class M>
void Gateway::answer(Asked asked, const M& m, NodeId device, Context& ctx) {
  memory.open.erase({device, asked});
  if (memory.connected.contains(device)) ctx.send(device, m);
}

void Gateway::on(const Accepted& m, NodeId /*mailbox*/, Context& ctx) {
  answer(Asked::submit, m, m.number.device(), ctx);
}
void Gateway::on(const Batch& m, NodeId /*mailbox*/, Context& ctx) {
  answer(Asked::pull, m, m.device, ctx);
}
void Gateway::on(const Reported& m, NodeId /*mailbox*/, Context& ctx) {
  answer(Asked::report, m, m.device, ctx);
}
void Gateway::on(const Unavailable& m, NodeId /*mailbox*/, Context& ctx) {
  answer(m.asked, m, m.device, ctx);
}
void Gateway::on(const WakeAll& m, NodeId /*mailbox*/, Context& ctx) {
  for (const NodeId device : m.devices)
    if (memory.connected.contains(device)) ctx.send(device, Wake{});
}

}  // namespace cleave::models::server
