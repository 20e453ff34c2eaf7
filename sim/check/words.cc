#include "sim/check/words.h"

namespace cleave {

std::string name_of(NodeId node, const RunEnd& end) {
  if (node.value < end.node_names.size()) return end.node_names[node.value];
  return "node " + std::to_string(node.value);
}

std::string name_of(OperationId operation, const RunEnd& end) {
  return "operation " + std::to_string(operation.index) + " of " + name_of(operation.client, end);
}

std::string in_seconds(Duration duration) {
  const std::int64_t ms = duration.ns / 1'000'000;
  const std::string fraction = std::to_string(1000 + ms % 1000).substr(1);
  return std::to_string(ms / 1000) + "." + fraction + " s";
}

std::string in_seconds(Time time) {
  return in_seconds(time - Time{});
}

std::string count_of(std::uint64_t n, std::string_view noun) {
  return std::to_string(n) + " " + std::string(noun) + (n == 1 ? "" : "s");
}

}  // namespace cleave
