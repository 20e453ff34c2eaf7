// The direct serialization graph (Adya 1999, 4.4): transactions, and why one comes before another.
// Nodes are indices of operations; of those that did not happen no edge is known.
#pragma once
#include "sim/check/history/history.h"

#include <cstdint>
#include <span>
#include <vector>

namespace cleave::transactions {

enum class Kind : std::uint8_t {
  ww,         // wrote the version before the other's
  wr,         // wrote what the other read
  rw,         // read the version before the other's: an anti-dependency
  session,    // went before it in one process
  real_time,  // was answered before the other was asked
};

struct Kinds {
  std::uint8_t bits = 0;
  constexpr bool has(Kind kind) const { return (bits >> static_cast<unsigned>(kind) & 1) != 0; }
  constexpr Kinds with(Kind kind) const {
    return {static_cast<std::uint8_t>(bits | 1u << static_cast<unsigned>(kind))};
  }
  bool operator==(const Kinds&) const = default;
};
constexpr Kinds kWw = Kinds{}.with(Kind::ww);
constexpr Kinds kDependencies = kWw.with(Kind::wr);
constexpr Kinds kConflicts = kDependencies.with(Kind::rw);

struct Edge {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::uint32_t write = 0;   // ww, rw: of `to`; wr: of `from`
  std::uint32_t before = 0;  // ww: of `from`; rw: what `from` read; kInitial: what was there first
  Kind kind = Kind::ww;
};

class DependencyGraph {
 public:
  DependencyGraph(std::uint32_t nodes, const std::vector<Edge>& edges);

  std::uint32_t nodes() const { return static_cast<std::uint32_t>(first_.size() - 1); }
  std::span<const Edge> edges() const { return edges_; }
  std::span<const Edge> from(std::uint32_t node) const {
    return edges().subspan(first_[node], first_[node + 1] - first_[node]);
  }

 private:
  std::vector<Edge> edges_;           // by `from`, else as they came
  std::vector<std::uint32_t> first_;  // of each node, and the end
};

// Edges between nodes, as the algorithms on graphs want them: in ascending order of `first`.
using Arcs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

// Strongly connected components (Tarjan 1972): the number of each node's. Nodes on one cycle share
// it. Requires: arcs are sorted by their beginning.
std::vector<std::uint32_t> components(std::uint32_t nodes, const Arcs& arcs);

// Of operations that happened: each is bound to the next one of its process.
void add_session_order(const History& history, const std::vector<bool>& happened,
                       std::vector<Edge>& edges);
// The transitive reduction of the real-time order, at most one edge an operation and process. Edges
// within a process are its session's.
void add_real_time_order(const History& history, const std::vector<bool>& happened,
                         std::vector<Edge>& edges);

}  // namespace cleave::transactions
