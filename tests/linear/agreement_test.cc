// Checkers and the definition must agree: on all small histories, then on larger random ones.
#include "sim/check/linear/drains.h"
#include "sim/check/linear/linear.h"
#include "sim/check/linear/parts.h"
#include "sim/check/linear/schedule.h"
#include "sim/check/linear/search.h"
#include "sim/check/linear/strangers.h"
#include "tests/support/oracle.h"
#include "tests/support/random_history.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace cleave {
namespace {

using testing::has_order;
using testing::perturb;
using testing::random_history;
using testing::RandomHistory;

std::string text_of(const History& history) {
  std::string text;
  for (const Operation& o : history.operations)
    text += std::to_string(o.invoked) + ".." +
            (o.ending == Ending::pending ? "" : std::to_string(o.completed)) + " " +
            to_text(history, o) + "\n";
  return text;
}

bool found_by_search(const History& drained, const Question& question, std::size_t widest) {
  const History history = linear::without_drains(drained).history;
  const linear::Parts parts = linear::parts_of(history, question.model);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!linear::find_stranger(history, question.model, parts.at(i)).empty()) return false;
    const auto schedule = linear::schedule_of(history, question.model, parts.at(i));
    const auto actions = linear::actions_of(schedule);
    const auto specification = linear::specification_of(history, question, actions);
    const auto found = linear::search(schedule, *specification, question.budget, widest);
    EXPECT_NE(found.word, Word::undecided);
    if (found.word == Word::violated) return false;
  }
  return true;
}

// The operations of the witness alone; lists show what is added in it.
History excerpt(const History& history, const std::vector<std::uint32_t>& witness) {
  History part = history;
  part.operations.clear();
  for (const std::uint32_t i : witness)
    part.operations.push_back(history.operations[i]);
  for (Operation& read : part.operations) {
    if (read.answer != Answer::many || witness.size() == 1) continue;
    std::vector<Value> list;
    for (const Value value : history.results_of(read))
      if (std::any_of(part.operations.begin(), part.operations.end(), [&](const Operation& o) {
            return o.argument == value && o.call != Call::remove;
          }))
        list.push_back(value);
    read.results = {static_cast<std::uint32_t>(part.values.size()),
                    static_cast<std::uint32_t>(list.size())};
    part.values.insert(part.values.end(), list.begin(), list.end());
  }
  return part;
}

void compare(const History& history, const Question& question, const std::string& where) {
  const bool expected = has_order(history, question);
  const std::string shown = where + "\n" + text_of(history);
  ASSERT_EQ(found_by_search(history, question, SIZE_MAX), expected) << "frontier, " << shown;
  ASSERT_EQ(found_by_search(history, question, 0), expected) << "depth first, " << shown;
  ASSERT_EQ(found_by_search(history, question, 2), expected) << "both, " << shown;
  const Finding finding = judge_linear(history, question);
  ASSERT_NE(finding.word, Word::undecided) << shown;
  ASSERT_EQ(finding.word != Word::violated, expected) << finding.why << ", " << shown;
  if (finding.word != Word::violated) return;
  ASSERT_FALSE(finding.witness.empty() || finding.anomaly.empty() || finding.why.empty()) << shown;
  ASSERT_TRUE(std::is_sorted(finding.witness.begin(), finding.witness.end())) << shown;
  if (finding.why.starts_with("it was ")) return;  // an excerpt does not tell what it was
  ASSERT_FALSE(has_order(excerpt(history, finding.witness), question))
      << "the witness has an order: " << finding.why << "\n"
      << shown;
}

constexpr Model kModelsAsked[] = {Model::reg,          Model::cas_register, Model::multi_register,
                                  Model::max_register, Model::mutex,        Model::set,
                                  Model::set_full,     Model::counter,      Model::queue,
                                  Model::fifo_queue,   Model::log,          Model::kv};

class Agreement : public ::testing::TestWithParam<Model> {};

