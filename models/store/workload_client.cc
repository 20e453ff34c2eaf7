#include "models/store/workload_client.h"

#include "models/store/objects.h"
#include "sim/base/distribution.h"

#include <algorithm>

namespace cleave::models::store {

namespace {

// Whether an action of the load depends on what its client saw or did before.
bool remembers(const Load& load) {
  return std::any_of(load.mix.begin(), load.mix.end(), [](const ActionShare& share) {
    switch (share.action) {
      case Action::compare_and_set:
      case Action::raise:
      case Action::remove:
      case Action::read_from:
      case Action::acknowledge:
        return true;
      default:
        return false;
    }
  });
}

}  // namespace

std::string KeyNames::name(std::uint64_t i) const {
  return range ? prefix + std::to_string(range->first + i) + suffix : prefix + suffix;
}

// ---- pace ---------------------------------------------------------------------------------------

void WorkloadClient::on(const Start& start, NodeId /*self*/, Context& ctx) {
  memory.client.open(stores, start.incarnation);
  const bool first = timetables.empty();
  timetables.resize(loads.size());
  for (std::uint32_t load = 0; load < loads.size(); ++load) {
    if (first) timetables[load].at = loads[load].from;
    if (const auto* closed = std::get_if<ClosedLoop>(&loads[load].pace)) {
      for (std::uint32_t i = 0; i < closed->in_flight; ++i)
        again_at(loads[load].from, load, ctx);
    } else {
      if (first) timetables[load].at += gap(load, 0);
      while (timetables[load].at < ctx.monotonic())  // missed while the device was down
        advance(load);
      again_at(timetables[load].at, load, ctx);
    }
  }
}

// Before an operation of an open loop, since the one before it or since the loop began.
Duration WorkloadClient::gap(std::uint32_t load, std::uint64_t operation) const {
  const OpenLoop& open = std::get<OpenLoop>(loads[load].pace);
  if (open.arrivals == OpenLoop::Arrivals::regular) return operation == 0 ? Duration{} : open.every;
  Random draw = random(Purpose("arrival"), load, operation);
  const auto mean = static_cast<std::uint64_t>(open.every.ns);
  return {static_cast<std::int64_t>(exponential(draw, mean))};
}

void WorkloadClient::advance(std::uint32_t load) {
  Timetable& timetable = timetables[load];
  timetable.at += gap(load, ++timetable.next);
}

void WorkloadClient::again_at(Time at, std::uint32_t load, Context& ctx) {
  const Time now = ctx.monotonic();
  if (std::max(at, now) < loads[load].until)
    ctx.start_timer(std::max(at - now, Duration{}), Due{load});
}

void WorkloadClient::on(const Due& due, NodeId /*self*/, Context& ctx) {
  ask(due.load, ctx);
  if (std::holds_alternative<ClosedLoop>(loads[due.load].pace)) {
    ++timetables[due.load].next;
  } else {
    advance(due.load);
    again_at(timetables[due.load].at, due.load, ctx);
  }
}

void WorkloadClient::on(const Answer<Asked>& answer, NodeId /*replica*/, Context& ctx) {
  const Asked& asked = answer.then;
  const Result& result = answer.result;
  const bool served = result.outcome == Outcome::ok || result.outcome == Outcome::conflict;
  if (served && remembers(loads[asked.load])) {
    Seen& seen = memory.seen[{asked.load, asked.key}];
    seen.version = result.version;
    if (asked.action == Action::read_from)
      seen.read = result.values.size() < kMostEntriesRead ? result.version
                                                          : asked.position + kMostEntriesRead - 1;
  }
  if (const auto* closed = std::get_if<ClosedLoop>(&loads[asked.load].pace))
    again_at(ctx.monotonic() + closed->think, asked.load, ctx);
}

// ---- what is asked ------------------------------------------------------------------------------

Random WorkloadClient::random(Purpose purpose, std::uint32_t load, std::uint64_t operation) const {
  return Random::at(seed, purpose.hash, mix(name_hash(name), load), operation);
}

Drawn WorkloadClient::draw(std::uint32_t load, std::uint64_t operation) const {
  const Load& of = loads[load];
  std::uint64_t weights = 0;
  for (const ActionShare& share : of.mix)
    weights += share.weight;
  Random actions = random(Purpose("action"), load, operation);
  std::uint64_t ticket = actions.below(weights);
  Drawn drawn;
  for (const ActionShare& share : of.mix) {
    drawn.action = share.action;
    if (ticket < share.weight) break;
    ticket -= share.weight;
  }
  Random keys = random(Purpose("key"), load, operation);
  if (const auto* zipf = std::get_if<Zipf>(&of.key_choice))
    drawn.key = zipf->draw(keys);
  else if (std::get<KeyOrder>(of.key_choice) == KeyOrder::sequential)
    drawn.key = operation % of.keys.count();
  else
    drawn.key = keys.below(of.keys.count());
  Random fields = random(Purpose("field"), load, operation);
  drawn.field = fields.below(kFields);
  return drawn;
}

void WorkloadClient::ask(std::uint32_t load, Context& ctx) {
  const Load& of = loads[load];
  const std::uint64_t operation = timetables[load].next;
  const Drawn drawn = draw(load, operation);
  const ObjectName object(of.store, of.type, of.keys.name(drawn.key));
  Request request = make(object, drawn.action, {}, of.number);
  request.bound = of.bound;
  request.consistency = of.reads;
  if (of.type == ObjectType::map) request.field = key_of("field-" + std::to_string(drawn.field));
  const std::string text = name + "." + std::to_string(load) + "." + std::to_string(operation);
  constexpr auto kSchema = static_cast<std::uint32_t>(name_hash("workload value"));
  Seen nothing;
  Seen& seen = remembers(of) ? memory.seen[{load, object.key}] : nothing;
  set_argument(request, seen, Blob(kSchema, ctx.version(), text));
  const Asked asked{load, object.key, drawn.action, request.version};
  memory.client.perform(ctx, std::move(request), asked, of.patience);
}

// What the action needs beside its object; of what it does not need, nothing.
void WorkloadClient::set_argument(Request& request, Seen& seen, Blob value) const {
  switch (request.action) {
    case Action::read:
    case Action::take:
    case Action::reserve:
      break;
    case Action::compare_and_set:
      request.version = seen.version;
      [[fallthrough]];
    case Action::write:
    case Action::append:
    case Action::put:
      request.value = std::move(value);
      break;
    case Action::add:
      if (request.type == ObjectType::set) request.value = seen.added = std::move(value);
      break;
    case Action::remove:
      request.value = seen.added;
      break;
    case Action::raise:
      request.number = static_cast<std::int64_t>(seen.version) + request.number;
      break;
    case Action::read_from:
      request.version = seen.read + 1;
      break;
    case Action::acknowledge:
      request.version = seen.read;
      break;
  }
}

}  // namespace cleave::models::store
