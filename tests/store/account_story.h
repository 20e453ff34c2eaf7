// A store of accounts and people who write to it, for tests to tell stories with.
#pragma once
#include "tests/support/lab.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace cleave::models::store {

struct AccountStory : ::testing::Test {
  support::Lab lab;

  explicit AccountStory(support::Lab begun) : lab(std::move(begun)) {}

  NodeId person(const std::string& name, const std::string& region) {
    const Patience patience{.deadline = 5_s, .answer_within = 1_s};
    return lab.add_person(name, region, "accounts", Routing::nearest, patience);
  }
  OperationId write(NodeId person) {
    return lab.write(person, "accounts", "name", std::to_string(++value_));
  }
  // One every 100 ms.
  std::vector<OperationId> write_for(NodeId person, Duration duration) {
    std::vector<OperationId> written;
    for (Duration t; t < duration; t += 100_ms) {
      written.push_back(write(person));
      lab.run_for(100_ms);
    }
    return written;
  }
  std::size_t count(const std::vector<OperationId>& operations, Outcome outcome) const {
    return static_cast<std::size_t>(
        std::count_if(operations.begin(), operations.end(),
                      [&](OperationId id) { return lab.outcome(id) == outcome; }));
  }
  void expect_converged_within(Duration duration) {
    lab.run_for(duration);
    EXPECT_TRUE(lab.converged("accounts"));
    EXPECT_FALSE(lab.world.failure()) << lab.world.failure()->what;
  }

 private:
  int value_ = 0;
};

}  // namespace cleave::models::store
