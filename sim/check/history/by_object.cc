#include "sim/check/history/by_object.h"

namespace cleave {

namespace {

Value adopt(Value value, const Names& from, Names& to) {
  return value.is_integer() || value.is_nil() ? value : to.intern(from.text_of(value));
}

}  // namespace

std::vector<History> by_object(const History& history) {
  std::vector<History> objects(history.keys.size());
  for (const Operation& operation : history.operations) {
    History& object = objects[operation.key];
    Operation& copy = object.operations.emplace_back(operation);
    copy.key = 0;
    copy.results.first = static_cast<std::uint32_t>(object.values.size());
    for (const Value value : history.results_of(operation))
      object.values.push_back(value);
  }
  for (std::size_t key = 0; key < objects.size(); ++key) {
    History& object = objects[key];
    if (object.operations.empty()) continue;
    object.keys.push_back(adopt(history.keys[key], history.names, object.names));
    for (const Value process : history.processes)
      object.processes.push_back(adopt(process, history.names, object.names));
  }
  std::erase_if(objects, [](const History& object) { return object.operations.empty(); });
  return objects;
}

}  // namespace cleave
