// Checkers and the definitions must agree: on all small histories, then on larger random ones.
#include "sim/check/linear/specification.h"
#include "sim/check/messages/messages.h"
#include "tests/support/lanes.h"
#include "tests/support/promises.h"
#include "tests/support/random_history.h"
#include "tests/support/small_histories.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace cleave {
namespace {

using testing::breaks_promise;
using testing::By;
using testing::lanes;

std::string text_of(const History& history) {
  std::string text;
  for (const Operation& o : history.operations)
    text += std::to_string(o.invoked) + ".." +
            (o.ending == Ending::pending ? "" : std::to_string(o.completed)) + " " +
            to_text(history, o) + "\n";
  return text;
}

// The operations of the witness alone; lists show what is put in by them.
History excerpt(const History& history, const std::vector<std::uint32_t>& witness) {
  History part = history;
  part.operations.clear();
  for (const std::uint32_t i : witness)
    part.operations.push_back(history.operations[i]);
  if (witness.size() == 1) return part;
  for (Operation& o : part.operations) {
    if (o.answer != Answer::many) continue;
    std::vector<Value> list;
    for (const Value value : history.results_of(o))
      if (std::any_of(part.operations.begin(), part.operations.end(), [&](const Operation& put) {
            return put.argument == value && put.call != Call::remove;
          }))
        list.push_back(value);
    o.results = {static_cast<std::uint32_t>(part.values.size()),
                 static_cast<std::uint32_t>(list.size())};
    part.values.insert(part.values.end(), list.begin(), list.end());
  }
  return part;
}

::testing::AssertionResult agree(const History& history, const Question& question) {
  const bool expected = breaks_promise(history, question);
  const Finding found = judge_messages(history, question);
  const auto fail = [&](const std::string& what) {
    return ::testing::AssertionFailure()
           << what << " at " << to_string(question.level) << ": " << found.why << "\n"
           << text_of(history);
  };
  if (expected != (found.word == Word::violated))
    return fail(expected ? "a broken promise was not found" : "no promise was broken");
  if (found.why.empty()) return fail("no reason");
  if (found.word != Word::violated) return ::testing::AssertionSuccess();
  if (found.anomaly.empty() || found.witness.empty()) return fail("nothing to be shown");
  if (!std::is_sorted(found.witness.begin(), found.witness.end())) return fail("not in order");
  // Lists that differ are whole, and totals are sums of more than is shown.
  const bool is_whole = question.level == Level::total_order || question.model == Model::counter;
  if (!is_whole && !breaks_promise(excerpt(history, found.witness), question))
    return fail("the witness breaks no promise");
  // Who reads, or finds nothing, can be left out of what is to be explained.
  const bool is_drained =
      std::any_of(found.witness.begin(), found.witness.end(),
                  [&](std::uint32_t i) { return history.operations[i].call == Call::drain; });
  for (const std::uint32_t i : found.witness) {
    const Operation& o = history.operations[i];
    const bool took = o.call != Call::read && linear::list_of(history, o).size() > 0;
    if (is_whole || is_drained || found.witness.size() == 1 || took || !o.argument.is_nil())
      continue;
    if (o.call != Call::read && o.answer == Answer::none) continue;  // it may have taken any
    std::vector<std::uint32_t> rest = found.witness;
    rest.erase(std::find(rest.begin(), rest.end(), i));
    if (breaks_promise(excerpt(history, rest), question))
      return fail("the witness needs not all of these");
  }
  return ::testing::AssertionSuccess();
}

std::vector<Level> promises_of(Model model) {
  std::vector<Level> levels;
  for (const Level level : all_levels())
    if (answers_messages(model, level)) levels.push_back(level);
  return levels;
}

struct Alphabet {
  const char* name;
  Model model;
  std::size_t length;
  std::vector<std::string> letters;  // as in lanes
};
class SmallMessages : public ::testing::TestWithParam<Alphabet> {};

TEST_P(SmallMessages, are_judged_as_the_definition_does) {
  for (const Level level : promises_of(GetParam().model)) {
    Question question;
    question.model = GetParam().model;
    question.level = level;
    std::uint64_t judged = 0;
    std::uint64_t violated = 0;
    testing::each_small_history(lanes(GetParam().letters), GetParam().length, By::their_letters,
                                [&](const History& history) {
                                  const auto agrees = agree(history, question);
                                  EXPECT_TRUE(agrees);
                                  ++judged;
                                  violated += breaks_promise(history, question) ? 1 : 0;
                                  return static_cast<bool>(agrees);
                                });
    EXPECT_GT(judged, 500u);
    EXPECT_GT(violated, judged / 100) << to_string(level);
    EXPECT_LT(violated, judged) << to_string(level);
  }
}

INSTANTIATE_TEST_SUITE_P(
    , SmallMessages,
    ::testing::Values(
        Alphabet{"queue",
                 Model::queue,
                 4,
                 {"|enq 1| |enq 2|", "|deq 1| |deq 2|", "|deq 1|", "|deq nil|", "|deq ?>"}},
        Alphabet{"queue_of_equals",
                 Model::queue,
                 4,
                 {"|enq 1|", "|enq 1>", "|deq 1|", "|drain []|", "|deq 2|"}},
        Alphabet{"drained",
                 Model::fifo_queue,
                 4,
                 {"|enq 1| |enq 2|", "|drain [2 1]|", "|drain [1]|", "|drain [2]|", "|deq 2|"}},
        Alphabet{"drained_of_all",
                 Model::fifo_queue,
                 3,
                 {"|enq 1| |enq 2|", "|enq 3>", "|drain [2 1]|", "|drain [1 1]|", "|drain []|",
                  "|drain ?>", "|deq 3|", "|enq 1!"}},
        Alphabet{"log",
                 Model::log,
                 4,
                 {"|app 1| |app 2|", "|app 3>", "|r [1]|", "|r [2]|", "|r [1 2]|", "|r []|"}},
        Alphabet{"log_of_equals",
                 Model::log,
                 4,
                 {"|app 1|", "|app 1| |app 2|", "|r [1]| |r [1 1]|", "|r []|", "|r [2 1]|"}},
        Alphabet{
            "set", Model::set, 4, {"|add 1|", "|add 1>", "|rem 1|", "|r [1]| |r []|", "|r [2]|"}},
        Alphabet{"set_full",
                 Model::set_full,
                 4,
                 {"|add 1|", "|add 2>", "|r [1]|", "|r [1 2]|", "|r []|", "|r [1 1]|"}},
        Alphabet{"counter",
                 Model::counter,
                 4,
                 {"|add 1|", "|add -1|", "|add 2>", "|r 1|", "|r 0|", "|r 2|"}},
        Alphabet{"unique_ids",
                 Model::unique_ids,
                 3,
                 {"|gen 1|", "|gen 2|", "|gen 1|", "|gen ?|", "|gen 2>", "|gen nil|", "|gen 3!",
                  "|gen 4|"}}),
    [](const auto& alphabet) { return alphabet.param.name; });

class RandomMessages : public ::testing::TestWithParam<Model> {};

TEST_P(RandomMessages, are_judged_as_the_definition_does) {
  std::vector<int> violated(all_levels().size(), 0);
  for (std::uint64_t seed = 1; seed <= 6000; ++seed) {
    testing::RandomHistory knobs;
    knobs.model = GetParam();
    knobs.operations = 4 + static_cast<std::uint32_t>(seed % 11);
    knobs.processes = 1 + static_cast<std::uint32_t>(seed / 11 % 4);
    knobs.values = seed % 3 == 0 ? 2 + static_cast<std::uint32_t>(seed % 2) : 0;
    knobs.pending = seed % 4 == 0 ? 30 : 5;
    History history = testing::random_history(knobs, seed);
    for (std::uint64_t i = 0; i < seed % 4; ++i)
      testing::perturb(history, seed + i);
    for (const Level level : promises_of(GetParam())) {
      Question question;
      question.model = GetParam();
      question.level = level;
      ASSERT_TRUE(agree(history, question)) << "seed " << seed;
      violated[static_cast<std::size_t>(level)] += breaks_promise(history, question) ? 1 : 0;
    }
  }
  for (const Level level : promises_of(GetParam()))
    EXPECT_GT(violated[static_cast<std::size_t>(level)], 20)
        << "too few break " << to_string(level) << " to tell checkers apart";
}

INSTANTIATE_TEST_SUITE_P(, RandomMessages,
                         ::testing::Values(Model::queue, Model::fifo_queue, Model::log, Model::set,
                                           Model::set_full, Model::counter),
                         [](const auto& asked) {
                           std::string name(to_string(asked.param));
                           for (char& c : name)
                             if (c == '-') c = '_';
                           return name;
                         });

}  // namespace
}  // namespace cleave
