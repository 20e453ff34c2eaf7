#include "sim/check/transactions/order_search.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <queue>
#include <tuple>
#include <utility>

namespace cleave::transactions {
namespace {

bool is_split(const Rule& rule) {
  return rule.shape == Shape::no_adjacent_rw;
}

// When each operation came about, as good as anybody knows.
std::uint64_t moment(const Operation& operation) {
  return operation.ending == Ending::done ? operation.completed : operation.invoked;
}

// A topological order of all transactions, those that were answered earlier first (Kahn 1962); none
// if the edges are cyclic. With snapshots, a transaction stands where it commits.
std::optional<std::vector<std::uint32_t>> topological_ranks(const Versioned& versioned, Rule rule,
                                                            const std::vector<Edge>& edges) {
  const auto& operations = versioned.history.operations;
  const std::uint32_t parts = is_split(rule) ? 2 : 1;
  const auto nodes = static_cast<std::uint32_t>(operations.size() * parts);
  Arcs arcs;
  for (const Edge& edge : edges) {
    if (!rule.kinds.has(edge.kind)) continue;
    if (!is_split(rule))
      arcs.emplace_back(edge.from, edge.to);
    else if (edge.kind == Kind::rw)
      arcs.emplace_back(2 * edge.from, 2 * edge.to + 1);
    else
      arcs.emplace_back(2 * edge.from + 1, 2 * edge.to);
  }
  for (std::uint32_t i = 0; is_split(rule) && i < operations.size(); ++i)
    arcs.emplace_back(2 * i, 2 * i + 1);
  std::vector<std::uint32_t> first(nodes + 1);
  std::vector<std::uint32_t> before(nodes);
  for (const auto& [from, to] : arcs) {
    ++first[from + 1];
    ++before[to];
  }
  for (std::uint32_t i = 0; i < nodes; ++i)
    first[i + 1] += first[i];
  std::vector<std::uint32_t> targets(arcs.size());
  std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
  for (const auto& [from, to] : arcs)
    targets[next[from]++] = to;

  using Ready = std::pair<std::uint64_t, std::uint32_t>;
  std::priority_queue<Ready, std::vector<Ready>, std::greater<>> ready;
  const auto add = [&](std::uint32_t node) {
    const Operation& operation = operations[node / parts];
    ready.push({parts == 2 && node % 2 == 0 ? operation.invoked : moment(operation), node});
  };
  for (std::uint32_t node = 0; node < nodes; ++node)
    if (before[node] == 0) add(node);
  std::vector<std::uint32_t> ranks(operations.size());
  std::uint32_t done = 0;
  for (; !ready.empty(); ++done) {
    const std::uint32_t node = ready.top().second;
    ready.pop();
    ranks[node / parts] = done;
    for (std::uint32_t i = first[node]; i < first[node + 1]; ++i)
      if (--before[targets[i]] == 0) add(targets[i]);
  }
  if (done < nodes) return std::nullopt;
  return ranks;
}

// Versions that are not settled, in the order of their writers.
template <class Rank>
VersionOrder arranged(const Versioned& versioned, Rank rank) {
  VersionOrder order = versioned.order;
  for (std::uint32_t key = 0; key + 1 < order.first.size(); ++key) {
    const auto begin = order.writes.begin() + order.first[key];
    const auto end = order.writes.begin() + order.first[key + 1];
    std::stable_sort(begin + versioned.settled[key], end, [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(rank(versioned.writes[a].operation), a) <
             std::pair(rank(versioned.writes[b].operation), b);
    });
  }
  return order;
}

bool has_choice(const Versioned& versioned) {
  for (std::uint32_t key = 0; key + 1 < versioned.order.first.size(); ++key) {
    const auto open = versioned.order.of(key).subspan(versioned.settled[key]);
    for (const std::uint32_t write : open)
      if (versioned.writes[write].operation != versioned.writes[open.front()].operation)
        return true;
  }
  return false;
}

// Edges along several versions of one key become one, which rests on the order of two versions.
// Not where an anti-dependency would come to stand before another: snapshots may permit that.
std::vector<Edge> contracted(std::vector<Edge> cycle, const Writes& writes, Rule rule) {
  for (std::size_t i = 0; i < cycle.size() && cycle.size() > 2;) {
    Edge& edge = cycle[i];
    const Edge& next = cycle[(i + 1) % cycle.size()];
    const Edge& second = cycle[(i + 2) % cycle.size()];
    const bool versions = edge.kind == Kind::ww || edge.kind == Kind::rw;
    const bool meets =
        versions && next.kind == Kind::ww && writes[edge.write].key == writes[next.write].key;
    const bool would_touch = is_split(rule) && edge.kind == Kind::rw && second.kind == Kind::rw;
    if (!meets || would_touch || edge.from == next.to) {
      ++i;
      continue;
    }
    edge.to = next.to;
    edge.write = next.write;
    const std::size_t gone = (i + 1) % cycle.size();
    cycle.erase(cycle.begin() + static_cast<std::ptrdiff_t>(gone));
    i = 0;
  }
  return cycle;
}

class OrderSearch {
 public:
  OrderSearch(const Versioned& versioned, Level level, Infer infer, const Budget& budget,
              Work& work)
      : versioned_(versioned),
        level_(level),
        rule_(rule_of(level)),
        infer_(infer),
        budget_(budget),
        work_(work),
        places_(places_of(versioned, versioned.order)) {}

