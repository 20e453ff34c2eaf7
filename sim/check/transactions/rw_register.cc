#include "sim/check/transactions/rw_register.h"

#include "sim/check/transactions/flaws.h"
#include "sim/check/transactions/judge_versioned.h"
#include "sim/check/transactions/reads_from.h"
#include "sim/check/transactions/register_orders.h"
#include "sim/check/transactions/weak_orders.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace cleave::transactions {
namespace {

// All that is left of what happened transactions wrote, by key.
VersionOrder final_writes(const History& history, const ReadsFrom& found) {
  VersionOrder order;
  const auto all = found.writes.all();
  order.first.assign(history.keys.size() + 1, 0);
  const auto counts = [&](const Write& write) {
    return write.is_final && found.happened[write.operation];
  };
  for (const Write& write : all)
    if (counts(write)) ++order.first[write.key + 1];
  for (std::size_t key = 0; key < history.keys.size(); ++key)
    order.first[key + 1] += order.first[key];
  order.writes.resize(order.first.back());
  std::vector<std::uint32_t> next(order.first.begin(), order.first.end() - 1);
  for (std::uint32_t i = 0; i < all.size(); ++i)
    if (counts(all[i])) order.writes[next[all[i].key]++] = i;
  return order;
}

std::string doubt_of(const History& history, const ReadsFrom& found) {
  if (found.unclear == 0) return "";
  if (!found.writes.repeated())
    return "somebody wrote the value that was there before, so that reads of it name nobody; write "
           "other values";
  const Write& twice = found.writes[*found.writes.repeated()];
  return to_text(twice.value, history.names) + " was written to " +
         to_text(history.keys[twice.key], history.names) +
         " more than once, so that a read of it does not say by whom; write each value once";
}

Searched solve_weak(const Versioned& versioned, Level level, WeakOrders orders, Work& work) {
  std::vector<Edge> cycle = std::move(orders.contradiction);
  if (cycle.empty()) {
    const DependencyGraph graph = graph_of(versioned, orders.edges);
    cycle = forbidden_cycle(graph, level, work);
    if (cycle.empty()) return {work.is_over() ? Word::undecided : Word::holds, {}, {}, false};
    if (auto graver = gravest_cycle(graph, level); !graver.empty()) cycle = std::move(graver);
  }
  return {Word::violated, std::move(cycle), std::move(orders.inferred), false};
}

Searched solve_registers(const Versioned& versioned, Level level, const Budget& budget,
                         Work& work) {
  switch (level) {
    case Level::read_uncommitted:
      return {Word::holds, {}, {}, false};  // any order of versions is acyclic by itself
    case Level::read_committed:
    case Level::monotonic_atomic_view:
    case Level::read_atomic:
      return solve_weak(versioned, level, weak_orders(versioned, level), work);
    case Level::causal:
      if (auto orders = causal_orders(versioned, budget))
        return solve_weak(versioned, level, *std::move(orders), work);
      return {};
    default:
      return search_orders(versioned, level, infer_register_orders, budget, work);
  }
}

}  // namespace

Finding judge_registers(const History& history, const Question& question, SessionOrder sessions,
                        Solve solve) {
  ReadsFrom found = reads_from(history, question.init);
  Finding finding;
  if (found.known == 0) {
    finding.why = "no transaction read a register, so that any order of them is right";
    return finding;
  }
  if (auto flaw = worst_flaw(history, found.flaws, question.level)) {
    finding = *std::move(flaw);
  } else {
    Versioned versioned{history,
                        found.writes,
                        found.happened,
                        std::move(found.reads),
                        final_writes(history, found),
                        std::vector<std::uint32_t>(history.keys.size()),
                        {}};
    finding =
        judge_versioned(std::move(versioned), question, sessions, solve, doubt_of(history, found));
  }
  finding.checked = found.known;
  return finding;
}

Finding judge_rw_register(const History& history, const Question& question) {
  return judge_registers(history, question, SessionOrder::always, solve_registers);
}

}  // namespace cleave::transactions
