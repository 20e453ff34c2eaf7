#include "sim/check/transactions/order_search.h"

#include "sim/check/transactions/serial_schedule.h"
#include "sim/check/transactions/snapshot_schedule.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace cleave::transactions {
namespace {

bool is_split(const Rule& rule) {
  return rule.shape == Shape::no_adjacent_rw;
}

// Versions that are not settled, in the order of their writers.
VersionOrder arranged(const Versioned& versioned, const std::vector<std::uint32_t>& ranks) {
  VersionOrder order = versioned.order;
  for (std::uint32_t key = 0; key + 1 < order.first.size(); ++key) {
    const auto begin = order.writes.begin() + order.first[key];
    const auto end = order.writes.begin() + order.first[key + 1];
    std::stable_sort(begin + versioned.settled[key], end, [&](std::uint32_t a, std::uint32_t b) {
      return std::pair(ranks[versioned.writes[a].operation], a) <
             std::pair(ranks[versioned.writes[b].operation], b);
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
    if (!has_choice(versioned_)) {
      std::vector<Edge> cycle = forbidden_cycle(versioned_, versioned_.order, level_, work_);
      if (cycle.empty()) return {work_.is_over() ? Word::undecided : Word::holds, {}, {}, false};
      return certain(graph_of(versioned_, edges_of(versioned_, versioned_.order)), std::move(cycle),
                     {});
    }
    // Most histories are right, and what is plainly known is enough for a schedule that shows it;
    // and most are serializable, whatever is asked of them.
    std::vector<Edge> known = known_edges(versioned_);
    std::vector<Edge> cycle = cycle_of(serial_schedule(versioned_, known, work_));
    if (!cycle.empty() && !is_serial()) {
      infer_(versioned_, Level::serializable, known, budget_, work_);
      cycle = cycle_of(serial_schedule(versioned_, known, work_));
    }
    if (cycle.empty()) return {work_.is_over() ? Word::undecided : Word::holds, {}, {}, false};
    std::vector<std::vector<Before>> open(1);  // choices that are still to be tried
    std::vector<Edge> example;
    while (!open.empty()) {
      const std::vector<Before> chosen = std::move(open.back());
      open.pop_back();
      Tried tried = attempt(chosen);
      if (tried.cycle.empty())
        return {work_.is_over() ? Word::undecided : Word::holds, {}, {}, false};
      if (chosen.empty() && tried.open.empty())
        return certain(graph_of(versioned_, tried.known), std::move(tried.cycle),
                       std::move(tried.inferred));
      if (work_.is_over()) return {};
      if (example.empty()) example = tried.cycle;
      branch(chosen, tried.open, open);
    }
    return {Word::violated, std::move(example), {}, true};
  }

 private:
  struct Tried {
    std::vector<Edge> cycle;  // empty: the level permits it, or the work is over
    std::vector<Before>
        open;  // choices of which the cycle needs one, and nobody knows if they are so
    std::vector<Edge> known;  // edges that any order has that keeps to the choices
    std::vector<Inferred> inferred;
  };

  const Versioned& versioned_;
  Level level_;
  Rule rule_;
  Infer infer_;
  const Budget& budget_;
  Work& work_;
  std::vector<std::uint32_t> places_;

  bool is_serial() const { return rule_.shape == Shape::any && rule_.kinds.has(Kind::rw); }

  // What is forbidden if the versions have the order of a schedule.
  std::vector<Edge> cycle_of(const std::vector<std::uint32_t>& ranks) {
    return forbidden_cycle(versioned_, arranged(versioned_, ranks), level_, work_);
  }

  // Any order of the versions has the cycle; there may be a graver one in the graph.
  Searched certain(const DependencyGraph& graph, std::vector<Edge> cycle,
                   std::vector<Inferred> inferred) const {
    std::vector<Edge> graver = gravest_cycle(graph, level_);
    return {Word::violated, std::move(graver.empty() ? cycle : graver), std::move(inferred), false};
  }

  Tried attempt(const std::vector<Before>& chosen) {
    const Writes& writes = versioned_.writes;
    Tried tried;
    tried.known = known_edges(versioned_);
    for (const auto& [before, after] : chosen)
      tried.known.push_back(
          {writes[before].operation, writes[after].operation, after, before, Kind::ww});
    tried.inferred = infer_(versioned_, level_, tried.known, budget_, work_);
    tried.cycle = forbidden_cycle(graph_of(versioned_, tried.known), level_, work_);
    if (!tried.cycle.empty() || work_.is_over()) return tried;
    if (!work_.spend(tried.known.size() + versioned_.history.operations.size())) return tried;
    tried.cycle =
        contracted(cycle_of(is_serial() ? serial_schedule(versioned_, tried.known, work_)
                                        : snapshot_schedule(versioned_, rule_, tried.known)),
                   writes, rule_);
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

Searched search_orders(const Versioned& versioned, Level level, Infer infer, const Budget& budget,
                       Work& work) {
  return OrderSearch(versioned, level, infer, budget, work).run();
}

}  // namespace cleave::transactions
