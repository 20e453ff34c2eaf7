#include "sim/check/linear/strangers.h"

#include "sim/check/linear/specification.h"
#include "sim/check/linear/writers.h"

#include <algorithm>
#include <vector>

namespace cleave::linear {

namespace {

// The first one for which wrong(element, writers of it) is true; or which shows a set's twice.
template <class Wrong>
std::optional<std::uint32_t> find(const History& history, Model model, const Writers& writers,
                                  std::span<const std::uint32_t> operations, Wrong wrong) {
  const bool is_list = model == Model::set || model == Model::set_full || model == Model::log ||
                       model == Model::queue || model == Model::fifo_queue;
  if (!is_list) return std::nullopt;
  std::vector<Value> list;
  for (const std::uint32_t i : operations) {
    const Operation& o = history.operations[i];
    if (o.ending == Ending::pending) continue;
    const auto shown = list_of(history, o);
    if (std::any_of(shown.begin(), shown.end(),
                    [&](Value value) { return wrong(o, writers.of(value)); }))
      return i;
    if (model != Model::set_full) continue;
    list.assign(shown.begin(), shown.end());
    std::stable_sort(list.begin(), list.end());
    if (std::adjacent_find(list.begin(), list.end()) != list.end()) return i;
  }
  return std::nullopt;
}

using Entries = std::span<const Writers::Entry>;

}  // namespace

std::optional<std::uint32_t> find_phantom(const History& history, Model model,
                                          std::span<const std::uint32_t> operations) {
  return find(history, model, Writers(history, operations), operations,
              [](const Operation& /*shows*/, Entries all) { return all.empty(); });
}

std::vector<std::uint32_t> find_stranger(const History& history, Model model,
                                         std::span<const std::uint32_t> operations) {
  const Writers writers(history, operations);
  const auto is_strange = [&](const Operation& o, Entries all) {
    return all.empty() || precedes(o, history.operations[all.front().operation]);
  };
  const auto first = find(history, model, writers, operations, is_strange);
  if (!first) return {};
  std::vector<std::uint32_t> found{*first};
  const Operation& o = history.operations[*first];
  for (const Value value : list_of(history, o))
    if (const auto all = writers.of(value); is_strange(o, all)) {
      for (const Writers::Entry& writer : all)
        found.push_back(writer.operation);
      break;
    }
  return found;
}

}  // namespace cleave::linear
