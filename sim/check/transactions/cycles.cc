#include "sim/check/transactions/cycles.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace cleave::transactions {
namespace {

// Searches for more than this many edges look for the shortest no more, once there is one.
constexpr std::uint64_t kPolish = 2'000'000;

// The graph in which a walk of the shape is any walk. For no_adjacent_rw each transaction has two
// nodes: 2 i where it begins and 2 i + 1 where it commits. Dependencies lead from commit to begin,
// anti-dependencies from begin to commit, so that none follows another.
Arcs arcs_of(const DependencyGraph& graph, Kinds kinds, Shape shape) {
  Arcs arcs;
  arcs.reserve(graph.edges().size() + (shape == Shape::no_adjacent_rw ? graph.nodes() : 0));
  for (std::uint32_t node = 0; node < graph.nodes(); ++node) {
    if (shape == Shape::no_adjacent_rw) {
      for (const Edge& edge : graph.from(node))
        if (edge.kind == Kind::rw && kinds.has(Kind::rw))
          arcs.emplace_back(2 * node, 2 * edge.to + 1);
      arcs.emplace_back(2 * node, 2 * node + 1);
      for (const Edge& edge : graph.from(node))
        if (edge.kind != Kind::rw && kinds.has(edge.kind))
          arcs.emplace_back(2 * node + 1, 2 * edge.to);
      continue;
    }
    for (const Edge& edge : graph.from(node))
      if (kinds.has(edge.kind)) arcs.emplace_back(node, edge.to);
  }
  return arcs;
}

// Breadth first over (transaction, was it entered by an anti-dependency?), inside one component.
class Search {
 public:
  Search(const DependencyGraph& graph, Kinds kinds, Shape shape, Work& work)
      : graph_(graph), kinds_(kinds), shape_(shape), work_(work) {}

  std::vector<Edge> run() {
    const bool split = shape_ == Shape::no_adjacent_rw;
    Arcs arcs = arcs_of(graph_, kinds_, shape_);
    if (!work_.spend(arcs.size())) return {};
    component_ = components(graph_.nodes() * (split ? 2 : 1), arcs);
    arcs = {};
    sizes_.assign(component_.size(), 0);
    for (const std::uint32_t component : component_)
      ++sizes_[component];
    if (std::all_of(sizes_.begin(), sizes_.end(), [](std::uint32_t size) { return size < 2; }))
      return {};
    reached_.resize(std::size_t{2} * graph_.nodes());
    if (shape_ == Shape::one_rw) {
      set_levels();
      over_edges();
    } else {
      over_nodes();
    }
    return std::move(best_);
  }

 private:
  static constexpr std::uint32_t kNone = 0xffff'ffff;
  static constexpr std::uint32_t kBegin = kNone - 1;

  const DependencyGraph& graph_;
  Kinds kinds_;
  Shape shape_;
  Work& work_;
  std::vector<std::uint32_t> component_;
  std::vector<std::uint32_t> sizes_;
  std::vector<std::uint32_t> level_;  // no dependency leads to a lower one
  struct Step {
    std::uint32_t edge = kNone;  // kNone: not reached
    std::uint32_t state = 0;     // where it was followed from
  };
  std::vector<Step> reached_;         // by state
  std::vector<std::uint32_t> queue_;  // states of this walk
  std::vector<Edge> best_;
  std::uint64_t since_found_ = 0;

  bool is_inside(std::uint32_t node) const {
    if (shape_ != Shape::no_adjacent_rw) return sizes_[component_[node]] > 1;
    return sizes_[component_[2 * node]] > 1 || sizes_[component_[2 * node + 1]] > 1;
  }
  bool is_inside(const Edge& edge) const {
    if (shape_ != Shape::no_adjacent_rw) return component_[edge.from] == component_[edge.to];
    if (edge.kind == Kind::rw) return component_[2 * edge.from] == component_[2 * edge.to + 1];
    return component_[2 * edge.from + 1] == component_[2 * edge.to];
  }
  bool is_done() const {
    return work_.is_over() || best_.size() == 2 || (!best_.empty() && since_found_ > kPolish);
  }

