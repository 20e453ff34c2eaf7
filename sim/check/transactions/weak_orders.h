// What the weak levels say of the versions of registers: whoever saw one write of a transaction
// must not miss another one, so that what it read instead came later (Biswas and Enea 2019, 2.2).
// This decides them: the level permits the history if what must come before is acyclic. Time
// O(n^1.5) for n steps (AWDIT, Møldrup and Pavlogiannis 2025).
#pragma once
#include "sim/check/transactions/isolation.h"
#include "sim/check/transactions/version_order.h"

#include <optional>
#include <vector>

namespace cleave::transactions {

struct WeakOrders {
  std::vector<Edge> edges;  // wr, the others of `versioned`, and the ww that follow
  std::vector<Inferred> inferred;
  std::vector<Edge> contradiction;  // somebody missed a write in favour of what was there first
};

// Requires: the level is read committed, monotonic atomic view or read atomic. Of registers, the
// first two are one: what Biswas and Enea call read committed.
WeakOrders weak_orders(const Versioned& versioned, Level level);

// The same for transactional causal consistency: whatever leads to a reader, by sessions and by
// reads, is visible to it. Time and memory are proportional to transactions times sessions (AWDIT).
// None if clocks of that size would not keep to the budget.
std::optional<WeakOrders> causal_orders(const Versioned& versioned, const Budget& budget);

}  // namespace cleave::transactions
