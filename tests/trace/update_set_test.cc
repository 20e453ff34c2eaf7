#include "sim/trace/update_set.h"

#include "sim/base/assert.h"
#include "sim/base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <set>
#include <string>
#include <vector>

namespace cleave {
namespace {

using Interval = IntervalSet::Interval;

IntervalSet interval_set(const std::vector<std::uint32_t>& numbers) {
  IntervalSet s;
  for (const std::uint32_t n : numbers)
    s.insert(n);
  return s;
}

TEST(IntervalSet, merges_and_splits_at_every_border) {
  struct Case {
    const char* what;
    std::vector<std::uint32_t> before;
    std::uint32_t insert;  // 0: erase instead
    std::uint32_t erase;
    std::vector<Interval> after;
  };
  const std::vector<Case> cases{
      {"first", {}, 5, 0, {{5, 6}}},
      {"extends upwards", {5}, 6, 0, {{5, 7}}},
      {"extends downwards", {5}, 4, 0, {{4, 6}}},
      {"bridges two", {4, 6}, 5, 0, {{4, 7}}},
      {"stands alone between two", {2, 8}, 5, 0, {{2, 3}, {5, 6}, {8, 9}}},
      {"stands alone before all", {5}, 1, 0, {{1, 2}, {5, 6}}},
      {"extends a middle one", {2, 5, 9}, 6, 0, {{2, 3}, {5, 7}, {9, 10}}},
      {"is there already", {2, 3, 4}, 3, 0, {{2, 5}}},
      {"erases the only one", {5}, 0, 5, {}},
      {"erases the first of three", {5, 6, 7}, 0, 5, {{6, 8}}},
      {"erases the last of three", {5, 6, 7}, 0, 7, {{5, 7}}},
      {"splits three", {5, 6, 7}, 0, 6, {{5, 6}, {7, 8}}},
      {"erases what is not there", {5, 7}, 0, 6, {{5, 6}, {7, 8}}},
      {"erases below all", {5}, 0, 4, {{5, 6}}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.what);
    IntervalSet s = interval_set(c.before);
    const bool was_there = s.contains(c.insert > 0 ? c.insert : c.erase);
    const bool changed = c.insert > 0 ? s.insert(c.insert) : s.erase(c.erase);
    EXPECT_EQ(changed, (c.insert > 0) != was_there);
    EXPECT_EQ(s.intervals(), c.after);
    s.check();
  }
}

TEST(IntervalSet, refuses_numbers_that_are_no_operation) {
  IntervalSet s;
  EXPECT_THROW(s.insert(0), EngineBug);
  EXPECT_THROW(s.insert(0xffffffffu), EngineBug);
  EXPECT_TRUE(s.insert(0xfffffffeu));
  EXPECT_TRUE(s.contains(0xfffffffeu));
  EXPECT_FALSE(s.contains(0xffffffffu));
  s.check();
}

TEST(UpdateSet, grows_with_gaps_and_not_with_history) {
  UpdateSet s;
  for (std::uint32_t n = 1; n <= 100'000; ++n)
    for (std::uint32_t client = 0; client < 3; ++client)
      s.insert({{client}, n});
  EXPECT_EQ(s.size(), 300'000u);
  EXPECT_EQ(s.intervals(), 3u);
  s.erase({{1}, 500});
  EXPECT_EQ(s.intervals(), 4u);
}

TEST(UpdateSet, is_equal_by_content_whatever_the_way_there) {
  UpdateSet a;
  UpdateSet b;
  a.insert({{1}, 1});
  a.insert({{2}, 1});
  a.erase({{1}, 1});
  b.insert({{2}, 1});
  EXPECT_EQ(a, b);
  a.check();
}

// Against std::set: every operation, then every way to compare two sets.
TEST(UpdateSet, behaves_as_a_set) {
  const char* given = std::getenv("CLEAVE_TEST_SEED");
  const std::uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : 20181021;
  SCOPED_TRACE("CLEAVE_TEST_SEED=" + std::to_string(seed));
  Random r{seed};
  for (int round = 0; round < 40; ++round) {
    std::vector<UpdateSet> sets(2);
    std::vector<std::set<OperationId>> model(2);
    const std::uint32_t range = static_cast<std::uint32_t>(1 + r.below(60));
    for (int step = 0; step < 400; ++step) {
      const auto which = static_cast<std::size_t>(r.below(2));
      const auto client = static_cast<std::uint32_t>(r.below(4));
      const auto index = static_cast<std::uint32_t>(1 + r.below(range));
      const OperationId update{{client}, index};
      if (r.chance(3, 5)) {
        EXPECT_EQ(sets[which].insert(update), model[which].insert(update).second);
      } else {
        EXPECT_EQ(sets[which].erase(update), model[which].erase(update) > 0);
      }
      EXPECT_EQ(sets[which].contains(update), model[which].count(update) > 0);
      EXPECT_EQ(sets[which].size(), model[which].size());
      sets[which].check();
    }
    std::vector<OperationId> only_a;
    std::vector<OperationId> only_b;
    std::set_difference(model[0].begin(), model[0].end(), model[1].begin(), model[1].end(),
                        std::back_inserter(only_a));
    std::set_difference(model[1].begin(), model[1].end(), model[0].begin(), model[0].end(),
                        std::back_inserter(only_b));
    EXPECT_EQ(difference(sets[0], sets[1]), only_a);
    EXPECT_EQ(difference(sets[1], sets[0]), only_b);
    EXPECT_EQ(symmetric_difference(sets[0], sets[1]), only_a.size() + only_b.size());
    EXPECT_EQ(intersection_size(sets[0], sets[1]), model[0].size() - only_a.size());
    UpdateSet both = sets[0];
    both.unite(sets[1]);
    EXPECT_EQ(both.size(), model[0].size() + only_b.size());
    EXPECT_TRUE(difference(sets[0], both).empty());
    EXPECT_TRUE(difference(sets[1], both).empty());
    both.check();
  }
}

}  // namespace
}  // namespace cleave
