#include "sim/check/abstract/execution.h"

#include "sim/base/name.h"

#include <algorithm>

namespace cleave::abstract {

Told told(const Completed& completed, ObjectType type) {
  if (type != ObjectType::set) return told(completed.version, completed.values);
  std::vector<std::uint64_t> members = completed.values;
  std::stable_sort(members.begin(), members.end());
  return told(completed.version, members);
}

Told told(std::uint64_t version, std::span<const std::uint64_t> values) {
  Told all{version, 0, static_cast<std::uint32_t>(values.size())};
  for (const std::uint64_t value : values)
    all.values = mix(all.values, value);
  return all;
}

std::vector<bool> shown_nodes(const Execution& execution, const VersionTree& tree,
                              Node Operation::*tip) {
  std::vector<bool> shown(tree.size());
  for (const Operation& o : execution.operations)
    if (is_done(o)) shown[o.*tip] = true;
  for (std::size_t node = shown.size(); node-- > 0;)
    if (shown[node] && !tree.is_root(static_cast<Node>(node)))
      shown[tree.parent(static_cast<Node>(node))] = true;
  return shown;
}

}  // namespace cleave::abstract
