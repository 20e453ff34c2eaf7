// Of all histories of a few operations.
#include "tests/support/small_histories.h"

#include "sim/check/linear/linear.h"
#include "tests/support/lanes.h"
#include "tests/support/oracle.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cleave {
namespace {

using testing::By;
using testing::each_small_history;
using testing::has_order;
using testing::lanes;

struct Alphabet {
  const char* name;
  Model model;
  std::size_t length;
  std::vector<std::string> letters;  // as in lanes
};

class SmallHistories : public ::testing::TestWithParam<Alphabet> {};

TEST_P(SmallHistories, are_judged_as_the_definition_does) {
  std::uint64_t judged = 0;
  std::uint64_t violated = 0;
  const auto judge = [&](const History& history) {
    Question question;
    question.model = GetParam().model;
    const bool expected = has_order(history, question);
    const Finding found = judge_linear(history, question);
    ++judged;
    violated += expected ? 0 : 1;
    if (expected != (found.word == Word::violated)) return true;
    std::string text;
    for (const Operation& o : history.operations)
      text += std::to_string(o.invoked) + ".. " + to_text(history, o) + "\n";
    ADD_FAILURE() << found.why << "\n" << text;
    return false;
  };
  each_small_history(lanes(GetParam().letters), GetParam().length, By::processes_of_their_own,
                     judge);
  EXPECT_GT(judged, 2000u);
  EXPECT_GT(violated, judged / 20);
  EXPECT_LT(violated, judged);
}

INSTANTIATE_TEST_SUITE_P(
    , SmallHistories,
    ::testing::Values(
        Alphabet{"register", Model::reg, 4, {"|w 1|", "|w 2|", "|w 1>", "|r 1|", "|r nil|"}},
        Alphabet{"register_of_three",
                 Model::reg,
                 3,
                 {"|w 1|", "|w 2|", "|w 1>", "|w 2>", "|r 1|", "|r 2|", "|r nil|", "|r 9|", "|r ?|",
                  "|w 1!"}},
        Alphabet{"cas_register",
                 Model::cas_register,
                 4,
                 {"|w 1|", "|cas 1 2|", "|cas 1 2>", "|r 2|", "|w 1>"}},
        Alphabet{"cas_register_of_three",
                 Model::cas_register,
                 3,
                 {"|w 1|", "|w 2|", "|cas 1 2|", "|cas 2 1|", "|cas 1 2>", "|cas 1 2!", "|r 1|",
                  "|r 2|", "|w 1>"}},
        Alphabet{"max_register",
                 Model::max_register,
                 4,
                 {"|raise 1|", "|raise 2|", "|raise 2>", "|r 1|", "|r 2|"}},
        Alphabet{"mutex", Model::mutex, 4, {"|acq|", "|rel|", "|acq>", "|rel>"}},
        Alphabet{"set", Model::set, 4, {"|add 1|", "|rem 1|", "|add 1>", "|r [1]|", "|r []|"}},
        Alphabet{
            "set_of_two", Model::set, 4, {"|add 1|", "|add 2|", "|r [1]|", "|r [2]|", "|r [1 2]|"}},
        Alphabet{
            "counter", Model::counter, 4, {"|add 1|", "|add -1|", "|add 1>", "|r 1|", "|r 0|"}},
        Alphabet{
            "queue", Model::queue, 4, {"|enq 1|", "|enq 2|", "|deq 1|", "|deq nil|", "|deq ?>"}},
        Alphabet{"fifo_queue",
                 Model::fifo_queue,
                 4,
                 {"|enq 1|", "|enq 2|", "|deq 1|", "|deq 2|", "|deq nil|"}},
        Alphabet{"fifo_queue_drained",
                 Model::fifo_queue,
                 3,
                 {"|enq 1|", "|enq 2|", "|enq 1>", "|deq 1|", "|deq ?|", "|drain [1]|",
                  "|drain [1 2]|", "|drain []|", "|deq ?>"}},
        Alphabet{"queue_drained",
                 Model::queue,
                 4,
                 {"|enq 1|", "|enq 2|", "|drain [1 2]|", "|drain [2]|", "|deq nil|"}},
        Alphabet{"fifo_queue_drained_at_length",
                 Model::fifo_queue,
                 4,
                 {"|enq 1|", "|enq 2|", "|drain [1 2]|", "|drain [2]|", "|deq nil|"}},
        Alphabet{"queue_drained_unknown",
                 Model::queue,
                 4,
                 {"|enq 1|", "|enq 2|", "|drain ?|", "|drain [1]|", "|deq nil|", "|drain ?>"}},
        Alphabet{"log", Model::log, 4, {"|app 1|", "|app 2|", "|r [1]|", "|r [1 2]|", "|r [2]|"}},
        Alphabet{"kv", Model::kv, 4, {"|w a|", "|app b|", "|r ab|", "|r b|", "|app b>"}}),
    [](const auto& alphabet) { return alphabet.param.name; });

}  // namespace
}  // namespace cleave
