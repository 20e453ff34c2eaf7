// Which cycles of the direct serialization graph each level forbids, and what such a cycle is
// called. In ascending order, a level forbids cycles of
//   read uncommitted             ww alone: G0 (Adya 1999, PL-1)
//   read committed               ww and wr: G1c (PL-2)
//   monotonic atomic view        the same, and a transaction that saw part of another, then missed
//                                the rest of it (Bailis et al. 2013)
//   read atomic                  the same, in whatever order it saw and missed
//   parallel snapshot isolation  all kinds with at most one rw (Cerone and Gotsman 2018)
//   snapshot isolation           all kinds with no rw behind another (the same)
//   repeatable read              all kinds: G2-item (PL-2.99)
//   serializable                 all kinds, too: what predicates would add, no step here can show
// Orders of sessions and of real time count wherever the graph holds their edges.
#pragma once
#include "sim/check/history/question.h"
#include "sim/check/transactions/cycles.h"
#include "sim/check/transactions/version_order.h"

#include <string>
#include <vector>

namespace cleave::transactions {

// Edges along which all transactions that a level permits can be put in one order: a cycle of them
// is always forbidden.
struct Rule {
  Kinds kinds;
  Shape shape = Shape::any;
};
Rule rule_of(Level level);

// A cycle that the level forbids, small if there is work left to look for it. Empty: there is none,
// or the work is over.
std::vector<Edge> forbidden_cycle(const DependencyGraph& graph, Level level, Work& work);
// The same if the versions were in that order.
std::vector<Edge> forbidden_cycle(const Versioned& versioned, const VersionOrder& order,
                                  Level level, Work& work);
// The smallest cycle of the gravest class; if that is too much to ask, of a less grave one, and if
// there is none, empty.
std::vector<Edge> gravest_cycle(const DependencyGraph& graph, Level level);

DependencyGraph graph_of(const Versioned& versioned, const std::vector<Edge>& edges);

// "G0", "G1c", "G-single", "G-nonadjacent", "G2-item", with "-process" or "-realtime" if it needs
// those orders; or what a shape that is frequent is known as: "lost-update", "fractured-read",
// "long-fork", "write-skew".
std::string anomaly_of(const std::vector<Edge>& cycle, const Writes& writes);

// Why one write must have come before another of its key, where nobody saw both versions: this
// reader would have read the second otherwise, for it came after its writer.
struct Inferred {
  std::uint32_t before = 0;  // writes
  std::uint32_t after = 0;
  std::uint32_t reader = kNobody;  // none: the writer of the one came before the other's
};

// What the level forbids beyond the weaker ones.
std::string broadest_anomaly(Level level);

// The violation that a cycle shows.
Finding to_finding(const History& history, const Writes& writes, const std::vector<Edge>& cycle,
                   const std::vector<Inferred>& inferred);

}  // namespace cleave::transactions
