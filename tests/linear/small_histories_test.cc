// All histories of a few operations: every way in which they can overlap, every choice of what was
// asked and answered.
#include "sim/check/history/history_builder.h"
#include "sim/check/linear/linear.h"
#include "tests/support/lanes.h"
#include "tests/support/oracle.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cleave {
namespace {

using testing::has_order;
using testing::lanes;

struct Alphabet {
  const char* name;
  Model model;
  std::size_t length;
  std::vector<std::string> letters;  // as in lanes
};

class SmallHistories : public ::testing::TestWithParam<Alphabet> {
 protected:
  History letters_;  // an operation each
  std::vector<std::size_t> word_;
  std::uint64_t judged_ = 0;
  std::uint64_t violated_ = 0;

  void judge(const std::vector<std::pair<std::size_t, bool>>& events) {
    HistoryBuilder builder;
    builder.names() = letters_.names;
    for (const auto& [who, ends] : events) {
      Operation o = letters_.operations[word_[who]];
      const Value process = integer(static_cast<std::int64_t>(who));
      if (ends) {
        builder.complete(process, o.ending);
        continue;
      }
      o.results = builder.values(letters_.results_of(o));
      builder.invoke(process, o);
    }
    const History history = std::move(builder).build();
    Question question;
    question.model = GetParam().model;
    const bool expected = has_order(history, question);
    const Finding found = judge_linear(history, question);
    ++judged_;
    violated_ += expected ? 0 : 1;
    std::string text;
    if (expected == (found.word == Word::violated))
      for (const Operation& o : history.operations)
        text += std::to_string(o.invoked) + ".. " + to_text(history, o) + "\n";
    ASSERT_NE(expected, found.word == Word::violated) << found.why << "\n" << text;
  }

  // Goes on with the next one asking, or any open one being answered.
  void overlap(std::vector<std::pair<std::size_t, bool>>& events, std::size_t asked,
               std::vector<std::size_t> open) {
    if (HasFatalFailure()) return;
    if (asked == word_.size() && open.empty()) return judge(events);
    for (std::size_t i = 0; i < open.size(); ++i) {
      std::vector<std::size_t> rest = open;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
      events.push_back({open[i], true});
      overlap(events, asked, rest);
      events.pop_back();
    }
    if (asked == word_.size()) return;
    events.push_back({asked, false});
    const bool ends = letters_.operations[word_[asked]].ending != Ending::pending;
    if (ends) open.push_back(asked);
    overlap(events, asked + 1, open);
    events.pop_back();
  }

  void spell() {
    if (word_.size() == GetParam().length) {
      std::vector<std::pair<std::size_t, bool>> events;
      return overlap(events, 0, {});
    }
    for (std::size_t letter = 0; letter < letters_.operations.size(); ++letter) {
      word_.push_back(letter);
      spell();
      word_.pop_back();
    }
  }
};

TEST_P(SmallHistories, are_judged_as_the_definition_does) {
  letters_ = lanes(GetParam().letters);
  spell();
  EXPECT_GT(judged_, 2000u);
  EXPECT_GT(violated_, judged_ / 20);
  EXPECT_LT(violated_, judged_);
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
        Alphabet{"log", Model::log, 4, {"|app 1|", "|app 2|", "|r [1]|", "|r [1 2]|", "|r [2]|"}},
        Alphabet{"kv", Model::kv, 4, {"|w a|", "|app b|", "|r ab|", "|r b|", "|app b>"}}),
    [](const auto& alphabet) { return alphabet.param.name; });

}  // namespace
}  // namespace cleave
