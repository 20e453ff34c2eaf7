#include "sim/check/history/standing.h"

#include "sim/check/history/by_object.h"
#include "sim/check/history/history_builder.h"
#include "sim/check/history/judge_history.h"
#include "sim/check/history/lattice.h"
#include "tests/support/random_history.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace cleave {
namespace {

using testing::perturb;
using testing::random_history;

constexpr std::array kLevels{Level::linearizable,     Level::sequential,
                             Level::causal_memory,    Level::causal_convergence,
                             Level::causal,           Level::pram,
                             Level::read_your_writes, Level::monotonic_reads,
                             Level::monotonic_writes, Level::writes_follow_reads};

bool has(const std::vector<Level>& levels, Level level) {
  return std::find(levels.begin(), levels.end(), level) != levels.end();
}

bool follows(const std::vector<Level>& stronger, Level level) {
  return std::any_of(stronger.begin(), stronger.end(),
                     [&](Level other) { return implies(other, level); });
}

History random_registers(std::uint64_t seed, std::uint32_t keys = 2) {
  testing::RandomHistory knobs;
  knobs.model = Model::reg;
  knobs.operations = 14;
  knobs.keys = keys;
  knobs.values = 0;
  History history = random_history(knobs, seed);
  for (std::uint64_t change = 0; change < seed % 3; ++change)
    perturb(history, seed + change);
  return history;
}

TEST(Standing, says_of_each_level_what_its_checker_says) {
  std::size_t broken = 0;
  for (std::uint64_t seed = 0; seed < 1'500; ++seed) {
    SCOPED_TRACE(seed);
    const History history = random_registers(seed);
    const Standing standing = standing_of(history, Model::reg, kLevels, {});
    broken += !standing.violated.empty();
    for (const Level level : kLevels) {
      const Word word = judge_history(history, {Model::reg, level, {}, {}}).word;
      EXPECT_TRUE(word != Word::holds || follows(standing.strongest, level)) << to_string(level);
      EXPECT_TRUE(word != Word::violated || has(standing.violated, level)) << to_string(level);
      EXPECT_TRUE(word == Word::undecided || !has(standing.undecided, level)) << to_string(level);
    }
  }
  EXPECT_GT(broken, 300u);
}

TEST(Standing, lists_no_level_that_another_one_implies) {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    const Standing standing = standing_of(random_registers(seed), Model::reg, kLevels, {});
    for (const Level a : standing.strongest)
      for (const Level b : standing.strongest)
        EXPECT_FALSE(a != b && implies(a, b)) << to_string(a) << ", " << to_string(b);
  }
}

TEST(Standing, knows_that_what_is_stronger_than_something_broken_is_broken) {
  // With no step to spend, searches come to no end; what needs none still tells.
  Budget none;
  none.steps = 0;
  std::size_t settled = 0;
  for (std::uint64_t seed = 0; seed < 1'500; ++seed) {
    const Standing standing = standing_of(random_registers(seed), Model::reg, kLevels, none);
    for (const Level weaker : standing.violated)
      for (const Level level : kLevels)
        if (implies(level, weaker)) {
          EXPECT_TRUE(has(standing.violated, level)) << to_string(level);
          EXPECT_FALSE(has(standing.undecided, level)) << to_string(level);
          settled += level == Level::sequential;
        }
  }
  EXPECT_GT(settled, 100u);
}

TEST(ByObject, histories_are_linearizable_where_the_whole_is) {
  std::size_t broken = 0;
  for (std::uint64_t seed = 0; seed < 1'000; ++seed) {
    SCOPED_TRACE(seed);
    const History whole = random_registers(seed, 3);
    const Question question{Model::reg, Level::linearizable, {}, {}};
    bool violated = false;
    std::size_t operations = 0;
    for (const History& object : by_object(whole)) {
      EXPECT_FALSE(check_history(object));
      EXPECT_EQ(object.keys.size(), 1u);
      operations += object.operations.size();
      violated = violated || judge_history(object, question).word == Word::violated;
    }
    EXPECT_EQ(operations, whole.operations.size());
    EXPECT_EQ(violated, judge_history(whole, question).word == Word::violated);
    broken += violated;
  }
  EXPECT_GT(broken, 100u);
}

TEST(ByObject, histories_have_their_own_lists_and_names) {
  HistoryBuilder builder;
  Names& names = builder.names();
  const Value alice = names.intern("alice"), bob = names.intern("bob");
  const auto read = [&](Value process, const char* key, std::initializer_list<Value> list) {
    builder.invoke(process, {.key = builder.key(names.intern(key))});
    Operation& open = *builder.open(process);
    open.answer = Answer::many;
    open.results = builder.values(list);
    builder.complete(process, Ending::done);
  };
  read(alice, "chat", {integer(1), integer(2)});
  read(bob, "news", {integer(3)});
  read(bob, "chat", {integer(2), integer(1), integer(4)});
  const std::vector<History> objects = by_object(std::move(builder).build());
  ASSERT_EQ(objects.size(), 2u);
  std::vector<std::string> lines;
  for (const History& object : objects)
    for (const Operation& operation : object.operations)
      lines.push_back(to_text(object, operation));
  EXPECT_EQ(lines, (std::vector<std::string>{"process alice read chat = [1 2]",
                                             "process bob read chat = [2 1 4]",
                                             "process bob read news = [3]"}));
}

}  // namespace
}  // namespace cleave
