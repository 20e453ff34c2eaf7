#include "sim/check/linear/drains.h"

#include "sim/check/linear/specification.h"

#include <algorithm>
#include <span>

namespace cleave::linear {
namespace {

bool is_drain(const Operation& o) {
  return o.call == Call::drain && o.ending != Ending::failed;
}

}  // namespace

bool has_drains(const History& history) {
  return std::any_of(history.operations.begin(), history.operations.end(), is_drain);
}

Undrained without_drains(const History& history) {
  Undrained made{history, {}};
  made.history.operations.clear();
  const auto add = [&made](const Operation& o, std::uint32_t origin) {
    made.history.operations.push_back(o);
    made.origins.push_back(origin);
  };
  for (std::uint32_t i = 0; i < history.operations.size(); ++i) {
    const Operation& o = history.operations[i];
    if (!is_drain(o) || o.ending == Ending::pending || o.answer == Answer::none) {
      add(o, i);
      continue;
    }
    Operation dequeue = o;
    dequeue.call = Call::dequeue;
    dequeue.answer = Answer::one;
    dequeue.results = {};
    for (const Value value : list_of(history, o)) {
      dequeue.result = value;
      add(dequeue, i);
    }
    dequeue.result = {};
    add(dequeue, i);
  }
  return made;
}

bool follows_in_drain(const Operation& a, const Operation& b) {
  return a.invoked == b.invoked && a.call == Call::dequeue;
}

std::vector<std::uint32_t> Subject::origins_of(std::span<const std::uint32_t> operations) const {
  std::vector<std::uint32_t> found(operations.begin(), operations.end());
  if (origins.empty()) return found;
  for (std::uint32_t& i : found)
    i = origins[i];
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace cleave::linear