TEST_P(Agreement, of_all_checkers_on_random_histories) {
  int violated = 0;
  for (std::uint64_t seed = 1; seed <= 6000; ++seed) {
    RandomHistory knobs;
    knobs.model = GetParam();
    knobs.operations = 3 + static_cast<std::uint32_t>(seed % 6);
    knobs.processes = 2 + static_cast<std::uint32_t>(seed / 6 % 3);
    knobs.keys = seed % 5 == 0 ? 2 : 1;
    knobs.values = seed % 3 == 0 ? 0 : 2 + static_cast<std::uint32_t>(seed % 2);
    History history = random_history(knobs, seed);
    const std::string where = "seed " + std::to_string(seed);
    Question question;
    question.model = GetParam();
    ASSERT_TRUE(seed % 10 != 0 || has_order(history, question)) << where << text_of(history);
    for (std::uint64_t i = 0; i < 1 + seed % 3; ++i)
      perturb(history, seed + i);
    if (history.operations.size() > 9) continue;
    violated += has_order(history, question) ? 0 : 1;
    ASSERT_NO_FATAL_FAILURE(compare(history, question, where));
  }
  EXPECT_GT(violated, 300) << "too few are bad to tell checkers apart";
}

// Many are never answered, so that configurations differ in what was used up.
TEST_P(Agreement, where_little_is_answered) {
  int violated = 0;
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    RandomHistory knobs;
    knobs.model = GetParam();
    knobs.operations = 8;
    knobs.pending = 45;
    knobs.failed = 0;
    knobs.values = 2 + static_cast<std::uint32_t>(seed % 2);
    History history = random_history(knobs, seed);
    Question question;
    question.model = GetParam();
    perturb(history, seed);
    violated += has_order(history, question) ? 0 : 1;
    ASSERT_NO_FATAL_FAILURE(compare(history, question, "seed " + std::to_string(seed)));
  }
  EXPECT_GT(violated, 50);
}

TEST_P(Agreement, on_sequential_consistency) {
  int violated = 0;
  int only_sequential = 0;
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    RandomHistory knobs;
    knobs.model = GetParam();
    knobs.operations = 4 + static_cast<std::uint32_t>(seed % 4);
    knobs.processes = 2 + static_cast<std::uint32_t>(seed % 2);
    knobs.keys = 1 + static_cast<std::uint32_t>(seed % 2);
    knobs.values = seed % 3 == 0 ? 0 : 2;
    History history = random_history(knobs, seed);
    for (std::uint64_t i = 0; i < 1 + seed % 2; ++i)
      perturb(history, seed + i);
    Question question;
    question.model = GetParam();
    const bool is_linearizable = has_order(history, question);
    question.level = Level::sequential;
    const bool expected = has_order(history, question);
    violated += expected ? 0 : 1;
    only_sequential += expected && !is_linearizable ? 1 : 0;
    const Finding found = judge_linear(history, question);
    ASSERT_NE(found.word, Word::undecided) << found.why << ", seed " << seed;
    ASSERT_EQ(found.word != Word::violated, expected) << found.why << ", seed " << seed << "\n"
                                                      << text_of(history);
    const bool is_list = linear::has_call(GetParam(), Call::add) ||
                         linear::has_call(GetParam(), Call::append) ||
                         linear::has_call(GetParam(), Call::enqueue);
    if (expected || is_list) continue;  // excerpts of lists are about what is added in them
    ASSERT_FALSE(has_order(excerpt(history, found.witness), question))
        << found.why << ", seed " << seed << "\n"
        << text_of(history);
  }
  EXPECT_GT(violated, 50);
  EXPECT_GT(only_sequential, 20);
}

INSTANTIATE_TEST_SUITE_P(, Agreement, ::testing::ValuesIn(kModelsAsked), [](const auto& asked) {
  std::string name(to_string(asked.param));
  for (char& c : name)
    if (c == '-') c = '_';
  return name;
});

}  // namespace
}  // namespace cleave
