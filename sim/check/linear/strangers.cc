#include "sim/check/linear/strangers.h"

#include "sim/check/linear/specification.h"
#include "sim/check/linear/writers.h"

#include <algorithm>
#include <vector>

namespace cleave::linear {

std::vector<std::uint32_t> find_stranger(const History& history, Model model,
                                         std::span<const std::uint32_t> operations) {
  const bool is_list = model == Model::set || model == Model::set_full || model == Model::log ||
                       model == Model::queue || model == Model::fifo_queue;
  if (!is_list) return {};
  const Writers writers(history, operations);
  std::vector<Value> list;
  for (const std::uint32_t i : operations) {
    const Operation& o = history.operations[i];
    if (o.ending == Ending::pending) continue;
    const auto shown = list_of(history, o);
    list.assign(shown.begin(), shown.end());
    for (const Value value : list) {
      const auto all = writers.of(value);
      if (!all.empty() && !precedes(o, history.operations[all.front().operation])) continue;
      std::vector<std::uint32_t> found{i};
      for (const Writers::Entry& writer : all)
        found.push_back(writer.operation);
      return found;
    }
    if (model != Model::set_full) continue;
    std::stable_sort(list.begin(), list.end());
    if (std::adjacent_find(list.begin(), list.end()) != list.end()) return {i};
  }
  return {};
}

}  // namespace cleave::linear
