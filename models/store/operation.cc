#include "models/store/operation.h"

#include <algorithm>
#include <array>

namespace cleave::models::store {

namespace {

// What a request or reply takes beside its values: ids, keys, numbers and framing.
constexpr Bytes kEnvelope{64};

// Few carry one, as CQL has a flag for it.
Bytes size_of(const std::optional<Timestamp>& timestamp) {
  return {timestamp ? std::int64_t{sizeof(Timestamp)} : 0};
}

Bytes size_of(const Blob& blob) {
  return {static_cast<std::int64_t>(blob.bytes().size())};
}

bool is_numeric(ObjectType type) {
  return type == ObjectType::counter || type == ObjectType::max_register;
}

}  // namespace

std::string_view to_string(Consistency consistency) {
  switch (consistency) {
    case Consistency::configured:
      return "configured";
    case Consistency::strong:
      return "strong";
    case Consistency::eventual:
      return "eventual";
  }
  return "?";
}

std::string_view to_string(Reason reason) {
  static constexpr std::array<std::string_view, 11> kWords{
      "none",      "unsupported", "bounded",    "empty",     "disk full", "forgotten",
      "elsewhere", "no leader",   "superseded", "timed out", "clock"};
  return kWords.at(static_cast<std::size_t>(reason));
}

Bytes Request::wire_size() const {
  return kEnvelope + size_of(value) + size_of(timestamp);
}

Bytes Reply::wire_size() const {
  Bytes size = kEnvelope + size_of(timestamp);
  for (const Blob& value : result.values)
    size = size + size_of(value);
  return size;
}

std::span<const Action> actions_of(ObjectType type) {
  static constexpr std::array kRegister{Action::read, Action::write, Action::compare_and_set};
  static constexpr std::array kMaxRegister{Action::read, Action::raise};
  static constexpr std::array kSet{Action::read, Action::add, Action::remove};
  static constexpr std::array kLog{Action::read_from, Action::append};
  static constexpr std::array kQueue{Action::read_from, Action::append, Action::acknowledge};
  static constexpr std::array kCounter{Action::read, Action::add, Action::reserve};
  static constexpr std::array kPool{Action::put, Action::take};
  static constexpr std::array kMap{Action::read, Action::write};
  switch (type) {
    case ObjectType::reg:
      return kRegister;
    case ObjectType::max_register:
      return kMaxRegister;
    case ObjectType::set:
      return kSet;
    case ObjectType::log:
      return kLog;
    case ObjectType::queue:
      return kQueue;
    case ObjectType::counter:
      return kCounter;
    case ObjectType::pool:
      return kPool;
    case ObjectType::map:
      return kMap;
  }
  return {};
}

bool supports(ObjectType type, Action action) {
  const std::span<const Action> actions = actions_of(type);
  return std::find(actions.begin(), actions.end(), action) != actions.end();
}

Invoked to_history(const Request& request, std::uint32_t process) {
  Invoked invoked;
  invoked.id = request.id;
  invoked.process = process;
  invoked.store = request.store;
  // To a judge, each field of a map is an object of its own.
  invoked.key = request.type == ObjectType::map ? mix(request.key.value, request.field.value)
                                                : request.key.value;
  invoked.type = request.type;
  invoked.action = request.action;
  invoked.argument = is_numeric(request.type) ? static_cast<std::uint64_t>(request.number)
                                              : request.value.digest();
  invoked.expected_version = request.action == Action::reserve
                                 ? static_cast<std::uint64_t>(request.bound)
                                 : request.version;
  return invoked;
}

Completed to_history(const Request& request, const Result& result) {
  Completed completed;
  completed.id = request.id;
  completed.outcome = result.outcome;
  completed.version = result.version;
  if (is_numeric(request.type) && result.outcome == Outcome::ok) {
    completed.values = {static_cast<std::uint64_t>(result.number)};
  } else {
    for (const Blob& value : result.values)
      completed.values.push_back(value.digest());
  }
  return completed;
}

}  // namespace cleave::models::store
