#include "sim/network/transport.h"

#include "sim/base/random.h"

#include <algorithm>

namespace cleave {

Duration retransmission_timeout(const ConnectionLimits& limits, Duration round_trip,
                                std::uint32_t attempt) {
  Duration timeout = std::max(limits.minimum_timeout, round_trip * 2);
  for (std::uint32_t i = 0; i < attempt && timeout < limits.maximum_timeout; ++i)
    timeout = timeout * 2;
  return std::min(timeout, limits.maximum_timeout);
}

Duration time_to_break(const ConnectionLimits& limits, Duration round_trip) {
  Duration total;
  for (std::uint32_t i = 0; i <= limits.retries; ++i)
    total += retransmission_timeout(limits, round_trip, i);
  return total;
}

std::uint32_t ConnectionTable::at(NodeId a, NodeId b) {
  if (b < a) std::swap(a, b);
  if (entries_.size() * 2 >= cells_.size()) rehash(std::max<std::size_t>(64, cells_.size() * 2));
  const std::size_t mask = cells_.size() - 1;
  std::size_t cell = mix(a.value, b.value) & mask;
  for (; cells_[cell] != 0; cell = (cell + 1) & mask) {
    const Connection& found = entries_[cells_[cell] - 1];
    if (found.node[0] == a && found.node[1] == b) return cells_[cell] - 1;
  }
  Connection fresh;
  fresh.node = {a, b};
  entries_.push_back(std::move(fresh));
  cells_[cell] = static_cast<std::uint32_t>(entries_.size());
  return cells_[cell] - 1;
}

void ConnectionTable::rehash(std::size_t cells) {
  cells_.assign(cells, 0);
  for (std::uint32_t i = 0; i < entries_.size(); ++i) {
    std::size_t cell = mix(entries_[i].node[0].value, entries_[i].node[1].value) & (cells - 1);
    while (cells_[cell] != 0)
      cell = (cell + 1) & (cells - 1);
    cells_[cell] = i + 1;
  }
}

}  // namespace cleave
