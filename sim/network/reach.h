// The partition algebra: who reaches whom. Faults install rules; of those that speak of a pair of
// nodes the first decides whether packets are cut or held, and all that degrade it add up. Nodes
// that every rule treats alike form a zone, so that the hot path is one bit of a matrix.
#pragma once
#include "sim/base/describe.h"
#include "sim/base/id.h"
#include "sim/network/link.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cleave {

// A division of nodes into sides, and which side is apart from which: from sender to receiver.
// Nodes on no side are not concerned. Invariants: (1) sides are disjoint; (2) they are not empty;
// (3) pairs are sorted.
struct Division {
  enum class Apart : std::uint8_t {
    all,     // every side from every other
    listed,  // those in `pairs`; a side may be apart from itself
  };
  struct Pair {
    std::uint32_t from = 0, to = 0;  // indices of sides
    auto operator<=>(const Pair&) const = default;
    CLEAVE_DESCRIBE(from, to)
  };
  std::vector<NodeId> members;      // side by side
  std::vector<std::uint32_t> ends;  // side s is members [ends[s - 1], ends[s])
  Apart apart = Apart::all;
  std::vector<Pair> pairs;
  bool operator==(const Division&) const = default;
  CLEAVE_DESCRIBE(members, ends, apart, pairs)

  std::size_t sides() const { return ends.size(); }
  std::span<const NodeId> side(std::size_t s) const {
    const std::uint32_t begin = s == 0 ? 0 : ends[s - 1];
    return {members.data() + begin, ends[s] - begin};
  }
};

// A node that several groups name belongs to the first of them; empty groups vanish.
using Nodes = std::vector<NodeId>;

// No group sees another (n-way cut). Nodes of no group see all.
Division split(std::span<const Nodes> groups);
// Nothing passes from `from` to `to`; the other way is open. Groups may overlap.
Division one_way(std::span<const NodeId> from, std::span<const NodeId> to);
// Both ways between `a` and `b`, and between distinct nodes in both: what links of two groups
// means.
Division between(std::span<const NodeId> a, std::span<const NodeId> b);
// `a` and `b` do not see one another; `middle` sees both, and wins where it overlaps with them.
Division bridge(std::span<const NodeId> a, std::span<const NodeId> b,
                std::span<const NodeId> middle);
// Each node sees a majority of the ring, no two the same one. From four nodes on what two nodes see
// is mutual: each sees the nearest on either side. Of three, each hears itself and the node
// before it. Requires: at least three distinct nodes (with fewer it is impossible).
Division majorities_ring(std::span<const NodeId> ring);
// Each node of `alone` sees none of `everyone`, and none sees it.
Division isolate(std::span<const NodeId> alone, std::span<const NodeId> everyone);

enum class RuleKind : std::uint8_t {
  cut,      // drops them
  hold,     // keeps them until the rule is removed
  degrade,  // lays `link` in their way; decides nothing
};

struct Rule {
  FaultId fault;
  RuleKind kind = RuleKind::cut;
  Division division;
  Link link;                 // of degrade: in series with the route
  std::uint64_t entity = 0;  // of degrade: the fault's name, by which its weather is drawn
  bool operator==(const Rule&) const = default;
  CLEAVE_DESCRIBE(fault, kind, division, link, entity)
};

using ZoneId = std::uint16_t;

// Rules in the order they were installed, and what follows from them. A node reaches itself
// whatever the rules say: callers do not ask.
class Reach {
 public:
  explicit Reach(std::size_t nodes = 0) { resize(nodes); }
  // Nodes not mentioned by any rule, for a World that grows. Never shrinks.
  void resize(std::size_t nodes);
  // After all rules so far. Requires: every member of the rule is a node.
  void install(Rule rule);
  // All rules of a fault; how many there were.
  std::size_t remove(FaultId fault);

  // ---- the hot path --------------------------------------------------------------------------
  bool open() const { return rules_.empty(); }  // everything passes, undegraded
  ZoneId zone(NodeId node) const { return zone_of_[node.value]; }
  // Neither cut nor held.
  bool passes(ZoneId from, ZoneId to) const { return bit(passes_, from, to); }
  // Held, and not cut.
  bool holds(ZoneId from, ZoneId to) const { return bit(holds_, from, to); }
  bool degrades() const { return !degraded_.empty(); }
  // Indices of the degrade rules of a pair, in order of installation.
  std::span<const std::uint32_t> conditions(ZoneId from, ZoneId to) const {
    if (degraded_.empty()) return {};
    return lists_[degraded_[std::size_t{from} * zones_ + to]];
  }
  bool passes(NodeId from, NodeId to) const { return passes(zone(from), zone(to)); }
  bool holds(NodeId from, NodeId to) const { return holds(zone(from), zone(to)); }

  // ---- what reports ask ------------------------------------------------------------------------
  // The fault whose rule decided a pair; nothing if none did, so that packets pass.
  std::optional<FaultId> first_rule(NodeId from, NodeId to) const;
  std::span<const Rule> rules() const { return rules_; }
  std::size_t nodes() const { return zone_of_.size(); }
  std::size_t zones() const { return zones_; }

 private:
  bool bit(const std::vector<std::uint64_t>& matrix, ZoneId from, ZoneId to) const {
    return (matrix[from * words_ + to / 64] >> (to % 64) & 1) != 0;
  }
  void compile();
  void refine();
  void number_zones();
  void decide();
  void apply(std::size_t rule, std::vector<std::uint64_t>& decided);
  void degrade(std::size_t rule);
  std::vector<std::uint64_t> rows(std::size_t rule) const;
  std::optional<std::size_t> deciding_rule(ZoneId from, ZoneId to) const;

  std::vector<Rule> rules_;
  std::vector<ZoneId> zone_of_;  // by node
  std::size_t zones_ = 0;
  std::size_t words_ = 1;  // per row of a matrix
  std::vector<std::uint64_t> passes_, holds_;
  std::vector<std::uint32_t> side_of_zone_;        // rules by zones: 1 + side, 0 is no side
  std::vector<std::uint32_t> degraded_;            // zones by zones: index of a list; or empty
  std::vector<std::vector<std::uint32_t>> lists_;  // list 0 is empty
};

}  // namespace cleave
