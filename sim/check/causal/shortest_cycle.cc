#include "sim/check/causal/shortest_cycle.h"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace cleave::causal {
namespace {

constexpr std::uint32_t kFar = std::numeric_limits<std::uint32_t>::max();

// Operations are known here by their place among the members.
class CycleSearch {
 public:
  CycleSearch(const Registers& registers, std::span<const std::uint32_t> members,
              std::vector<Edge> edges, std::uint64_t most_steps)
      : members_(members), edges_(std::move(edges)), steps_left_(most_steps) {
    std::stable_sort(edges_.begin(), edges_.end(),
                     [](const Edge& a, const Edge& b) { return a.from < b.from; });
    session_of_.resize(members.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
      const bool same =
          i > 0 && registers.process_of[members[i - 1]] == registers.process_of[members[i]];
      if (!same) session_ends_.push_back(i);
      session_ends_.back() = i + 1;
      session_of_[i] = session_ends_.size() - 1;
    }
    steps_.resize(members.size());
    by_.resize(members.size());
  }

  std::vector<Edge> search() && {
    std::vector<Edge> best;
    for (std::size_t e = 0; e < edges_.size() && steps_left_ > 0; ++e) {
      if (e > 0 && edges_[e].from == edges_[e - 1].from) continue;
      const std::uint32_t limit = best.empty() ? kFar : static_cast<std::uint32_t>(best.size());
      if (returns_to(place(edges_[e].from), limit)) best = cycle_at(place(edges_[e].from));
    }
    return best;
  }

 private:
  std::size_t place(std::uint32_t operation) const {
    return static_cast<std::size_t>(std::lower_bound(members_.begin(), members_.end(), operation) -
                                    members_.begin());
  }

  // Whether a way of fewer than `limit` steps leads back to the start, its edges in by_.
  bool returns_to(std::size_t start, std::uint32_t limit) {
    std::fill(steps_.begin(), steps_.end(), kFar);
    reached_from_ = session_ends_;
    queue_.assign(1, start);
    for (std::size_t at = 0; at < queue_.size() && steps_left_ > 0; ++at) {
      const std::size_t here = queue_[at];
      const std::uint32_t steps = at == 0 ? 1 : steps_[here] + 1;
      if (steps >= limit) return false;
      --steps_left_;
      auto edge = std::lower_bound(edges_.begin(), edges_.end(), members_[here],
                                   [](const Edge& e, std::uint32_t o) { return e.from < o; });
      for (; edge != edges_.end() && edge->from == members_[here]; ++edge)
        visit(place(edge->to), *edge, steps);
      std::size_t& reached = reached_from_[session_of_[here]];
      for (std::size_t later = here + 1; later < reached; ++later)
        visit(later, {members_[here], members_[later], Link::session, 0, 0}, steps);
      reached = std::min(reached, here + 1);
      if (steps_[start] != kFar) return true;
    }
    return false;
  }

  void visit(std::size_t there, const Edge& edge, std::uint32_t steps) {
    if (steps_[there] != kFar) return;
    steps_[there] = steps;
    by_[there] = edge;
    queue_.push_back(there);
  }

  std::vector<Edge> cycle_at(std::size_t start) const {
    std::vector<Edge> cycle{by_[start]};
    while (place(cycle.back().from) != start)
      cycle.push_back(by_[place(cycle.back().from)]);
    std::reverse(cycle.begin(), cycle.end());
    return cycle;
  }

  std::span<const std::uint32_t> members_;
  std::vector<Edge> edges_;  // by where they begin
  std::uint64_t steps_left_;
  std::vector<std::size_t> session_of_;
  std::vector<std::size_t> session_ends_;  // one behind the last of each session
  std::vector<std::size_t> reached_from_;  // by session: what comes behind was reached
  std::vector<std::uint32_t> steps_;
  std::vector<Edge> by_;
  std::vector<std::size_t> queue_;
};

}  // namespace

std::vector<Edge> shortest_cycle(const Registers& registers, std::span<const std::uint32_t> members,
                                 std::vector<Edge> edges, std::uint64_t most_steps) {
  return CycleSearch(registers, members, std::move(edges), most_steps).search();
}

}  // namespace cleave::causal
