#include "sim/check/transactions/session_clocks.h"

#include <algorithm>
#include <cstddef>

namespace cleave::transactions {
namespace {

// Kahn 1962; shorter than the number of nodes if there is a cycle.
std::vector<std::uint32_t> topological(std::uint32_t nodes, const std::vector<std::uint32_t>& first,
                                       const std::vector<std::uint32_t>& targets) {
  std::vector<std::uint32_t> before(nodes);
  for (const std::uint32_t target : targets)
    ++before[target];
  std::vector<std::uint32_t> order;
  order.reserve(nodes);
  for (std::uint32_t node = 0; node < nodes; ++node)
    if (before[node] == 0) order.push_back(node);
  for (std::size_t at = 0; at < order.size(); ++at)
    for (std::uint32_t i = first[order[at]]; i < first[order[at] + 1]; ++i)
      if (--before[targets[i]] == 0) order.push_back(targets[i]);
  return order;
}

}  // namespace

Sessions sessions_of(const History& history, const std::vector<bool>& happened) {
  Sessions sessions;
  sessions.of.resize(history.operations.size());
  sessions.places.resize(history.operations.size());
  std::vector<std::uint32_t> numbers(history.processes.size(), SessionClocks::kNone);
  std::vector<std::uint32_t> sizes;
  for (std::uint32_t i = 0; i < history.operations.size(); ++i) {
    if (!happened[i]) continue;
    std::uint32_t& number = numbers[history.operations[i].process];
    if (number == SessionClocks::kNone) {
      number = sessions.count++;
      sizes.push_back(0);
    }
    sessions.of[i] = number;
    sessions.places[i] = sizes[number]++;
  }
  return sessions;
}

std::uint64_t SessionClocks::bytes(const Sessions& sessions, std::uint32_t parts) {
  return std::uint64_t{2} * sizeof(std::uint32_t) * sessions.count * sessions.of.size() * parts;
}

std::optional<SessionClocks> SessionClocks::of(const Sessions& sessions, std::uint32_t parts,
                                               const Arcs& arcs) {
  const auto nodes = static_cast<std::uint32_t>(sessions.of.size() * parts);
  std::vector<std::uint32_t> first(std::size_t{nodes} + 1);
  for (const auto& [from, to] : arcs)
    ++first[from + 1];
  for (std::uint32_t i = 0; i < nodes; ++i)
    first[i + 1] += first[i];
  std::vector<std::uint32_t> targets(arcs.size());
  std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
  for (const auto& [from, to] : arcs)
    targets[next[from]++] = to;
  const std::vector<std::uint32_t> order = topological(nodes, first, targets);
  if (order.size() < nodes) return std::nullopt;

  SessionClocks clocks;
  clocks.count_ = sessions.count;
  const std::size_t width = sessions.count;
  clocks.before_.assign(width * nodes, 0);
  clocks.after_.assign(width * nodes, kNone);
  for (const std::uint32_t node : order) {
    std::uint32_t* const own = &clocks.before_[node * width];
    const std::uint32_t operation = node / parts;
    if (node % parts == parts - 1)
      own[sessions.of[operation]] =
          std::max(own[sessions.of[operation]], sessions.places[operation] + 1);
    for (std::uint32_t i = first[node]; i < first[node + 1]; ++i) {
      std::uint32_t* const to = &clocks.before_[targets[i] * width];
      for (std::size_t session = 0; session < width; ++session)
        to[session] = std::max(to[session], own[session]);
    }
  }
  for (std::size_t at = order.size(); at-- > 0;) {
    const std::uint32_t node = order[at];
    std::uint32_t* const own = &clocks.after_[node * width];
    const std::uint32_t operation = node / parts;
    for (std::uint32_t i = first[node]; i < first[node + 1]; ++i) {
      const std::uint32_t* const to = &clocks.after_[targets[i] * width];
      for (std::size_t session = 0; session < width; ++session)
        own[session] = std::min(own[session], to[session]);
    }
    if (node % parts == parts - 1)
      own[sessions.of[operation]] =
          std::min(own[sessions.of[operation]], sessions.places[operation]);
  }
  return clocks;
}

}  // namespace cleave::transactions
