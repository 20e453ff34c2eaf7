#include "sim/network/reach.h"

#include "sim/base/assert.h"
#include "tests/network/seed.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace cleave {
namespace {

constexpr std::uint64_t kDivisionsTest = 2;

Nodes nodes(std::initializer_list<std::uint32_t> ids) {
  Nodes list;
  for (const std::uint32_t id : ids)
    list.push_back({id});
  return list;
}
Nodes first(std::uint32_t n) {
  Nodes list;
  for (std::uint32_t i = 0; i < n; ++i)
    list.push_back({i});
  return list;
}
Division split_of(std::vector<Nodes> groups) {
  return split(groups);
}
Rule rule_of(Division division, RuleKind kind = RuleKind::cut, std::uint32_t fault = 0) {
  return {{fault}, kind, std::move(division), {}, 0};
}
Reach reach_of(std::size_t n, Division division) {
  Reach reach(n);
  reach.install(rule_of(std::move(division)));
  return reach;
}

// What a division means, node by node.
bool separates(const Division& division, NodeId from, NodeId to) {
  std::optional<std::uint32_t> a;
  std::optional<std::uint32_t> b;
  for (std::uint32_t s = 0; s < division.sides(); ++s) {
    const auto nodes = division.side(s);
    if (std::find(nodes.begin(), nodes.end(), from) != nodes.end()) a = s;
    if (std::find(nodes.begin(), nodes.end(), to) != nodes.end()) b = s;
  }
  if (!a || !b || from == to) return false;
  if (division.apart == Division::Apart::all) return *a != *b;
  return std::binary_search(division.pairs.begin(), division.pairs.end(), Division::Pair{*a, *b});
}

// Rows are senders, columns receivers; x: passes, .: does not, and what a node sees of itself is
// written x, for nobody asks.
std::string picture(const Reach& reach) {
  std::string rows;
  for (std::uint32_t from = 0; from < reach.nodes(); ++from) {
    if (from != 0) rows += ' ';
    for (std::uint32_t to = 0; to < reach.nodes(); ++to)
      rows += from == to || reach.passes(NodeId{from}, NodeId{to}) ? 'x' : '.';
  }
  return rows;
}

struct AlgebraCase {
  const char* what;
  Division division;
  std::string expected;
};
TEST(Division, says_who_sees_whom) {
  const std::vector<AlgebraCase> cases{
      {"nobody", {}, "xxxx xxxx xxxx xxxx"},
      {"one side has nobody to be cut from", split_of({nodes({0, 1})}), "xxxx xxxx xxxx xxxx"},
      {"two sides", split_of({nodes({0, 1}), nodes({2, 3})}), "xx.. xx.. ..xx ..xx"},
      {"two sides and a bystander", split_of({nodes({0}), nodes({2, 3})}), "xx.. xxxx .xxx .xxx"},
      {"three sides", split_of({nodes({0}), nodes({1, 2}), nodes({3})}), "x... .xx. .xx. ...x"},
      {"an empty side", split_of({nodes({}), nodes({0}), nodes({1})}), "x.xx .xxx xxxx xxxx"},
      {"named twice: the first side has it", split_of({nodes({0, 1}), nodes({1, 2, 3})}),
       "xx.. xx.. ..xx ..xx"},
      {"one way, 0 to 1", one_way(nodes({0}), nodes({1})), "x.xx xxxx xxxx xxxx"},
      {"one way, 1 to 0", one_way(nodes({1}), nodes({0})), "xxxx .xxx xxxx xxxx"},
      {"one way between groups", one_way(nodes({0, 1}), nodes({2, 3})), "xx.. xx.. xxxx xxxx"},
      {"deaf: nothing reaches 0", one_way(first(4), nodes({0})), "xxxx .xxx .xxx .xxx"},
      {"mute: nothing leaves 0", one_way(nodes({0}), first(4)), "x... xxxx xxxx xxxx"},
      {"one way between groups that overlap", one_way(nodes({0, 1, 2}), nodes({1, 2, 3})),
       "x... xx.. x.x. xxxx"},
      {"one way to nobody", one_way(nodes({0}), {}), "xxxx xxxx xxxx xxxx"},
      {"between two groups", between(nodes({0}), nodes({2, 3})), "xx.. xxxx .xxx .xxx"},
      {"between groups that overlap", between(nodes({0, 1, 2}), nodes({2, 3})),
       "xx.. xx.. ..x. ...x"},
      {"among all", between(first(4), first(4)), "x... .x.. ..x. ...x"},
      {"bridge over 1", bridge(nodes({0}), nodes({2, 3}), nodes({1})), "xx.. xxxx .xxx .xxx"},
      {"the middle of a bridge is on neither bank",
       bridge(nodes({0, 1}), nodes({1, 2, 3}), nodes({1})), "xx.. xxxx .xxx .xxx"},
      {"ring of four", majorities_ring(first(4)), "xx.x xxx. .xxx x.xx"},
      {"ring in another order", majorities_ring(nodes({0, 2, 1, 3})), "x.xx .xxx xxx. xx.x"},
      {"ring of three hears one way", majorities_ring(nodes({0, 1, 2})), "xx.x .xxx x.xx xxxx"},
      {"isolate one", isolate(nodes({1}), first(4)), "x.xx .x.. x.xx x.xx"},
      {"isolate two: from one another too", isolate(nodes({0, 1}), first(4)),
       "x... .x.. ..xx ..xx"},
      {"isolate all", isolate(first(4), first(4)), "x... .x.. ..x. ...x"},
  };
  for (const AlgebraCase& c : cases) {
    SCOPED_TRACE(c.what);
    const Reach reach = reach_of(4, c.division);
    EXPECT_EQ(picture(reach), c.expected);
    for (std::uint32_t from = 0; from < 4; ++from)
      for (std::uint32_t to = 0; to < 4; ++to)
        EXPECT_EQ(separates(c.division, {from}, {to}), c.expected[from * 5 + to] == '.');
  }
}

TEST(MajoritiesRing, gives_each_node_a_majority_and_no_two_the_same) {
  for (std::uint32_t n = 3; n <= 15; ++n) {
    SCOPED_TRACE(std::to_string(n) + " nodes");
    const Reach reach = reach_of(n, majorities_ring(first(n)));
    std::vector<std::vector<bool>> heard(n, std::vector<bool>(n));
    for (std::uint32_t to = 0; to < n; ++to) {
      for (std::uint32_t from = 0; from < n; ++from)
        heard[to][from] = from == to || reach.passes(NodeId{from}, NodeId{to});
      const auto count = std::count(heard[to].begin(), heard[to].end(), true);
      EXPECT_GT(2 * static_cast<std::uint32_t>(count), n);
      EXPECT_LT(static_cast<std::uint32_t>(count), n);
      EXPECT_LE(static_cast<std::uint32_t>(count), n / 2 + 2) << "no more than needed";
    }
    for (std::uint32_t a = 0; a < n; ++a)
      for (std::uint32_t b = 0; b < a; ++b) {
        EXPECT_NE(heard[a], heard[b]);
        EXPECT_TRUE(n == 3 || heard[a][b] == heard[b][a]) << "mutual";
      }
  }
  EXPECT_THROW(majorities_ring(first(2)), EngineBug);
  EXPECT_THROW(majorities_ring(nodes({0, 1, 1})), EngineBug);
}

// ---- rules --------------------------------------------------------------------------------------

enum class Fate { passes, cut, held };
struct Verdict {
  Fate fate = Fate::passes;
  std::optional<std::size_t> rule;
  std::vector<std::uint32_t> conditions;
};
// What the rules say about one pair, one by one.
Verdict judge(std::span<const Rule> rules, NodeId from, NodeId to) {
  Verdict verdict;
  for (std::size_t r = 0; r < rules.size(); ++r) {
    if (!separates(rules[r].division, from, to)) continue;
    if (rules[r].kind == RuleKind::degrade)
      verdict.conditions.push_back(static_cast<std::uint32_t>(r));
    else if (!verdict.rule)
      verdict.rule = r;
  }
  if (verdict.rule && rules[*verdict.rule].kind == RuleKind::cut) verdict.fate = Fate::cut;
  if (verdict.rule && rules[*verdict.rule].kind == RuleKind::hold) verdict.fate = Fate::held;
  return verdict;
}
void expect_as_judged(const Reach& reach) {
  for (std::uint32_t from = 0; from < reach.nodes(); ++from)
    for (std::uint32_t to = 0; to < reach.nodes(); ++to) {
      if (from == to) continue;
      const Verdict verdict = judge(reach.rules(), {from}, {to});
      const ZoneId a = reach.zone({from});
      const ZoneId b = reach.zone({to});
      ASSERT_EQ(reach.passes(a, b), verdict.fate == Fate::passes) << from << " to " << to;
      ASSERT_EQ(reach.holds(a, b), verdict.fate == Fate::held) << from << " to " << to;
      const auto fault = reach.first_rule({from}, {to});
      ASSERT_EQ(fault.has_value(), verdict.rule.has_value());
      ASSERT_TRUE(!fault || *fault == reach.rules()[*verdict.rule].fault);
      const auto conditions = reach.conditions(a, b);
      ASSERT_TRUE(std::equal(conditions.begin(), conditions.end(), verdict.conditions.begin(),
                             verdict.conditions.end()));
    }
}

// All ways to put four nodes on two sides or none, with the first side cut from the second.
std::vector<Division> small_divisions() {
  std::vector<Division> all;
  for (std::uint32_t code = 0; code < 81; ++code) {
    std::array<Nodes, 3> sides;
    for (std::uint32_t node = 0, rest = code; node < 4; ++node, rest /= 3)
      sides[rest % 3].push_back({node});
    if (sides[1].empty() || sides[2].empty()) continue;
    all.push_back(one_way(sides[1], sides[2]));
    if (sides[1].front() < sides[2].front()) all.push_back(split_of({sides[1], sides[2]}));
  }
  return all;
}

TEST(Reach, every_two_rules_over_four_nodes) {
  const std::vector<Division> divisions = small_divisions();
  ASSERT_EQ(divisions.size(), 75u);
  for (const Division& earlier : divisions)
    for (const Division& later : divisions)
      for (const RuleKind kind : {RuleKind::cut, RuleKind::hold, RuleKind::degrade}) {
        Reach reach(4);
        reach.install(rule_of(earlier, kind, 7));
        reach.install(rule_of(later, kind == RuleKind::hold ? RuleKind::cut : RuleKind::hold, 8));
        expect_as_judged(reach);
        if (testing::Test::HasFatalFailure()) return;
      }
}

Nodes random_nodes(Random& r, std::uint32_t n) {
  Nodes chosen;
  const std::uint64_t share = r.below(5);
  for (std::uint32_t i = 0; i < n; ++i)
    if (r.below(4) < share) chosen.push_back({i});
  return chosen;
}
Division random_division(Random& r, std::uint32_t n) {
  const Nodes a = random_nodes(r, n);
  const Nodes b = random_nodes(r, n);
  const Nodes c = random_nodes(r, n);
  switch (r.below(6)) {
    case 0:
      return split_of({a, b, c});
    case 1:
      return one_way(a, b);
    case 2:
      return between(a, b);
    case 3:
      return bridge(a, b, c);
    case 4:
      return isolate(a, first(n));
    default:
      return a.size() < 3 ? split_of({a, b}) : majorities_ring(a);
  }
}

TEST(Reach, random_rules) {
  SCOPED_TRACE("CLEAVE_TEST_SEED=" + std::to_string(test::seed()));
  for (std::uint64_t i = 0; i < 100; ++i) {
    SCOPED_TRACE("case " + std::to_string(i));
    Random r = test::draws(kDivisionsTest, i);
    const auto n = static_cast<std::uint32_t>(r.below(90));  // past 64 zones, too
    Reach reach(n);
    const std::uint64_t rules = r.below(8);
    for (std::uint32_t fault = 0; fault < rules; ++fault) {
      const auto kind = static_cast<RuleKind>(r.below(3));
      reach.install(rule_of(random_division(r, n), kind, fault / 2));
    }
    expect_as_judged(reach);
    reach.remove({static_cast<std::uint32_t>(r.below(4))});
    expect_as_judged(reach);
    if (HasFatalFailure()) return;
  }
}

TEST(Reach, zones_are_as_few_as_can_be) {
  Reach reach(1000);
  EXPECT_EQ(reach.zones(), 1u);
  Nodes even;
  Nodes odd;
  for (std::uint32_t i = 0; i < 1000; ++i)
    (i % 2 == 0 ? even : odd).push_back({i});
  reach.install(rule_of(split_of({even, odd}), RuleKind::cut, 1));
  EXPECT_EQ(reach.zones(), 2u);
  reach.install(rule_of(split_of({odd, even}), RuleKind::cut, 2));
  EXPECT_EQ(reach.zones(), 2u);
  reach.install(rule_of(one_way(nodes({0, 1}), first(1000)), RuleKind::cut, 3));
  EXPECT_EQ(reach.zones(), 4u);
  reach.remove({3});
  EXPECT_EQ(reach.zones(), 2u);
}

TEST(Reach, what_is_left_does_not_tell_what_was_removed) {
  Reach twice(6);
  twice.install(rule_of(split_of({nodes({3, 5}), nodes({0, 4})}), RuleKind::hold, 1));
  twice.install(rule_of(split_of({nodes({5, 0}), nodes({1})}), RuleKind::cut, 2));
  EXPECT_EQ(twice.remove({1}), 1u);
  EXPECT_EQ(twice.remove({1}), 0u);
  Reach once(6);
  once.install(rule_of(split_of({nodes({5, 0}), nodes({1})}), RuleKind::cut, 2));
  EXPECT_EQ(picture(twice), picture(once));
  for (std::uint32_t i = 0; i < 6; ++i)
    EXPECT_EQ(twice.zone({i}), once.zone({i}));
}

TEST(Reach, first_rule_that_decides_wins) {
  Reach reach(3);
  EXPECT_TRUE(reach.open());
  reach.install(rule_of(one_way(nodes({0}), nodes({1})), RuleKind::cut, 1));
  reach.install(rule_of(split_of({nodes({0}), nodes({1, 2})}), RuleKind::hold, 2));
  reach.install(rule_of(split_of({nodes({0}), nodes({1}), nodes({2})}), RuleKind::cut, 3));
  EXPECT_FALSE(reach.open());
  EXPECT_EQ(picture(reach), "x.. .x. ..x");
  EXPECT_EQ(reach.first_rule({0}, {1}), FaultId{1});
  EXPECT_EQ(reach.first_rule({1}, {0}), FaultId{2});
  EXPECT_EQ(reach.first_rule({1}, {2}), FaultId{3});
  EXPECT_FALSE(reach.holds(NodeId{0}, NodeId{1}));
  EXPECT_TRUE(reach.holds(NodeId{1}, NodeId{0}));
  EXPECT_FALSE(reach.holds(NodeId{1}, NodeId{2}));
  reach.remove({2});
  EXPECT_EQ(reach.first_rule({1}, {0}), FaultId{3});
  EXPECT_FALSE(reach.holds(NodeId{1}, NodeId{0}));
}

TEST(Reach, conditions_add_up_in_order) {
  Reach reach(3);
  EXPECT_FALSE(reach.degrades());
  reach.install(rule_of(split_of({nodes({0}), nodes({1})}), RuleKind::degrade, 1));
  reach.install(rule_of(split_of({nodes({0}), nodes({1, 2})}), RuleKind::cut, 2));
  reach.install(rule_of(one_way(nodes({1, 2}), nodes({0})), RuleKind::degrade, 3));
  EXPECT_TRUE(reach.degrades());
  const auto conditions = [&reach](std::uint32_t from, std::uint32_t to) {
    const auto found = reach.conditions(reach.zone({from}), reach.zone({to}));
    return std::vector<std::uint32_t>(found.begin(), found.end());
  };
  EXPECT_EQ(conditions(0, 1), std::vector<std::uint32_t>{0});
  EXPECT_EQ(conditions(1, 0), (std::vector<std::uint32_t>{0, 2}));
  EXPECT_EQ(conditions(2, 0), std::vector<std::uint32_t>{2});
  EXPECT_TRUE(conditions(0, 2).empty());
  EXPECT_TRUE(conditions(1, 2).empty());
  EXPECT_FALSE(reach.passes(NodeId{0}, NodeId{1}));
}

TEST(Reach, copies_are_independent) {
  Reach original(4);
  original.install(rule_of(split_of({nodes({0}), nodes({1})}), RuleKind::cut, 1));
  Reach copy = original;
  copy.install(rule_of(split_of({nodes({2}), nodes({3})}), RuleKind::cut, 2));
  original.remove({1});
  EXPECT_EQ(picture(original), "xxxx xxxx xxxx xxxx");
  EXPECT_EQ(picture(copy), "x.xx .xxx xxx. xx.x");
}

TEST(Reach, grows) {
  Reach reach(2);
  reach.install(rule_of(split_of({nodes({0}), nodes({1})})));
  EXPECT_THROW(reach.install(rule_of(split_of({nodes({0}), nodes({2})}))), EngineBug);
  reach.resize(3);
  EXPECT_EQ(picture(reach), "x.x .xx xxx");
  reach.resize(1);
  EXPECT_EQ(reach.nodes(), 3u);
  EXPECT_EQ(Reach().zones(), 0u);
}

}  // namespace
}  // namespace cleave
