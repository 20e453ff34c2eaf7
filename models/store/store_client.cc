#include "models/store/store_client.h"

#include "sim/base/assert.h"

#include <algorithm>

namespace cleave::models::store {

namespace {

bool wants_leader(const Request& request, ReadsAt reads) {
  if (is_update(request.action) || request.consistency == Consistency::strong) return true;
  return request.consistency == Consistency::configured && reads == ReadsAt::leader;
}

// What a replica's answer says of the attempt that it answers.
enum class Verdict : std::uint8_t { final, redirect, failed };

Verdict judge(const Reply& reply, const Call& call) {
  switch (reply.result.outcome) {
    case Outcome::ok:
    case Outcome::conflict:
      return Verdict::final;
    case Outcome::refused:
      // A full disk of the second replica asked says nothing about what the first one did.
      return call.may_have_happened && reply.result.reason == Reason::disk_full ? Verdict::failed
                                                                                : Verdict::final;
    case Outcome::unavailable:
      return reply.leader && *reply.leader != call.target ? Verdict::redirect : Verdict::failed;
    case Outcome::unknown:
      return Verdict::failed;
  }
  return Verdict::failed;
}

}  // namespace

Request make(const ObjectName& object, Action action, Blob value, std::int64_t number) {
  CLEAVE_ASSERT(supports(object.type, action), "an object is asked for what its type can do");
  Request request;
  request.store = object.store;
  request.key = object.key;
  request.type = object.type;
  request.action = action;
  request.value = std::move(value);
  request.number = number;
  return request;
}

void Caller::open(std::vector<StoreAccess> stores, std::uint64_t incarnation) {
  constexpr std::uint64_t kMostIncarnations = std::uint64_t{UINT32_MAX} / kCallsPerIncarnation;
  CLEAVE_ASSERT(incarnation >= 1 && incarnation <= kMostIncarnations,
                "a client starts at most 1023 times in a run");
  *this = {};
  issued_ = static_cast<std::uint32_t>(incarnation - 1) * kCallsPerIncarnation;
  last_process_ = issued_;
  for (StoreAccess& access : stores) {
    CLEAVE_ASSERT(!access.replicas.empty(), "a client knows at least one replica of its store");
    const StoreId store = access.store;
    stores_.emplace(store, Known{std::move(access), {}, 0, 0});
  }
}

OperationId Caller::start(Context& ctx, Request request, const std::optional<Patience>& patience) {
  CLEAVE_ASSERT((issued_ + 1) % kCallsPerIncarnation != 0,
                "a client has at most 4 million operations between two starts");
  Call call;
  call.request = std::move(request);
  call.request.id = {ctx.self(), ++issued_};
  call.request.settled = calls_.empty() ? issued_ : calls_.begin()->first;
  Known& store = known(call.request.store);
  call.request.timestamp = stamp(store, ctx);
  call.patience = patience.value_or(store.access.patience);
  call.process = take_process();
  call.deadline = ctx.monotonic() + call.patience.deadline;
  ctx.invoked(to_history(call.request, call.process));
  Call& placed = calls_.emplace(issued_, std::move(call)).first->second;
  ask(placed, choose(placed, ctx), ctx);
  return placed.request.id;
}

std::vector<Ended> Caller::on(const Reply& reply, NodeId from, Context& ctx) {
  const auto found = calls_.find(reply.id.index);
  if (found == calls_.end()) return {};  // it ended before this answer came
  Call& call = found->second;
  const bool current = call.phase == Call::Phase::asking && call.target == from;
  const bool update = is_update(call.request.action);
  if (update && reply.result.outcome == Outcome::unknown) call.may_have_happened = true;
  Known& store = known(call.request.store);
  if (reply.timestamp) store.timestamp = std::max(store.timestamp, *reply.timestamp);
  switch (judge(reply, call)) {
    case Verdict::final:
      if (wants_leader(call.request, store.access.reads)) store.leader = from;
      call.target = from;
      return finish(call, reply.result, ctx);
    case Verdict::redirect:
      if (!current) return {};
      store.leader = reply.leader;
      if (call.redirects++ == kMostRedirects) return fail_attempt(call, reply.result.reason, ctx);
      ask(call, *reply.leader, ctx);
      return {};
    case Verdict::failed:
      return current ? fail_attempt(call, reply.result.reason, ctx) : std::vector<Ended>{};
  }
  return {};
}

std::vector<Ended> Caller::on(const CallDue& due, NodeId /*self*/, Context& ctx) {
  const auto found = calls_.find(due.index);
  if (found == calls_.end()) return {};
  Call& call = found->second;
  const Time now = ctx.monotonic();
  if (now < call.until) {  // the clock began to drift since the timer was set
    call.timer = ctx.start_timer(call.until - now, due);
    return {};
  }
  if (call.phase == Call::Phase::asking) {
    call.may_have_happened |= is_update(call.request.action);
    return fail_attempt(call, Reason::timed_out, ctx);
  }
  if (now >= call.deadline) return give_up(call, Reason::timed_out, ctx);
  call.redirects = 0;
  ask(call, choose(call, ctx), ctx);
  return {};
}

std::vector<Ended> Caller::on(const Disconnected& /*gone*/, NodeId from, Context& ctx) {
  std::vector<std::uint32_t> broken;
  for (const auto& [index, call] : calls_)
    if (call.phase == Call::Phase::asking && call.target == from) broken.push_back(index);
  std::vector<Ended> all;
  for (const std::uint32_t index : broken) {
    Call& call = calls_.at(index);
    call.may_have_happened |= is_update(call.request.action);
    for (Ended& ended : fail_attempt(call, Reason::timed_out, ctx))
      all.push_back(std::move(ended));
  }
  return all;
}

Caller::Known& Caller::known(StoreId store) {
  const auto found = stores_.find(store);
  CLEAVE_ASSERT(found != stores_.end(), "a client opens a store before it uses it");
  return found->second;
}

// What a request carries from its first attempt on. Its own clock may stand still or go back: what
// it stamps does not (as drivers' monotonic timestamp generators have it).
std::optional<Timestamp> Caller::stamp(Known& store, Context& ctx) {
  if (store.access.clock == ClientClock::none) return {};
  if (store.access.clock == ClientClock::own)
    store.timestamp = std::max(timestamp_of(ctx.now()), store.timestamp + 1);
  else if (store.timestamp == 0)
    return {};
  return store.timestamp;
}

NodeId Caller::choose(const Call& call, Context& ctx) {
  const Known& store = known(call.request.store);
  const std::vector<NodeId>& replicas = store.access.replicas;
  if (store.access.routing == Routing::roaming)
    return replicas[ctx.random(Purpose("replica to ask")).below(replicas.size())];
  if (store.leader && wants_leader(call.request, store.access.reads)) return *store.leader;
  return replicas[store.access.routing == Routing::pinned ? 0 : store.next];
}

void Caller::ask(Call& call, NodeId target, Context& ctx) {
  call.phase = Call::Phase::asking;
  call.target = target;
  ctx.send(target, call.request);
  wait(call, call.patience.answer_within, ctx);
}

// Ends the phase after `duration`, or at the deadline if that is sooner.
void Caller::wait(Call& call, Duration duration, Context& ctx) {
  const Time now = ctx.monotonic();
  call.until = std::min(now + duration, std::max(call.deadline, now));
  ctx.cancel(call.timer);
  call.timer = ctx.start_timer(call.until - now, CallDue{call.request.id.index});
}

// The attempt under way came to nothing. Whoever was asked may be gone, and is asked last.
std::vector<Ended> Caller::fail_attempt(Call& call, Reason reason, Context& ctx) {
  Known& store = known(call.request.store);
  const std::vector<NodeId>& replicas = store.access.replicas;
  if (store.leader == call.target) store.leader.reset();
  if (replicas[store.next] == call.target)
    store.next = static_cast<std::uint32_t>((store.next + 1) % replicas.size());
  if (ctx.monotonic() >= call.deadline) return give_up(call, reason, ctx);
  if (call.patience.retries && call.retries >= *call.patience.retries)
    return give_up(call, reason, ctx);
  const Duration pause = backoff(call, ctx);
  ++call.retries;
  call.phase = Call::Phase::backing_off;
  wait(call, pause, ctx);
  return {};
}

Duration Caller::backoff(const Call& call, Context& ctx) {
  const Patience& patience = call.patience;
  Duration most = std::min(patience.backoff, patience.most_backoff);
  for (std::uint32_t i = 0; i < call.retries && most < patience.most_backoff; ++i)
    most = std::min(most * 2, patience.most_backoff);
  const auto choices = static_cast<std::uint64_t>(most.ns) + 1;
  return {static_cast<std::int64_t>(ctx.random(Purpose("retry jitter")).below(choices))};
}

// A read cannot have changed anything, so one that was not served is known not to have happened.
std::vector<Ended> Caller::give_up(Call& call, Reason reason, Context& ctx) {
  Result result;
  result.outcome = call.may_have_happened ? Outcome::unknown : Outcome::unavailable;
  result.reason = reason;
  return finish(call, std::move(result), ctx);
}

std::vector<Ended> Caller::finish(Call& call, Result result, Context& ctx) {
  ctx.cancel(call.timer);
  ctx.completed(to_history(call.request, result));
  if (result.outcome != Outcome::unknown) idle_processes_.insert(call.process);
  std::vector<Ended> ended{{call.request.id, call.target, std::move(result)}};
  calls_.erase(ended.front().id.index);
  return ended;
}

// A process has one operation at a time; one that was told "unknown" is never used again.
std::uint32_t Caller::take_process() {
  if (idle_processes_.empty()) return ++last_process_;
  const auto lowest = idle_processes_.begin();
  const std::uint32_t process = *lowest;
  idle_processes_.erase(lowest);
  return process;
}

void digest(Digest& d, const Caller& caller) {
  cleave::digest(d, caller.stores_);
  cleave::digest(d, caller.issued_);
  cleave::digest(d, caller.last_process_);
  cleave::digest(d, caller.idle_processes_);
  cleave::digest(d, caller.calls_);
}

void compare(Differ& d, const Caller& left, const Caller& right) {
  const auto at = [&d](std::string_view name, const auto& l, const auto& r) {
    d.at_member(name, [&] { cleave::compare(d, l, r); });
  };
  at("stores", left.stores_, right.stores_);
  at("issued", left.issued_, right.issued_);
  at("last_process", left.last_process_, right.last_process_);
  at("idle_processes", left.idle_processes_, right.idle_processes_);
  at("calls", left.calls_, right.calls_);
}

}  // namespace cleave::models::store
