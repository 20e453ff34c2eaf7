#include "sim/check/causal/chains.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace cleave::causal {
Chains::Chains(const Registers& registers) : registers_(&registers) {
  first_reader_.resize(registers.writes.size() + 1);
  for (const auto& read : registers.reads)
    if (read.writer != Registers::kInitial) ++first_reader_[read.writer + std::size_t{1}];
  std::partial_sum(first_reader_.begin(), first_reader_.end(), first_reader_.begin());
  std::vector<std::uint32_t> next(first_reader_.begin(), first_reader_.end() - 1);
  readers_.resize(first_reader_.back());
  for (std::uint32_t i = 0; i < registers.reads.size(); ++i)
    if (registers.reads[i].writer != Registers::kInitial)
      readers_[next[registers.reads[i].writer]++] = i;
}

Chains::Reach Chains::from(std::uint32_t operation, std::uint32_t limit) const {
  const Registers& r = *registers_;
  Reach reach{std::vector<std::uint32_t>(r.size(), kFar), std::vector<Edge>(r.size())};
  std::vector<std::uint32_t> session_from(r.first_of.begin() + 1, r.first_of.end());  // all reached
  std::vector<std::uint32_t> queue{operation};
  reach.steps[operation] = 0;
  const auto visit = [&](const Edge& edge, std::uint32_t steps) {
    if (reach.steps[edge.to] != kFar) return;
    reach.steps[edge.to] = steps;
    reach.by[edge.to] = edge;
    queue.push_back(edge.to);
  };
  for (std::size_t at = 0; at < queue.size(); ++at) {
    const std::uint32_t here = queue[at];
    const std::uint32_t steps = reach.steps[here] + 1;
    if (steps > limit) break;
    for (const std::uint32_t write : r.writes_of(here)) {
      for (std::uint32_t i = first_reader_[write]; i < first_reader_[write + 1]; ++i)
        visit({here, r.reads[readers_[i]].operation, Link::reads_from, r.writes[write].key, 0},
              steps);
    }
    std::uint32_t& reached = session_from[r.process_of[here]];
    for (std::uint32_t later = here + 1; later < reached; ++later)
      visit({here, later, Link::session, 0, 0}, steps);
    reached = std::min(reached, here + 1);
  }
  return reach;
}

Chains::Reach Chains::to(std::uint32_t operation, std::uint32_t limit) const {
  const Registers& r = *registers_;
  Reach reach{std::vector<std::uint32_t>(r.size(), kFar), std::vector<Edge>(r.size())};
  std::vector<std::uint32_t> session_to(r.first_of.begin(), r.first_of.end() - 1);  // all reached
  std::vector<std::uint32_t> queue{operation};
  reach.steps[operation] = 0;
  const auto visit = [&](const Edge& edge, std::uint32_t steps) {
    if (reach.steps[edge.from] != kFar) return;
    reach.steps[edge.from] = steps;
    reach.by[edge.from] = edge;
    queue.push_back(edge.from);
  };
  for (std::size_t at = 0; at < queue.size(); ++at) {
    const std::uint32_t here = queue[at];
    const std::uint32_t steps = reach.steps[here] + 1;
    if (steps > limit) break;
    for (const Registers::Read& read : r.reads_of(here))
      if (read.writer != Registers::kInitial)
        visit({r.writer_of(read), here, Link::reads_from, read.key, 0}, steps);
    std::uint32_t& reached = session_to[r.process_of[here]];
    for (std::uint32_t earlier = here; earlier-- > reached;)
      visit({earlier, here, Link::session, 0, 0}, steps);
    reached = std::max(reached, here);
  }
  return reach;
}

std::vector<Edge> Chains::between(std::uint32_t a, std::uint32_t b) const {
  return path_from(to(b), a);
}

std::vector<Edge> path_to(const Chains::Reach& reach, std::uint32_t operation) {
  std::vector<Edge> path;
  for (std::uint32_t o = operation; reach.steps[o] != 0; o = path.back().from)
    path.push_back(reach.by[o]);
  std::reverse(path.begin(), path.end());
  return path;
}

std::vector<Edge> path_from(const Chains::Reach& reach, std::uint32_t operation) {
  std::vector<Edge> path;
  for (std::uint32_t o = operation; reach.steps[o] != 0; o = path.back().to)
    path.push_back(reach.by[o]);
  return path;
}

}  // namespace cleave::causal
