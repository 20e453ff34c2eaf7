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

std::uint32_t ConnectionTable::at(NodeId a, NodeId b) {
  if (b < a) std::swap(a, b);
  if (std::size_t{size_} * 2 >= cells_->size())
    rehash(std::max<std::size_t>(64, cells_->size() * 2));
  const std::vector<std::uint32_t>& cells = *cells_;
  const std::size_t mask = cells.size() - 1;
  std::size_t cell = mix(a.value, b.value) & mask;
  for (; cells[cell] != 0; cell = (cell + 1) & mask) {
    const Connection& found = std::as_const(*this)[cells[cell] - 1];
    if (found.node[0] == a && found.node[1] == b) return cells[cell] - 1;
  }
  add(a, b);
  cells_.write()[cell] = size_;
  return size_ - 1;
}

void ConnectionTable::add(NodeId a, NodeId b) {
  if (size_ % kPerPage == 0) pages_.emplace_back();
  (*this)[size_++].node = {a, b};
}

void ConnectionTable::rehash(std::size_t cells) {
  std::vector<std::uint32_t>& fresh = cells_.write();
  fresh.assign(cells, 0);
  for (std::uint32_t i = 0; i < size_; ++i) {
    const auto& node = std::as_const(*this)[i].node;
    std::size_t cell = mix(node[0].value, node[1].value) & (cells - 1);
    while (fresh[cell] != 0)
      cell = (cell + 1) & (cells - 1);
    fresh[cell] = i + 1;
  }
}

}  // namespace cleave