  Searched run() {
    const auto by_time = [&](std::uint32_t o) { return moment(versioned_.history.operations[o]); };
    std::vector<Edge> cycle =
        forbidden_cycle(versioned_, arranged(versioned_, by_time), level_, work_);
    if (cycle.empty()) return {work_.is_over() ? Word::undecided : Word::holds, {}, {}, false};
    if (!has_choice(versioned_)) return {Word::violated, std::move(cycle), {}, false};
    std::vector<std::vector<Before>> open(1);  // choices that are still to be tried
    bool is_root = true;
    while (!open.empty()) {
      const std::vector<Before> chosen = std::move(open.back());
      open.pop_back();
      Tried tried = attempt(chosen);
      if (work_.is_over()) return {};
      if (tried.cycle.empty()) return {Word::holds, {}, {}, false};
      if (is_root || evidence_.empty()) evidence_ = tried.cycle;
      if (is_root && tried.open.empty())
        return {Word::violated, std::move(tried.cycle), std::move(tried.inferred), false};
      is_root = false;
      branch(chosen, tried.open, open);
    }
    return {Word::violated, std::move(evidence_), {}, true};
  }

 private:
  struct Tried {
    std::vector<Edge> cycle;  // empty: the level permits it
    std::vector<Before>
        open;  // choices of which the cycle needs one, and nobody knows if they are so
    std::vector<Inferred> inferred;
  };

  const Versioned& versioned_;
  Level level_;
  Rule rule_;
  Infer infer_;
  const Budget& budget_;
  Work& work_;
  std::vector<std::uint32_t> places_;
  std::vector<Edge> evidence_;

  Tried attempt(const std::vector<Before>& chosen) {
    const Writes& writes = versioned_.writes;
    std::vector<Edge> known = known_edges(versioned_);
    for (const auto& [before, after] : chosen)
      known.push_back({writes[before].operation, writes[after].operation, after, before, Kind::ww});
    Tried tried;
    tried.inferred = infer_(versioned_, level_, known, budget_, work_);
    if (!work_.spend(known.size() + versioned_.history.operations.size())) return tried;
    const auto ranks = topological_ranks(versioned_, rule_, known);
    if (!ranks) {
      const DependencyGraph graph(static_cast<std::uint32_t>(versioned_.history.operations.size()),
                                  known);
      tried.cycle = forbidden_cycle(graph, level_, work_);
      return tried;
    }
    const auto by_rank = [&](std::uint32_t operation) { return (*ranks)[operation]; };
    tried.cycle = contracted(
        forbidden_cycle(versioned_, arranged(versioned_, by_rank), level_, work_), writes, rule_);
    for (const Edge& edge : tried.cycle)
      if ((edge.kind == Kind::ww || edge.kind == Kind::rw) &&
          !is_known(edge, chosen, tried.inferred))
        tried.open.push_back({edge.before, edge.write});
    return tried;
  }

  bool is_known(const Edge& edge, const std::vector<Before>& chosen,
                const std::vector<Inferred>& inferred) const {
    if (edge.before == kInitial) return true;
    const Write& write = versioned_.writes[edge.write];
    if (places_[edge.before] <= versioned_.settled[write.key]) return true;
    if (versioned_.writes[edge.before].operation == write.operation) return true;
    const auto is_it = [&](const auto& pair) {
      return pair.before == edge.before && pair.after == edge.write;
    };
    return std::any_of(chosen.begin(), chosen.end(), is_it) ||
           std::any_of(inferred.begin(), inferred.end(), is_it);
  }

  // Any order that is permitted differs from the one that was tried in one of `choices`. The first
  // in which it does says in which branch it is found.
  static void branch(const std::vector<Before>& chosen, const std::vector<Before>& choices,
                     std::vector<std::vector<Before>>& open) {
    for (std::size_t i = choices.size(); i-- > 0;) {
      std::vector<Before> next = chosen;
      next.insert(next.end(), choices.begin(), choices.begin() + static_cast<std::ptrdiff_t>(i));
      next.push_back({choices[i].after, choices[i].before});
      open.push_back(std::move(next));
    }
  }
};

}  // namespace

std::vector<Inferred> infer_nothing(const Versioned& /*versioned*/, Level /*level*/,
                                    std::vector<Edge>& /*edges*/, const Budget& /*budget*/,
                                    Work& /*work*/) {
  return {};
}

Searched search_orders(const Versioned& versioned, Level level, Infer infer, const Budget& budget,
                       Work& work) {
  return OrderSearch(versioned, level, infer, budget, work).run();
}

}  // namespace cleave::transactions
