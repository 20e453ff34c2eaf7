#include "sim/network/sides.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace cleave {
namespace {

Nodes nodes(std::initializer_list<std::uint32_t> ids) {
  Nodes list;
  for (const std::uint32_t id : ids)
    list.push_back({id});
  return list;
}

// Each side's nodes, "?" if not every two see one another, and ">" with the sides it reaches.
std::string text(const std::vector<Side>& sides) {
  std::string all;
  for (const Side& side : sides) {
    if (!all.empty()) all += ' ';
    for (const NodeId node : side.nodes)
      all += std::to_string(node.value);
    if (!side.whole) all += '?';
    for (const std::size_t other : side.reaches)
      all += '>' + std::to_string(other);
  }
  return all;
}

struct SidesCase {
  const char* what;
  std::vector<Division> cuts;
  std::string expected;
};
TEST(Sides, of_the_partition_algebra) {
  const std::vector<Nodes> halves{nodes({0, 3}), nodes({1, 2, 4})};
  const std::vector<Nodes> thirds{nodes({0}), nodes({1, 2}), nodes({3, 4})};
  const std::vector<SidesCase> cases{
      {"no rules", {}, "01234"},
      {"two sides", {split(halves)}, "03 124"},
      {"three sides", {split(thirds)}, "0 12 34"},
      {"0 to 1 alone: the others relay", {one_way(nodes({0}), nodes({1}))}, "01234?"},
      {"a deaf node speaks", {one_way(nodes({0, 1, 2, 3, 4}), nodes({2}))}, "0134 2>0"},
      {"a mute node hears", {one_way(nodes({2}), nodes({0, 1, 2, 3, 4}))}, "0134>1 2"},
      {"down a slope",
       {one_way(nodes({1, 2, 3, 4}), nodes({0})), one_way(nodes({3, 4}), nodes({1, 2}))},
       "0>1>2 12>2 34"},
      {"down a slope by relay",
       {one_way(nodes({1, 2, 3, 4}), nodes({0})), one_way(nodes({3, 4}), nodes({1, 2})),
        one_way(nodes({0}), nodes({3, 4}))},
       "0>1>2 12>2 34"},
      {"a bridge is one side", {bridge(nodes({0, 1}), nodes({3, 4}), nodes({2}))}, "01234?"},
      {"nodes of a side are in order whatever zones they are of",
       {bridge(nodes({0, 4}), nodes({1}), nodes({2, 3}))},
       "01234?"},
      {"a ring is one side", {majorities_ring(nodes({0, 1, 2, 3, 4}))}, "01234?"},
      {"none sees another", {between(nodes({0, 1, 2, 3, 4}), nodes({0, 1, 2, 3, 4}))}, "0 1 2 3 4"},
      {"two that do not see one another but a third",
       {between(nodes({0, 1}), nodes({0, 1})), isolate(nodes({3, 4}), nodes({0, 1, 2}))},
       "012? 3 4"},
      {"isolate", {isolate(nodes({2}), nodes({0, 1, 2, 3, 4}))}, "0134 2"},
  };
  for (const SidesCase& c : cases) {
    SCOPED_TRACE(c.what);
    Reach reach(5);
    for (std::uint32_t i = 0; i < c.cuts.size(); ++i)
      reach.install({{i}, RuleKind::cut, c.cuts[i], {}, 0});
    EXPECT_EQ(text(sides(reach)), c.expected);
  }
}

TEST(Sides, of_nobody) {
  EXPECT_TRUE(sides(Reach()).empty());
}

TEST(Sides, what_is_held_does_not_pass) {
  Reach reach(2);
  const std::vector<Nodes> apart{nodes({0}), nodes({1})};
  reach.install({{0}, RuleKind::hold, split(apart), {}, 0});
  EXPECT_EQ(text(sides(reach)), "0 1");
}

}  // namespace
}  // namespace cleave
