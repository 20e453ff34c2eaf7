// One history for each thing that can be said of messages.
#include "sim/check/messages/messages.h"

#include "tests/support/lanes.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cleave {
namespace {

using testing::lanes;

Finding judge(const History& history, Model model, Level level) {
  Question question;
  question.model = model;
  question.level = level;
  return judge_messages(history, question);
}

struct Drawn {
  const char* name;
  Model model;
  Level level;
  std::vector<std::string> drawing;
  Word word;
  std::string why;
  std::string anomaly;
};
class Messages : public ::testing::TestWithParam<Drawn> {};

TEST_P(Messages, are_judged) {
  const Finding found = judge(lanes(GetParam().drawing), GetParam().model, GetParam().level);
  EXPECT_EQ(to_string(found.word), to_string(GetParam().word));
  EXPECT_EQ(found.why, GetParam().why);
  EXPECT_EQ(found.anomaly, GetParam().anomaly);
  EXPECT_EQ(found.witness.empty(), found.word != Word::violated);
}

INSTANTIATE_TEST_SUITE_P(
    , Messages,
    ::testing::Values(
        // Queues, as Jepsen's total-queue has it.
        Drawn{"all_came",
              Model::queue,
              Level::exactly_once,
              {"|enq 1| |enq 2| |enq 3>", "          |deq 3| |drain [1 2]|"},
              Word::holds,
              "2 acknowledged elements arrived, and 1 that nobody acknowledged",
              ""},
        Drawn{"one_came_twice",
              Model::queue,
              Level::at_least_once,
              {"|enq 1| |deq 1| |drain [1]|"},
              Word::holds,
              "1 acknowledged element arrived; 1 came once more",
              ""},
        Drawn{"twice",
              Model::queue,
              Level::at_most_once,
              {"|enq 1| |deq 1| |drain [1]|"},
              Word::violated,
              "process 0 enqueued 1, then process 0 dequeued 1, then process 0 drained [1]: 1 came "
              "out 2 times, and was enqueued once by then",
              "double-dequeue"},
        Drawn{"lost",
              Model::queue,
              Level::at_least_once,
              {"|enq 1| |enq 2| |drain [1]|"},
              Word::violated,
              "process 0 enqueued 2, then process 0 drained [1]: 2 never came out",
              "lost-element"},
        Drawn{"perhaps_taken",
              Model::queue,
              Level::at_least_once,
              {"|enq 1| |deq ?>", "                  |drain []|"},
              Word::undecided,
              "1 acknowledged element never came out, but process 0 dequeued ?, which was never "
              "answered, and may have taken one",
              ""},
        Drawn{"not_all_taken",
              Model::queue,
              Level::at_least_once,
              {"|enq 1| |enq 2| |deq ?>", "                           |drain []|"},
              Word::violated,
              "process 0 enqueued 1, then process 0 enqueued 2, then process 0 dequeued ?, which "
              "was never answered, meanwhile process 1 drained []: not all of this can have come "
              "out",
              "lost-element"},
        Drawn{"never_drained",
              Model::queue,
              Level::at_least_once,
              {"|enq 1| |enq 2| |deq 1|"},
              Word::undecided,
              "1 acknowledged element never came out, as that of process 0 enqueued 2, and nobody "
              "found the queue empty later: end the test with a drain",
              ""},
        Drawn{"from_nowhere",
              Model::queue,
              Level::at_least_once,
              {"|enq 1| |deq 2|"},
              Word::violated,
              "process 0 dequeued 2: nobody enqueued 2",
              "thin-air-dequeue"},
        Drawn{"too_soon",
              Model::queue,
              Level::fifo_delivery,
              {"|deq 2| |enq 2|"},
              Word::violated,
              "process 0 dequeued 2, then process 0 enqueued 2: 2 came out before anybody enqueued "
              "it",
              "future-read"},
        Drawn{"overtaken",
              Model::queue,
              Level::fifo_delivery,
              {"|enq 1| |enq 2|", "                |deq 2| |deq 1|"},
              Word::violated,
              "process 0 enqueued 1, then process 0 enqueued 2, then process 1 dequeued 2, then "
              "process 1 dequeued 1: 2 came before 1, which its sender had sent before",
              "reordered-elements"},
        Drawn{"senders_mixed",
              Model::queue,
              Level::fifo_delivery,
              {"|enq 1| |enq 2|", "|enq 3|         |deq 1| |deq 2| |deq 3|"},
              Word::holds,
              "1 element came after what its sender had sent before it",
              ""},
        Drawn{"nobody_came",
              Model::queue,
              Level::at_most_once,
              {"|enq 1|"},
              Word::vacuous,
              "nothing came",
              ""},
        // Logs.
        Drawn{"skipped",
              Model::log,
              Level::fifo_delivery,
              {"|app 1| |app 2| |r [2]|"},
              Word::violated,
              "process 0 appended 1, then process 0 appended 2, then process 0 read [2]: 2 came "
              "without 1, which its sender had sent before",
              "skipped-element"},
        Drawn{"turned_round",
              Model::log,
              Level::fifo_delivery,
              {"|app 1| |app 2| |r [2 1]|"},
              Word::violated,
              "process 0 appended 1, then process 0 appended 2, then process 0 read [2 1]: 2 came "
              "before 1, which its sender had sent before",
              "reordered-elements"},
        Drawn{"late",
              Model::log,
              Level::fifo_delivery,
              {"|app 1| |app 2| |r [1]|"},
              Word::vacuous,
              "nobody got an element whose sender had sent another before it",
              ""},
        Drawn{"alike",
              Model::log,
              Level::fifo_delivery,
              {"|app 1| |app 1| |r [1 1]|"},
              Word::undecided,
              "1 was appended more than once, so that nobody can tell which one came: make values "
              "unique",
              ""},
        Drawn{"diverged",
              Model::log,
              Level::total_order,
              {"|app 1| |r [1 2]|", "|app 2| |r [2]|"},
              Word::violated,
              "process 0 read [1 2], meanwhile process 1 read [2]: position 1 holds 1 and 2",
              "diverged-reads"},
        Drawn{"one_order",
              Model::log,
              Level::total_order,
              {"|app 1| |r [1 2]|", "|app 2| |r [1]|"},
              Word::holds,
              "1 element stood where the longest list has it",
              ""},
        Drawn{"twice_in_a_log",
              Model::log,
              Level::exactly_once,
              {"|app 1| |r [1 1]|"},
              Word::violated,
              "process 0 appended 1, then process 0 read [1 1]: 1 is there 2 times, and was "
              "appended once",
              "duplicate-element"},
        Drawn{"lost_from_a_log",
              Model::log,
              Level::exactly_once,
              {"|app 1| |app 2| |r [2]|"},
              Word::violated,
              "process 0 appended 1, then process 0 read [2]: 1 is missing, and no later read "
              "shows it",
              "lost-element"},
        // Sets, as Jepsen's set-full has it.
        Drawn{"stale",
              Model::set_full,
              Level::at_least_once,
              {"|add 1| |add 2|", "        |r []| |r [1]| |r [1 2]|"},
              Word::holds,
              "2 acknowledged elements arrived; reads missed 2 at first, half of these for up to 1 "
              "event, one for 2",
              ""},
        Drawn{"lost_from_a_set",
              Model::set_full,
              Level::at_least_once,
              {"|add 1| |r [1]| |r []|"},
              Word::violated,
              "process 0 added 1, then process 0 read []: 1 is missing, and no later read shows it",
              "lost-element"},
        Drawn{"lost_though_never_answered",
              Model::set,
              Level::at_least_once,
              {"|add 1>", "    |r [1]| |r []|"},
              Word::violated,
              "process 0 added 1, which was never answered, meanwhile process 1 read [1], then "
              "process 1 read []: 1 is missing, and no later read shows it",
              "lost-element"},
        Drawn{"removed",
              Model::set,
              Level::at_least_once,
              {"|add 1| |rem 1| |add 2| |r [2]|"},
              Word::holds,
              "1 acknowledged element arrived",
              ""},
        Drawn{"never_read",
              Model::set,
              Level::at_least_once,
              {"|add 1| |r [1]| |add 2|"},
              Word::undecided,
              "1 acknowledged element was never to be seen, as that of process 0 added 2: end the "
              "test with a read",
              ""},
        Drawn{"nothing_put_in",
              Model::set,
              Level::at_least_once,
              {"|r []|"},
              Word::vacuous,
              "nothing was put in whose arrival was to be seen",
              ""},
        Drawn{"read_too_soon",
              Model::set_full,
              Level::at_most_once,
              {"|r [1]| |add 1|"},
              Word::violated,
              "process 0 read [1], then process 0 added 1: 1 was there before anybody added it",
              "future-read"},
        // Counters and ids.
        Drawn{"within_bounds",
              Model::counter,
              Level::bounded,
              {"|add 2| |add -1>", "           |add 5 |", "           |r 6 |"},
              Word::holds,
              "1 read lay within bounds",
              ""},
        Drawn{"too_much",
              Model::counter,
              Level::bounded,
              {"|add 2| |add -1>", "           |add 5 |", "           |r 8 |"},
              Word::violated,
              "process 1 added 5, meanwhile process 2 read 8: it was 1 at least, and 7 at most",
              "impossible-total"},
        Drawn{"too_little",
              Model::counter,
              Level::bounded,
              {"|add 2| |add 4| |r 4|"},
              Word::violated,
              "process 0 read 4: it was 6",
              "impossible-total"},
        Drawn{"given_twice",
              Model::unique_ids,
              Level::linearizable,
              {"|gen 1| |gen 3|", "|gen 2| |gen 1|"},
              Word::violated,
              "process 0 was given 1, then process 1 was given 1: 1 was given twice",
              "duplicate-id"},
        Drawn{"given_once",
              Model::unique_ids,
              Level::linearizable,
              {"|gen 1| |gen 2| |gen 2>"},
              Word::holds,
              "2 ids were given, none twice",
              ""},
        Drawn{"one_id",
              Model::unique_ids,
              Level::linearizable,
              {"|gen 1|"},
              Word::vacuous,
              "fewer than two ids were given",
              ""},
        Drawn{"alien",
              Model::unique_ids,
              Level::linearizable,
              {"|gen 1| |r 1|"},
              Word::undecided,
              "process 0 read 1, which is no operation of a unique-ids: ask for another model",
              ""}),
    [](const auto& drawn) { return drawn.param.name; });

TEST(Counters, count_from_their_initial_value) {
  Question question;
  question.model = Model::counter;
  question.level = Level::bounded;
  question.init = integer(10);
  EXPECT_EQ(judge_messages(lanes({"|r 10|"}), question).word, Word::holds);
  EXPECT_EQ(judge_messages(lanes({"|r 0|"}), question).word, Word::violated);
}

TEST(MessagesBudget, is_asked_for_before_anything_is_done) {
  Question question;
  question.model = Model::log;
  question.level = Level::total_order;
  question.budget.steps = 4;
  const History history = lanes({"|app 1| |r [1]| |r [2]|"});
  EXPECT_EQ(judge_messages(history, question).why,
            "3 operations and 2 elements read need 5 steps, which is more than the budget: give it "
            "a larger one");
  question.budget.steps = 5;
  EXPECT_EQ(judge_messages(history, question).word, Word::violated);
  question.budget.bytes = 100;
  EXPECT_EQ(judge_messages(history, question).word, Word::undecided);
}

}  // namespace
}  // namespace cleave
