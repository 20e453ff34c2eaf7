#include "tests/support/register_axioms.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace cleave::testing {
namespace {

using Mask = std::uint32_t;  // of operations

struct Part {
  bool is_read = false;
  std::uint32_t key = 0;
  Value value;
  bool raises = false;  // what is lower is no change
};

struct Small {
  std::vector<std::vector<Part>> operations;
  std::vector<std::uint32_t> process;
  std::vector<Mask> session;  // by operation: what its process did before
  std::size_t size() const { return operations.size(); }
};

Small small_of(const History& history, Mask left_out) {
  Small small;
  Mask bit = 1;
  for (const Operation& o : history.operations) {
    if (o.ending == Ending::failed) continue;
    const bool skipped = (left_out & bit) != 0;
    bit <<= 1;
    if (skipped) continue;
    std::vector<Part> parts;
    const auto add = [&](const auto& asked) {
      if (asked.call == Call::write) parts.push_back({false, asked.key, asked.argument});
      if (asked.call == Call::raise) parts.push_back({false, asked.key, asked.argument, true});
      if (asked.call == Call::read && asked.answer == Answer::one)
        parts.push_back({true, asked.key, asked.result});
    };
    if (o.call == Call::compare_and_set)
      parts = {{true, o.key, o.expected}, {false, o.key, o.argument}};
    else if (o.call == Call::transaction)
      for (const Step& step : history.steps_of(o))
        add(step);
    else
      add(o);
    Mask before = 0;
    for (std::size_t i = 0; i < small.size(); ++i)
      if (small.process[i] == o.process) before |= Mask{1} << i;
    small.operations.push_back(parts);
    small.process.push_back(o.process);
    small.session.push_back(before);
  }
  return small;
}

bool has(Mask mask, std::size_t i) {
  return (mask >> i & 1) != 0;
}

// Strict partial orders of n operations, each as what comes before each of them.
using Order = std::array<Mask, kMostOperations>;

std::vector<Order> orders_of(std::size_t n) {
  std::vector<Order> found;
  Order order{};
  // Row by row; the whole is kept if it is transitive and has no cycle.
  const std::function<void(std::size_t)> fill = [&](std::size_t row) {
    if (row == n) {
      for (std::size_t a = 0; a < n; ++a)
        for (std::size_t b = 0; b < n; ++b)
          if (has(order[a], b) && ((order[b] & ~order[a]) != 0 || has(order[b], a))) return;
      found.push_back(order);
      return;
    }
    for (Mask before = 0; before < Mask{1} << n; ++before) {
      if (has(before, row)) continue;
      order[row] = before;
      fill(row + 1);
    }
  };
  fill(0);
  return found;
}

const std::vector<Order>& all_orders(std::size_t n) {
  static std::map<std::size_t, std::vector<Order>> known;
  const auto at = known.find(n);
  return at != known.end() ? at->second : known.emplace(n, orders_of(n)).first->second;
}

using Memory = std::map<std::uint32_t, Value>;

// Whether the reads that are looked at return what the memory holds; what is written changes it.
bool run(const std::vector<Part>& parts, bool looked_at, Value init, Memory& memory) {
  for (const Part& part : parts) {
    const auto at = memory.try_emplace(part.key, init).first;
    if (!part.is_read && !(part.raises && part.value < at->second)) at->second = part.value;
    if (part.is_read && looked_at && at->second != part.value) return false;
  }
  return true;
}

// Some order of operations that respects `before`, and explains the reads of those looked at.
struct Serialization {
  const Small& small;
  const Order& before;
  Mask looked_at = 0;
  Value init;
};

bool serializable(const Serialization& asked, Mask left, const Memory& memory) {
  if (left == 0) return true;
  for (std::size_t o = 0; o < asked.small.size(); ++o) {
    if (!has(left, o) || (asked.before[o] & left) != 0) continue;
    Memory next = memory;
    if (run(asked.small.operations[o], has(asked.looked_at, o), asked.init, next) &&
        serializable(asked, left & ~(Mask{1} << o), next))
      return true;
  }
  return false;
}

Order session_order(const Small& small) {
  Order order{};
  std::copy(small.session.begin(), small.session.end(), order.begin());
  return order;
}

bool contains(const Order& order, const Small& small) {
  for (std::size_t o = 0; o < small.size(); ++o)
    if ((small.session[o] & ~order[o]) != 0) return false;
  return true;
}

// Session order and reads-from, closed; none if it is a cycle, or a value has no writer. A value
// that its own operation wrote is no matter of others.
std::vector<Order> least_order(const Small& small, Value init) {
  Order order = session_order(small);
  for (std::size_t o = 0; o < small.size(); ++o)
    for (const Part& part : small.operations[o]) {
      if (!part.is_read || part.value == init) continue;
      Mask writer = 0;
      for (std::size_t w = 0; w < small.size(); ++w)
        for (const Part& other : small.operations[w])
          if (!other.is_read && other.key == part.key && other.value == part.value)
            writer |= Mask{1} << w;
      if (writer == 0) return {};
      order[o] |= writer & ~(Mask{1} << o);
    }
  for (std::size_t round = 0; round < small.size(); ++round)
    for (std::size_t a = 0; a < small.size(); ++a)
      for (std::size_t b = 0; b < small.size(); ++b)
        if (has(order[a], b)) order[a] |= order[b];
  for (std::size_t o = 0; o < small.size(); ++o)
    if (has(order[o], o)) return {};
  return {order};
}

std::vector<Order> causal_orders(const Small& small, Value init) {
  if (small.size() > kMostForAllOrders) return least_order(small, init);
  std::vector<Order> found;
  for (const Order& order : all_orders(small.size()))
    if (contains(order, small)) found.push_back(order);
  return found;
}

bool has_causal(const Small& small, Level level, Value init) {
  const auto orders = causal_orders(small, init);
  return std::any_of(orders.begin(), orders.end(), [&](const Order& order) {
    for (std::size_t o = 0; o < small.size(); ++o) {
      const Mask own = Mask{1} << o;
      const Mask looked_at = level == Level::causal_memory ? own | small.session[o] : own;
      if (!serializable({small, order, looked_at, init}, order[o] | own, {})) return false;
    }
    return true;
  });
}

bool converges(const Small& small, const std::vector<std::size_t>& arbitration, const Order& order,
               Value init) {
  for (std::size_t o = 0; o < small.size(); ++o) {
    Memory memory;
    for (const std::size_t earlier : arbitration)
      if (has(order[o], earlier)) run(small.operations[earlier], false, init, memory);
    if (!run(small.operations[o], true, init, memory)) return false;
  }
  return true;
}

bool has_convergence(const Small& small, Value init) {
  const auto orders = causal_orders(small, init);
  std::vector<std::size_t> arbitration(small.size());
  std::iota(arbitration.begin(), arbitration.end(), 0);
  do {
    Order all{};
    Mask before = 0;
    for (const std::size_t o : arbitration) {
      all[o] = before;
      before |= Mask{1} << o;
    }
    for (const Order& order : orders) {
      bool within = true;
      for (std::size_t o = 0; o < small.size(); ++o)
        within = within && (order[o] & ~all[o]) == 0;
      if (within && converges(small, arbitration, order, init)) return true;
    }
  } while (std::next_permutation(arbitration.begin(), arbitration.end()));
  return false;
}

bool has_pram(const Small& small, Value init) {
  for (std::size_t p = 0; p < small.size(); ++p) {
    Mask own = 0;
    for (std::size_t o = 0; o < small.size(); ++o)
      if (small.process[o] == small.process[p]) own |= Mask{1} << o;
    const Mask all = (Mask{1} << small.size()) - 1;
    if (!serializable({small, session_order(small), own, init}, all, {})) return false;
  }
  return true;
}

bool allowed(const Small& small, const Question& question) {
  switch (question.level) {
    case Level::causal:
    case Level::causal_memory:
      return has_causal(small, question.level, question.init);
    case Level::causal_convergence:
      return has_convergence(small, question.init);
    case Level::pram:
      return has_pram(small, question.init);
    default:
      throw std::invalid_argument("no axioms for " + std::string(to_string(question.level)));
  }
}

}  // namespace

bool allowed_by_axioms(const History& history, const Question& question) {
  Mask pending = 0;
  Mask bit = 1;
  for (const Operation& o : history.operations) {
    if (o.ending == Ending::failed) continue;
    if (o.ending == Ending::pending) pending |= bit;
    bit <<= 1;
  }
  // Every set of pending operations that did not happen.
  for (Mask left_out = pending;; left_out = (left_out - 1) & pending) {
    if (allowed(small_of(history, left_out), question)) return true;
    if (left_out == 0) return false;
  }
}

}  // namespace cleave::testing
