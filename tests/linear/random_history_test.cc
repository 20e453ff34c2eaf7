#include "tests/support/random_history.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace cleave {
namespace {

using testing::perturb;
using testing::random_history;
using testing::RandomHistory;

TEST(RandomHistory, keeps_the_rules_of_a_history_before_and_after_it_is_changed) {
  for (const Model model : all_models())
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      RandomHistory knobs;
      knobs.model = model;
      knobs.operations = 30;
      knobs.keys = 1 + static_cast<std::uint32_t>(seed % 3);
      History history = random_history(knobs, seed);
      ASSERT_GE(history.operations.size(), 30u);
      ASSERT_EQ(check_history(history), std::nullopt) << to_string(model) << ", seed " << seed;
      for (std::uint64_t i = 0; i < 5; ++i)
        perturb(history, seed + 1000 * i);
      ASSERT_EQ(check_history(history), std::nullopt) << to_string(model) << ", seed " << seed;
    }
}

TEST(RandomHistory, writes_each_value_once_if_told_so) {
  RandomHistory knobs;
  knobs.values = 0;
  knobs.operations = 500;
  const History history = random_history(knobs, 7);
  std::vector<Value> written;
  for (const Operation& o : history.operations)
    if (o.call == Call::write) written.push_back(o.argument);
  EXPECT_GT(written.size(), 150u);
  std::sort(written.begin(), written.end());
  EXPECT_EQ(std::adjacent_find(written.begin(), written.end()), written.end());
}

}  // namespace
}  // namespace cleave
