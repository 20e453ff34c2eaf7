// Is there an order of the versions that are not settled in which the level permits the history?
// One order after another is tried; where it shows a forbidden cycle, that cycle says which two
// versions to exchange (a polygraph, Papadimitriou 1979, searched by its conflicts). The search is
// complete: who finds no order within the budget has shown that there is none, or says so.
#pragma once
#include "sim/check/transactions/isolation.h"
#include "sim/check/transactions/version_order.h"

#include <vector>

namespace cleave::transactions {

// One version of a key before another, where it is not settled.
struct Before {
  std::uint32_t before = 0;  // writes
  std::uint32_t after = 0;
};

// What else follows from what is known: adds edges, and says why.
using Infer = std::vector<Inferred> (*)(const Versioned& versioned, Level level,
                                        std::vector<Edge>& edges, const Budget& budget, Work& work);
struct Searched {
  Word word = Word::undecided;
  std::vector<Edge> cycle;         // of a violation
  std::vector<Inferred> inferred;  // and what the cycle rests on
  bool is_example = false;         // other orders have other cycles, and none has none
};
Searched search_orders(const Versioned& versioned, Level level, Infer infer, const Budget& budget,
                       Work& work);

}  // namespace cleave::transactions