  void over_nodes() {
    for (std::uint32_t node = 0; node < graph_.nodes() && !is_done(); ++node)
      if (is_inside(node)) walk(node, node, nullptr);
  }
  void over_edges() {
    for (const Edge& edge : graph_.edges()) {
      if (is_done()) return;
      if (edge.kind != Kind::rw || component_[edge.from] != component_[edge.to]) continue;
      if (level_[edge.to] <= level_[edge.from]) walk(edge.to, edge.from, &edge);
    }
  }

  // The length of the longest way of dependencies to each transaction, cycles as one. It tells most
  // pairs apart of which neither leads to the other, since it grows with time.
  void set_levels() {
    Arcs arcs;
    for (std::uint32_t node = 0; node < graph_.nodes(); ++node)
      for (const Edge& edge : graph_.from(node))
        if (edge.kind != Kind::rw && kinds_.has(edge.kind)) arcs.emplace_back(node, edge.to);
    const std::vector<std::uint32_t> component = components(graph_.nodes(), arcs);
    // Tarjan numbers a component after all that it leads to.
    std::stable_sort(arcs.begin(), arcs.end(), [&](const auto& a, const auto& b) {
      return component[a.first] > component[b.first];
    });
    std::vector<std::uint32_t> level(graph_.nodes());  // of components
    for (const auto& [from, to] : arcs)
      if (component[from] != component[to])
        level[component[to]] = std::max(level[component[to]], level[component[from]] + 1);
    level_.resize(graph_.nodes());
    for (std::uint32_t node = 0; node < graph_.nodes(); ++node)
      level_[node] = level[component[node]];
  }

  // From `begin` to `end`, which closes a cycle; `closing` leads from `end` to `begin`.
  void walk(std::uint32_t begin, std::uint32_t end, const Edge* closing) {
    const std::size_t room = best_.empty() ? graph_.nodes() : best_.size() - 1;
    const std::size_t limit = closing == nullptr ? room : room - 1;  // edges to follow
    queue_.assign(1, 2 * begin);
    reached_[2 * begin].edge = kBegin;
    std::size_t depth = 0;
    std::size_t depth_ends = 1;
    for (std::size_t at = 0; at < queue_.size(); ++at) {
      if (at == depth_ends) {
        depth_ends = queue_.size();
        ++depth;
      }
      if (depth >= limit || work_.is_over() || visit(queue_[at], end, closing)) break;
    }
    for (const std::uint32_t state : queue_)
      reached_[state].edge = kNone;
  }

  bool may_follow(const Edge& edge, std::uint32_t state, std::uint32_t end) const {
    if (!kinds_.has(edge.kind) || !is_inside(edge)) return false;
    if (edge.kind == Kind::rw && (shape_ == Shape::one_rw || state % 2 == 1)) return false;
    return shape_ != Shape::one_rw || level_[edge.to] <= level_[end];
  }

  bool visit(std::uint32_t state, std::uint32_t end, const Edge* closing) {
    const auto edges = graph_.from(state / 2);
    work_.spend(edges.size() + 1);
    if (!best_.empty()) since_found_ += edges.size() + 1;
    for (const Edge& edge : edges) {
      if (!may_follow(edge, state, end)) continue;
      const bool by_rw = shape_ == Shape::no_adjacent_rw && edge.kind == Kind::rw;
      const auto number = static_cast<std::uint32_t>(&edge - graph_.edges().data());
      if (edge.to == end && !by_rw) {
        keep(state, number, closing);
        return true;
      }
      const std::uint32_t next = 2 * edge.to + (by_rw ? 1 : 0);
      if (reached_[next].edge != kNone) continue;
      reached_[next] = {number, state};
      queue_.push_back(next);
    }
    return false;
  }

  void keep(std::uint32_t state, std::uint32_t last, const Edge* closing) {
    best_.assign(1, graph_.edges()[last]);
    for (; reached_[state].edge != kBegin; state = reached_[state].state)
      best_.push_back(graph_.edges()[reached_[state].edge]);
    if (closing != nullptr) best_.push_back(*closing);
    std::reverse(best_.begin(), best_.end());
  }
};

}  // namespace

std::vector<Edge> shortest_cycle(const DependencyGraph& graph, Kinds kinds, Shape shape,
                                 Work& work) {
  return Search(graph, kinds, shape, work).run();
}

}  // namespace cleave::transactions
