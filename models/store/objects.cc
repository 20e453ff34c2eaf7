#include "models/store/objects.h"

#include "sim/base/assert.h"

#include <algorithm>
#include <array>
#include <optional>

namespace cleave::models::store {

namespace {

Result ok(std::uint64_t version) {
  return {.outcome = Outcome::ok, .version = version};
}

Result refused(Reason reason) {
  return {.outcome = Outcome::refused, .reason = reason};
}

std::optional<std::int64_t> sum(std::int64_t a, std::int64_t b) {
  std::int64_t total = 0;
  if (__builtin_add_overflow(a, b, &total)) return {};
  return total;
}

// ---- reads --------------------------------------------------------------------------------------

Result get(const Register& r, const Request& /*request*/) {
  Result result = ok(r.version);
  if (r.version > 0) result.values = {r.value};
  return result;
}

Result get(const MaxRegister& r, const Request& /*request*/) {
  Result result = ok(static_cast<std::uint64_t>(r.value));
  result.number = r.value;
  return result;
}

Result get(const Set& set, const Request& /*request*/) {
  Result result = ok(set.version);
  result.values.assign(set.members.begin(), set.members.end());
  return result;
}

// From the position asked for; the version is the position of the last entry of all.
Result get(const Sequence& log, const Request& request) {
  Result result = ok(log.entries.size());
  const std::uint64_t first = std::max<std::uint64_t>(request.version, 1);
  for (std::uint64_t at = first;
       at <= log.entries.size() && result.values.size() < kMostEntriesRead; ++at)
    result.values.push_back(log.entries[at - 1]);
  return result;
}

Result get(const Queue& queue, const Request& request) {
  Result result = ok(queue.appended);
  for (auto entry = queue.entries.lower_bound(request.version);
       entry != queue.entries.end() && result.values.size() < kMostEntriesRead; ++entry)
    result.values.push_back(entry->second);
  return result;
}

Result get(const Counter& counter, const Request& /*request*/) {
  Result result = ok(counter.version);
  result.number = counter.value;
  return result;
}

Result get(const Pool& /*pool*/, const Request& /*request*/) {
  return refused(Reason::unsupported);
}

Result get(const RegisterMap& map, const Request& request) {
  const auto field = map.registers.find(request.field);
  return get(field == map.registers.end() ? Register{} : field->second, request);
}

// ---- updates ------------------------------------------------------------------------------------

Result set(Register& r, const Request& request) {
  if (request.action == Action::compare_and_set && request.version != r.version) {
    Result current = get(r, request);
    current.outcome = Outcome::conflict;
    return current;
  }
  r.value = request.value;
  return ok(++r.version);
}

Result set(MaxRegister& r, const Request& request) {
  r.value = std::max(r.value, request.number);
  return get(r, request);
}

Result set(Set& set, const Request& request) {
  if (request.action == Action::add)
    set.members.insert(request.value);
  else
    set.members.erase(request.value);
  return ok(++set.version);
}

Result set(Sequence& log, const Request& request) {
  log.entries.append(request.value);
  return ok(log.entries.size());
}

Result set(Queue& queue, const Request& request) {
  if (request.action == Action::append) {
    queue.entries.emplace(++queue.appended, request.value);
    return ok(queue.appended);
  }
  const std::uint64_t through = std::min(request.version, queue.appended);
  queue.entries.erase(queue.entries.begin(), queue.entries.upper_bound(through));
  queue.acknowledged = std::max(queue.acknowledged, through);
  return ok(queue.acknowledged);
}

Result set(Counter& counter, const Request& request) {
  const std::optional<std::int64_t> total = sum(counter.value, request.number);
  const bool bounded = request.action == Action::reserve;
  if (!total || (bounded && *total > request.bound)) return refused(Reason::bounded);
  counter.value = *total;
  ++counter.version;
  return get(counter, request);
}

Result set(Pool& pool, const Request& request) {
  if (request.action == Action::put) {
    pool.items.emplace(++pool.put, request.value);
    return ok(++pool.version);
  }
  if (pool.items.empty()) return refused(Reason::empty);
  const auto first = pool.items.begin();
  Result taken = ok(++pool.version);
  taken.values = {first->second};
  pool.items.erase(first);
  return taken;
}

Result set(RegisterMap& map, const Request& request) {
  return set(map.registers[request.field], request);
}

}  // namespace

Object make_object(ObjectType type) {
  static const std::array<Object, std::variant_size_v<Object>> kEmpty{
      Register{}, MaxRegister{}, Set{}, Sequence{}, Queue{}, Counter{}, Pool{}, RegisterMap{}};
  return kEmpty.at(static_cast<std::size_t>(type));
}

Result read(const Object& object, const Request& request) {
  CLEAVE_ASSERT(!is_update(request.action), "a read does not change its object");
  if (request.type != object_type(object) || !supports(request.type, request.action))
    return refused(Reason::unsupported);
  return std::visit([&request](const auto& held) { return get(held, request); }, object);
}

Result update(Object& object, const Request& request) {
  CLEAVE_ASSERT(is_update(request.action), "an update changes its object");
  if (request.type != object_type(object) || !supports(request.type, request.action))
    return refused(Reason::unsupported);
  return std::visit([&request](auto& held) { return set(held, request); }, object);
}

}  // namespace cleave::models::store
