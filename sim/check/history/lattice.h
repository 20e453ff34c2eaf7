// Which consistency level implies which.
#pragma once
#include "sim/check/history/question.h"

#include <array>
#include <span>

namespace cleave {

struct Implication {
  Level stronger;
  Level weaker;
};

// Of histories whose operations are no transactions, without what follows from others: Herlihy and
// Wing 1990, section 3.3 (linearizable, sequential); Perrin, Mostéfaoui and Jard 2016, figure 1
// (sequential and below); Brzeziński, Sobaniec and Wawrzyniak 2004 (session guarantees).
inline constexpr std::array kImplications{
    Implication{Level::linearizable, Level::sequential},
    Implication{Level::sequential, Level::causal_memory},
    Implication{Level::sequential, Level::causal_convergence},
    Implication{Level::causal_memory, Level::causal},
    Implication{Level::causal_memory, Level::pram},
    Implication{Level::causal_convergence, Level::causal},
    Implication{Level::causal, Level::read_your_writes},
    Implication{Level::causal, Level::monotonic_reads},
    Implication{Level::causal, Level::monotonic_writes},
    Implication{Level::causal, Level::writes_follow_reads},
    Implication{Level::pram, Level::read_your_writes},
    Implication{Level::pram, Level::monotonic_reads},
    Implication{Level::pram, Level::monotonic_writes},
};

// Whether each history that keeps to `stronger` keeps to `weaker`, by one or more of the above; a
// level implies itself.
constexpr bool implies(Level stronger, Level weaker) {
  if (stronger == weaker) return true;
  for (const Implication& edge : kImplications)
    if (edge.stronger == stronger && implies(edge.weaker, weaker)) return true;
  return false;
}

}  // namespace cleave
