#include "sim/check/causal/causal_memory.h"

#include "sim/check/causal/chains.h"
#include "sim/check/causal/components.h"
#include "sim/check/causal/shortest_cycle.h"
#include "sim/check/causal/sight.h"
#include "sim/check/causal/weak_causal.h"

#include <algorithm>
#include <vector>

namespace cleave::causal {
namespace {

constexpr std::uint64_t kMostSteps = 4'000'000;

// All that the operations on a cycle, and the reasons for it, may rest on.
std::vector<std::uint32_t> seen_before(const Registers& registers, const Sight& sight,
                                       std::uint32_t reader) {
  std::vector<std::uint32_t> seen;
  for (std::uint32_t o = 0; o < registers.size(); ++o)
    if (sight.seen_at(o) <= reader) seen.push_back(o);
  return seen;
}

std::optional<Violation> find_cycle(const Registers& registers, const CausalOrder& order,
                                    const Sight& sight) {
  const std::vector<Edge> edges = sight.edges(order);
  if (edges.empty()) return std::nullopt;
  const auto members = smallest_component(registers, edges);
  if (members.empty()) return std::nullopt;
  Violation found;
  found.cycle = shortest_cycle(registers, members, edges_within(registers, edges, members),
                               std::max<std::uint64_t>(kMostSteps, registers.size()));
  const auto initial = std::find_if(found.cycle.begin(), found.cycle.end(), [](const Edge& edge) {
    return edge.link == Link::returned_initial;
  });
  found.anomaly = initial == found.cycle.end() ? "CyclicHB" : "WriteHBInitRead";
  if (initial != found.cycle.end())
    std::rotate(found.cycle.begin(), initial + 1, found.cycle.end());
  const Chains chains(registers);
  for (const Edge& edge : found.cycle) {
    if (edge.link != Link::conflict_for) continue;
    if (order.before(edge.from, edge.reader)) {
      for (const Edge& seen : chains.between(edge.from, edge.reader))
        found.others.push_back(seen.from);
    } else {
      const auto seen = seen_before(registers, sight, edge.reader);
      found.others.insert(found.others.end(), seen.begin(), seen.end());
    }
  }
  return found;
}

Search find_of_process(const Registers& registers, const CausalOrder& order, std::uint32_t process,
                       std::uint64_t& steps) {
  const Sight sight(registers, process, steps);
  Search search;
  if (steps == 0)
    search.undecided = "the budget of steps was used up; raise it";
  else
    search.violation = find_cycle(registers, order, sight);
  return search;
}

}  // namespace

Search find_causal_memory(const Registers& registers, const CausalOrder& order,
                          const Budget& budget) {
  std::uint64_t steps = budget.steps;
  for (std::uint32_t p = 0; p < registers.processes(); ++p) {
    Search search = find_of_process(registers, order, p, steps);
    if (search.violation || !search.undecided.empty()) return search;
  }
  return {};
}

Search find_pram(const Registers& registers, const Budget& budget) {
  std::uint64_t steps = budget.steps;
  for (std::uint32_t p = 0; p < registers.processes(); ++p) {
    const Registers own = with_reads_of(registers, p);
    const CausalOrder order(own, budget);
    Search search;
    if (order.state() == CausalOrder::State::too_large)
      search.undecided = "the clocks do not fit in the budget of bytes; raise it";
    else if (order.state() == CausalOrder::State::cyclic)
      search.violation = cyclic_order(own, order);
    else if (search.violation = find_weak_causal(own, order); !search.violation)
      search = find_of_process(own, order, p, steps);
    if (search.violation || !search.undecided.empty()) return search;
  }
  return {};
}

}  // namespace cleave::causal
