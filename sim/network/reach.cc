#include "sim/network/reach.h"

#include "sim/base/assert.h"

#include <algorithm>
#include <array>
#include <bit>
#include <initializer_list>
#include <utility>

namespace cleave {
namespace {

constexpr std::size_t kMostZones = std::size_t{1} << 16;

// The union of several groups, in order of id.
Nodes merge(std::initializer_list<std::span<const NodeId>> groups) {
  Nodes all;
  for (const auto& group : groups)
    all.insert(all.end(), group.begin(), group.end());
  std::stable_sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

bool contains(const Nodes& sorted, NodeId node) {
  return std::binary_search(sorted.begin(), sorted.end(), node);
}

Nodes without(std::span<const NodeId> group, const Nodes& sorted) {
  Nodes rest;
  for (const NodeId node : group)
    if (!contains(sorted, node)) rest.push_back(node);
  return rest;
}

Nodes overlap(std::span<const NodeId> group, const Nodes& sorted) {
  Nodes both;
  for (const NodeId node : group)
    if (contains(sorted, node)) both.push_back(node);
  return both;
}

// Sides are added in turn; a node stays on the first that names it.
class DivisionBuilder {
 public:
  // The index of the side, or nothing if all its nodes were taken before.
  std::optional<std::uint32_t> add(std::span<const NodeId> nodes) {
    const std::size_t before = division_.members.size();
    for (const NodeId node : nodes) {
      if (node.value >= taken_.size()) taken_.resize(node.value + std::size_t{1});
      if (taken_[node.value]) continue;
      taken_[node.value] = true;
      division_.members.push_back(node);
    }
    if (division_.members.size() == before) return {};
    division_.ends.push_back(static_cast<std::uint32_t>(division_.members.size()));
    return static_cast<std::uint32_t>(division_.ends.size() - 1);
  }
  void set_apart(std::optional<std::uint32_t> from, std::optional<std::uint32_t> to) {
    division_.apart = Division::Apart::listed;
    if (from && to) division_.pairs.push_back({*from, *to});
  }
  Division take() {
    std::stable_sort(division_.pairs.begin(), division_.pairs.end());
    return std::move(division_);
  }

 private:
  Division division_;
  std::vector<bool> taken_;
};

}  // namespace

// ---- divisions ----------------------------------------------------------------------------------

Division split(std::span<const Nodes> groups) {
  DivisionBuilder builder;
  for (const Nodes& group : groups)
    builder.add(group);
  return builder.take();
}

Division one_way(std::span<const NodeId> from, std::span<const NodeId> to) {
  DivisionBuilder builder;
  const auto both = builder.add(overlap(from, merge({to})));
  const auto senders = builder.add(from);
  const auto receivers = builder.add(to);
  builder.set_apart(senders, receivers);
  builder.set_apart(senders, both);
  builder.set_apart(both, receivers);
  builder.set_apart(both, both);
  return builder.take();
}

Division between(std::span<const NodeId> a, std::span<const NodeId> b) {
  DivisionBuilder builder;
  const auto both = builder.add(overlap(a, merge({b})));
  const auto ours = builder.add(a);
  const auto theirs = builder.add(b);
  builder.set_apart(ours, theirs);
  builder.set_apart(theirs, ours);
  for (const auto side : {ours, theirs}) {
    builder.set_apart(side, both);
    builder.set_apart(both, side);
  }
  builder.set_apart(both, both);
  return builder.take();
}

Division bridge(std::span<const NodeId> a, std::span<const NodeId> b,
                std::span<const NodeId> middle) {
  const Nodes bridging = merge({middle});
  const std::array<Nodes, 2> banks{without(a, bridging), without(b, bridging)};
  return split(banks);
}

Division majorities_ring(std::span<const NodeId> ring) {
  const std::size_t n = ring.size();
  constexpr std::size_t kSmallest = 3;
  CLEAVE_CHECK(n >= kSmallest, "a ring of majorities has at least three nodes");
  DivisionBuilder builder;
  for (const NodeId node : ring)
    CLEAVE_CHECK(builder.add({&node, 1}), "the nodes of a ring are distinct");
  const std::size_t majority = n / 2 + 1;
  // Beside itself a node needs majority - 1 others. Half of them on either side, rounded up, keeps
  // the relation mutual; only among three would that be everybody.
  const std::size_t before = n == kSmallest ? 1 : majority / 2;
  const std::size_t after = n == kSmallest ? 0 : majority / 2;
  for (std::uint32_t to = 0; to < n; ++to)
    for (std::size_t step = after + 1; step < n - before; ++step)
      builder.set_apart(static_cast<std::uint32_t>((to + step) % n), to);
  return builder.take();
}

Division isolate(std::span<const NodeId> alone, std::span<const NodeId> everyone) {
  DivisionBuilder builder;
  for (const NodeId node : alone)
    builder.add({&node, 1});
  builder.add(everyone);
  return builder.take();
}

// ---- rules --------------------------------------------------------------------------------------

void Reach::resize(std::size_t nodes) {
  if (nodes < zone_of_.size()) return;
  zone_of_.resize(nodes);
  compile();
}

void Reach::install(Rule rule) {
  for (const NodeId node : rule.division.members)
    CLEAVE_CHECK(node.value < zone_of_.size(), "a rule names nodes that exist");
  rules_.push_back(std::move(rule));
  compile();
}

std::size_t Reach::remove(FaultId fault) {
  const std::size_t removed =
      std::erase_if(rules_, [fault](const Rule& rule) { return rule.fault == fault; });
  if (removed != 0) compile();
  return removed;
}

void Reach::compile() {
  refine();
  number_zones();
  decide();
}

// Splits zones by each side of each rule, touching only the nodes that the rule names. Exact: two
// nodes end in one zone if and only if each rule has them on the same side or on none.
void Reach::refine() {
  std::fill(zone_of_.begin(), zone_of_.end(), ZoneId{0});
  zones_ = zone_of_.empty() ? 0 : 1;
  struct Split {
    std::size_t by = 0;  // the side that split the zone last, counted over all rules from 1
    ZoneId into = 0;
  };
  std::vector<Split> splits(zones_);
  std::size_t side_number = 0;
  for (const Rule& rule : rules_)
    for (std::size_t s = 0; s < rule.division.sides(); ++s) {
      ++side_number;
      for (const NodeId node : rule.division.side(s)) {
        Split& split = splits[zone_of_[node.value]];
        if (split.by != side_number) {
          CLEAVE_CHECK(zones_ < kMostZones, "the rules divide nodes into at most 65536 zones");
          split = {side_number, static_cast<ZoneId>(zones_++)};
          zone_of_[node.value] = split.into;
          splits.emplace_back();
        } else {
          zone_of_[node.value] = split.into;
        }
      }
    }
}

// Numbers zones by their first nodes and drops those that lost all of theirs, so that equal rules
// give equal zones whatever was installed before.
void Reach::number_zones() {
  constexpr std::uint32_t kUnnumbered = UINT32_MAX;
  std::vector<std::uint32_t> number(zones_, kUnnumbered);
  std::uint32_t next = 0;
  for (ZoneId& zone : zone_of_) {
    if (number[zone] == kUnnumbered) number[zone] = next++;
    zone = static_cast<ZoneId>(number[zone]);
  }
  zones_ = next;
  words_ = std::max<std::size_t>(1, (zones_ + 63) / 64);
}

void Reach::decide() {
  passes_.assign(zones_ * words_, ~std::uint64_t{0});
  holds_.assign(zones_ * words_, 0);
  side_of_zone_.assign(rules_.size() * zones_, 0);
  degraded_.clear();
  lists_.assign(1, {});
  std::vector<std::uint64_t> decided(zones_ * words_, 0);
  for (std::size_t r = 0; r < rules_.size(); ++r) {
    const Division& division = rules_[r].division;
    for (std::size_t s = 0; s < division.sides(); ++s)
      for (const NodeId node : division.side(s))
        side_of_zone_[r * zones_ + zone_of_[node.value]] = static_cast<std::uint32_t>(s + 1);
    apply(r, decided);
  }
}

// By side of rule r, from 1: the zones that it is apart from, as a row of bits.
std::vector<std::uint64_t> Reach::rows(std::size_t r) const {
  const Division& division = rules_[r].division;
  const std::size_t sides = division.sides() + 1;
  std::vector<std::uint64_t> on_side(sides * words_, 0);  // row 0: on any
  for (std::size_t z = 0; z < zones_; ++z) {
    const std::size_t side = side_of_zone_[r * zones_ + z];
    if (side == 0) continue;
    on_side[z / 64] |= std::uint64_t{1} << (z % 64);
    on_side[side * words_ + z / 64] |= std::uint64_t{1} << (z % 64);
  }
  std::vector<std::uint64_t> apart(sides * words_, 0);
  if (division.apart == Division::Apart::all) {
    for (std::size_t at = words_; at < apart.size(); ++at)
      apart[at] = on_side[at % words_] & ~on_side[at];
    return apart;
  }
  for (const Division::Pair& pair : division.pairs)
    for (std::size_t w = 0; w < words_; ++w)
      apart[(pair.from + 1) * words_ + w] |= on_side[(pair.to + 1) * words_ + w];
  return apart;
}

void Reach::apply(std::size_t r, std::vector<std::uint64_t>& decided) {
  if (rules_[r].kind == RuleKind::degrade) return degrade(r);
  const std::vector<std::uint64_t> apart = rows(r);
  const RuleKind kind = rules_[r].kind;
  for (std::size_t z = 0; z < zones_; ++z) {
    const std::size_t side = side_of_zone_[r * zones_ + z];
    if (side == 0) continue;
    for (std::size_t w = 0; w < words_; ++w) {
      const std::size_t at = z * words_ + w;
      const std::uint64_t fresh = apart[side * words_ + w] & ~decided[at];
      decided[at] |= fresh;
      passes_[at] &= ~fresh;
      if (kind == RuleKind::hold) holds_[at] |= fresh;
    }
  }
}

// Adds rule r to the lists of its pairs. Pairs that shared a list share the longer one.
void Reach::degrade(std::size_t r) {
  const std::vector<std::uint64_t> apart = rows(r);
  if (degraded_.empty()) degraded_.assign(zones_ * zones_, 0);
  std::vector<std::uint32_t> longer(lists_.size(), 0);  // by list before r; 0: none yet
  for (std::size_t z = 0; z < zones_; ++z) {
    const std::size_t side = side_of_zone_[r * zones_ + z];
    for (std::size_t w = 0; side != 0 && w < words_; ++w)
      for (std::uint64_t left = apart[side * words_ + w]; left != 0; left &= left - 1) {
        const std::size_t to = w * 64 + static_cast<std::size_t>(std::countr_zero(left));
        std::uint32_t& list = degraded_[z * zones_ + to];
        if (longer[list] == 0) {
          longer[list] = static_cast<std::uint32_t>(lists_.size());
          lists_.push_back(lists_[list]);
          lists_.back().push_back(static_cast<std::uint32_t>(r));
        }
        list = longer[list];
      }
  }
}

std::optional<std::size_t> Reach::deciding_rule(ZoneId from, ZoneId to) const {
  for (std::size_t r = 0; r < rules_.size(); ++r) {
    if (rules_[r].kind == RuleKind::degrade) continue;
    const std::uint32_t a = side_of_zone_[r * zones_ + from];
    const std::uint32_t b = side_of_zone_[r * zones_ + to];
    if (a == 0 || b == 0) continue;
    const Division& division = rules_[r].division;
    const bool apart = division.apart == Division::Apart::all
                           ? a != b
                           : std::binary_search(division.pairs.begin(), division.pairs.end(),
                                                Division::Pair{a - 1, b - 1});
    if (apart) return r;
  }
  return {};
}

std::optional<FaultId> Reach::first_rule(NodeId from, NodeId to) const {
  const auto rule = deciding_rule(zone(from), zone(to));
  if (!rule) return {};
  return rules_[*rule].fault;
}

}  // namespace cleave
