// The containers that judges remember things in.
#include "sim/base/random.h"
#include "sim/check/operation_map.h"
#include "sim/check/pair_table.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cleave {
namespace {

std::uint64_t seed_or(std::uint64_t usual) {
  const char* given = std::getenv("CLEAVE_TEST_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : usual;
}

TEST(OperationMap, behaves_as_a_map) {
  const std::uint64_t seed = seed_or(5);
  SCOPED_TRACE("CLEAVE_TEST_SEED=" + std::to_string(seed));
  Random r{seed};
  OperationMap<std::uint64_t> map;
  std::map<OperationId, std::uint64_t> model;
  std::uint32_t rising = 1;
  for (int step = 0; step < 20'000; ++step) {
    // Mostly as judges use it: new ones on top, old ones away; and sometimes anything.
    const auto client = static_cast<std::uint32_t>(r.below(3));
    const bool anything = r.chance(1, 4);
    const auto index = static_cast<std::uint32_t>(anything ? 1 + r.below(rising + 5) : rising);
    const OperationId id{{client}, index};
    if (r.chance(1, 2)) {
      const std::uint64_t value = r.bits();
      map.put(id, value);
      model[id] = value;
      rising += anything ? 0 : 1;
    } else if (!model.empty()) {
      const OperationId oldest = anything ? id : model.begin()->first;
      const auto expected = model.find(oldest);
      const std::optional<std::uint64_t> taken = map.take(oldest);
      ASSERT_EQ(taken.has_value(), expected != model.end());
      if (taken) {
        ASSERT_EQ(*taken, expected->second);
        model.erase(expected);
      }
    }
    ASSERT_EQ(map.size(), model.size());
    const std::uint64_t* found = map.find(id);
    ASSERT_EQ(found != nullptr, model.count(id) > 0);
    if (found != nullptr) {
      ASSERT_EQ(*found, model[id]);
    }
  }
  std::vector<std::pair<OperationId, std::uint64_t>> listed;
  map.for_each([&listed](OperationId id, std::uint64_t value) { listed.emplace_back(id, value); });
  EXPECT_EQ(listed,
            (std::vector<std::pair<OperationId, std::uint64_t>>(model.begin(), model.end())));
  EXPECT_GT(listed.size(), 0u);
}

TEST(PairTable, finds_what_was_inserted_and_nothing_else) {
  const std::uint64_t seed = seed_or(6);
  SCOPED_TRACE("CLEAVE_TEST_SEED=" + std::to_string(seed));
  Random r{seed};
  PairTable<std::uint32_t> table;
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::uint32_t> model;
  EXPECT_EQ(table.find(0, 0), nullptr);
  for (std::uint32_t n = 1; n <= 5000; ++n) {
    const std::uint64_t object = r.below(20);
    const std::uint64_t value = r.below(1000);
    const std::uint32_t* found = table.find(object, value);
    const auto expected = model.find({object, value});
    ASSERT_EQ(found != nullptr, expected != model.end());
    if (found != nullptr) {
      ASSERT_EQ(*found, expected->second);
      continue;
    }
    table.insert(object, value, n);
    model[{object, value}] = n;
    ASSERT_EQ(table.size(), model.size());
  }
  for (const auto& [key, index] : model) {
    const std::uint32_t* found = table.find(key.first, key.second);
    ASSERT_NE(found, nullptr);
    ASSERT_EQ(*found, index);
  }
}

}  // namespace
}  // namespace cleave
