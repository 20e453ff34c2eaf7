// The connection to a gateway: kept alive by pings, given up when nothing is heard or a request is
// not answered, and made again after pauses that grow by a step with each failure in a row. After
// the first, the gateways are tried in turn, the nearest first.
#include "models/device/device.h"

namespace cleave::models::device {

using messaging::Asked;
using messaging::Connect;
using messaging::Connected;
using messaging::Ping;
using messaging::Pong;
using messaging::Unavailable;

namespace {

constexpr Purpose kPingPause("pause before a ping");

}  // namespace

void Device::connect(Context& ctx) {
  Session& session = memory.session;
  if (memory.asleep || session.state != Session::State::down) return;
  const std::vector<NodeId>& all = directory->gateways[directory->region_of[index]];
  const std::uint32_t tries = session.failures == 0 ? 0 : session.failures - 1;
  session.gateway = all[tries % all.size()];
  session.state = Session::State::connecting;
  ++session.serial;
  ctx.send(session.gateway, Connect{});
  ctx.start_timer(options().reply_within, ReplyDue{session.serial});
}

void Device::on(const Connected& /*m*/, NodeId gateway, Context& ctx) {
  Session& session = memory.session;
  if (session.state != Session::State::connecting || gateway != session.gateway) return;
  session.state = Session::State::up;
  session.heard = ctx.monotonic();
  session.pinged = false;
  ++session.serial;
  ping_later(ctx);
  memory.inbox.next = 1;  // with whatever was not acknowledged
  pull(ctx);
  submit(ctx);
  report(ctx);
}

void Device::lose_session(Context& ctx) {
  Session& session = memory.session;
  if (session.state == Session::State::down) return;
  ctx.close(session.gateway);
  session.state = Session::State::down;
  ++session.serial;
  for (Request& request : memory.requests) {
    ctx.cancel(request.timer);
    request = {};
  }
  memory.receipts.asked.reset();
  if (memory.asleep) return;
  ctx.start_timer({options().reconnect_step.ns * session.failures}, ReconnectDue{session.serial});
  ++session.failures;
}

void Device::on(const Disconnected& /*gone*/, NodeId peer, Context& ctx) {
  if (peer == memory.session.gateway) lose_session(ctx);
}

void Device::on(const ReconnectDue& due, NodeId /*self*/, Context& ctx) {
  if (due.serial == memory.session.serial) connect(ctx);
}

// ---- alive or dead ------------------------------------------------------------------------------

// Whether it comes from the gateway that the device is connected to now.
bool Device::hear(NodeId gateway, Context& ctx) {
  Session& session = memory.session;
  if (session.state != Session::State::up || gateway != session.gateway) return false;
  session.heard = ctx.monotonic();
  return true;
}

void Device::ping_later(Context& ctx) {
  Random draw = ctx.random(kPingPause);
  const Duration width = options().ping_before - options().ping_after;
  const auto more = draw.below(static_cast<std::uint64_t>(width.ns) + 1);
  ctx.start_timer(options().ping_after + Duration{static_cast<std::int64_t>(more)},
                  PingDue{memory.session.serial});
}

void Device::on(const PingDue& due, NodeId /*self*/, Context& ctx) {
  if (due.serial != memory.session.serial) return;
  memory.session.pinged = true;
  ctx.send(memory.session.gateway, Ping{});
  ctx.start_timer(options().reply_within, ReplyDue{memory.session.serial});
}

// Who wakes devices may fail to: whoever is alive looks into the queue.
void Device::on(const Pong& /*m*/, NodeId gateway, Context& ctx) {
  if (!hear(gateway, ctx) || !memory.session.pinged) return;
  memory.session.pinged = false;
  ++memory.session.serial;
  ping_later(ctx);
  pull(ctx);
}

void Device::on(const ReplyDue& due, NodeId self, Context& ctx) {
  const Session& session = memory.session;
  if (due.serial != session.serial) return;
  const bool dead = ctx.monotonic() - session.heard >= options().dead_after;
  if (session.state == Session::State::connecting || dead)
    lose_session(ctx);
  else if (session.pinged)
    on(PingDue{session.serial}, self, ctx);
}

// ---- requests -----------------------------------------------------------------------------------

Device::Request& Device::request(Asked asked) {
  return memory.requests[static_cast<std::size_t>(asked)];
}

bool Device::may_ask(Asked asked) {
  return memory.session.state == Session::State::up && request(asked).state == Request::State::idle;
}

void Device::await(Asked asked, Context& ctx) {
  Request& waiting = request(asked);
  waiting.state = Request::State::asked;
  waiting.timer = ctx.start_timer(options().answer_within, AnswerDue{asked});
}

// Whether one was awaited.
bool Device::take_answer(Asked asked, Context& ctx) {
  Request& waiting = request(asked);
  memory.session.failures = 0;
  if (waiting.state != Request::State::asked) return false;
  ctx.cancel(waiting.timer);
  waiting = {};
  return true;
}

void Device::on(const Unavailable& m, NodeId gateway, Context& ctx) {
  if (!hear(gateway, ctx)) return;
  memory.session.failures = 0;
  if (request(m.asked).state == Request::State::asked) back_off(m.asked, ctx);
}

void Device::back_off(Asked asked, Context& ctx) {
  Request& waiting = request(asked);
  ctx.cancel(waiting.timer);
  waiting.state = Request::State::backing_off;
  ++waiting.failures;
  waiting.timer = ctx.start_timer({options().retry_step.ns * waiting.failures}, AnswerDue{asked});
  if (asked == Asked::report) memory.receipts.asked.reset();
}

void Device::on(const AnswerDue& due, NodeId /*self*/, Context& ctx) {
  Request& waiting = request(due.asked);
  if (waiting.state == Request::State::asked) return lose_session(ctx);
  waiting.state = Request::State::idle;
  switch (due.asked) {
    case Asked::submit:
      return submit(ctx);
    case Asked::pull:
      return pull(ctx);
    case Asked::report:
      return report(ctx);
  }
}

}  // namespace cleave::models::device
