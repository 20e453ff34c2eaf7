#include "sim/check/linear/linear.h"

#include "sim/check/history/judge_history.h"
#include "tests/support/lanes.h"
#include "tests/support/random_history.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace cleave {
namespace {

using testing::lanes;
using testing::random_history;
using testing::RandomHistory;

struct Drawn {
  const char* name;
  Model model;
  std::vector<std::string> lanes;
  const char* anomaly;  // "": it holds
  std::size_t fewest;   // operations that show it
};
class Linearizability : public ::testing::TestWithParam<Drawn> {};

TEST_P(Linearizability, is_told_and_shown) {
  const Drawn& drawn = GetParam();
  const History history = lanes(drawn.lanes);
  Question question;
  question.model = drawn.model;
  const Finding found = judge_history(history, question);
  const bool holds = std::string(drawn.anomaly).empty();
  EXPECT_EQ(found.word, holds ? Word::holds : Word::violated) << found.why;
  EXPECT_EQ(found.anomaly, drawn.anomaly) << found.why;
  EXPECT_EQ(found.witness.size(), drawn.fewest) << found.why;
  EXPECT_FALSE(found.why.empty());
}

const std::vector<Drawn> kDrawn{
    // Registers.
    {"reads_what_is_written", Model::reg, {"|w 1|  |r 1|", "    |w 2|"}, "", 0},
    {"reads_around_a_write", Model::reg, {"|w 1|   |w 2       |", "      |r 1| |r 2|"}, "", 0},
    {"stale_read", Model::reg, {"|w 1| |w 2|", "            |r 1|"}, "stale-read", 3},
    {"new_then_old", Model::reg, {"|w 1| |w 2      |", "       |r 2| |r 1|"}, "stale-read", 4},
    {"thin_air", Model::reg, {"|w 1|   |r 3|"}, "thin-air-read", 1},
    {"thin_air_in_cas", Model::cas_register, {"|w 1|   |r 3|"}, "thin-air-read", 1},
    {"reads_the_future", Model::reg, {"|r 1| |w 1|"}, "future-read", 2},
    {"nobody_had_written", Model::reg, {"|r nil| |w 0| |r 0|"}, "", 0},
    {"nil_is_not_zero", Model::reg, {"|r 0|"}, "thin-air-read", 1},
    {"nil_after_a_write", Model::reg, {"|w 1| |r nil|"}, "stale-read", 2},
    {"pending_read_twice", Model::reg, {"|w 1>", "      |r nil| |r 1| |r 1|"}, "", 0},
    {"pending_undone", Model::reg, {"|w 1>", "      |r 1| |r nil|"}, "stale-read", 3},
    {"failed_write_read", Model::reg, {"|w 1! |r 1|"}, "thin-air-read", 1},
    {"failed_cas_is_nothing", Model::cas_register, {"|w 1| |cas 7 2! |r 1|"}, "", 0},
    {"cas_of_nothing", Model::cas_register, {"|w 1| |cas 7 2|"}, "thin-air-read", 1},
    {"lost_update", Model::cas_register, {"|w 1| |cas 1 2|", "      |cas 1 3|"}, "lost-update", 3},
    {"keys_are_apart", Model::reg, {"|w x=1| |r y=nil| |r x=1|"}, "", 0},
    {"same_value_twice", Model::reg, {"|w 1| |w 2| |w 1|", "                  |r 1|"}, "", 0},
    {"same_value_between",
     Model::reg,
     {"|w 1| |w 1| |w 2|", "                  |r 1|"},
     "stale-read",
     3},
    // Several registers.
    {"moved_at_once",
     Model::multi_register,
     {"|t w x=1; w y=1|", "                   |t r x=1; r y=1|"},
     "",
     0},
    {"half_of_it",
     Model::multi_register,
     {"|t w x=1; w y=1|", "                   |t r x=1; r y=nil|"},
     "stale-read",
     2},
    {"sees_its_own", Model::multi_register, {"|t w x=1; r x=1|"}, "", 0},
    // Max-registers.
    {"raised_for_nothing", Model::max_register, {"|raise 5| |raise 3| |r 5|"}, "", 0},
    {"fell", Model::max_register, {"|raise 5| |raise 3| |r 3|"}, "stale-read", 2},
    // Mutexes.
    {"in_turn", Model::mutex, {"|acq| |rel|", "            |acq|"}, "", 0},
    {"held_twice", Model::mutex, {"|acq|", "      |acq|"}, "double-acquire", 2},
    {"released_free", Model::mutex, {"|rel|"}, "double-release", 1},
    {"crashed_holder", Model::mutex, {"|acq>", "      |rel|"}, "", 0},
    // Sets.
    {"grows", Model::set, {"|add 1| |r [1]|", "|add 2          | |r [2 1]|"}, "", 0},
    {"forgets", Model::set, {"|add 1| |r []|"}, "lost-element", 2},
    {"apart", Model::set, {"|add 1| |r [1]|", "|add 2| |r [2]|"}, "lost-element", 2},
    {"apart_while_added",
     Model::set,
     {"|add 1           |", "|add 2           |", " |r [1]|", " |r [2]|"},
     "diverged-reads",
     4},
    {"removed", Model::set, {"|add 1| |rem 1| |r []| |r [1]|"}, "stale-read", 3},
    {"never_added", Model::set, {"|add 1| |r [1 7]|"}, "thin-air-read", 1},
    {"twice", Model::set_full, {"|add 1| |r [1 1]|"}, "duplicate-element", 1},
    {"twice_is_once", Model::set, {"|add 1| |r [1 1]|"}, "", 0},
    // Counters.
    {"adds_up", Model::counter, {"|add 2|  |r 2|", "   |add 3    >"}, "", 0},
    {"too_much", Model::counter, {"|add 2|  |r 9|"}, "impossible-total", 2},
    // Queues.
    {"any_order", Model::queue, {"|enq 1| |enq 2| |deq 2| |deq 1| |deq nil|"}, "", 0},
    {"first_in_first_out", Model::fifo_queue, {"|enq 1| |enq 2| |deq 1| |deq 2|"}, "", 0},
    {"overtakes",
     Model::fifo_queue,
     {"|enq 1| |enq 2| |deq 2| |deq 1|"},
     "out-of-order-dequeue",
     4},
    {"never_comes_out", Model::fifo_queue, {"|enq 1| |enq 2| |deq 2|"}, "out-of-order-dequeue", 3},
    {"taken_twice", Model::queue, {"|enq 1| |deq 1| |deq 1|"}, "double-dequeue", 3},
    {"not_empty", Model::queue, {"|enq 1| |deq nil| |deq 1|"}, "false-empty", 3},
    {"never_empty",
     Model::queue,
     {"|enq 1|       |deq 1|", "       |enq 2|          |deq 2|", "         |deq nil     |"},
     "false-empty",
     5},
    {"from_nowhere", Model::queue, {"|enq 1| |deq 4|"}, "thin-air-dequeue", 1},
    {"drained_in_turns",
     Model::fifo_queue,
     {"|enq 1| |enq 2| |drain [1]      |", "                 |drain [2]|"},
     "",
     0},
    {"drained_while_others_find_nothing",
     Model::queue,
     {"|enq 1| |drain [1]          |", "            |deq nil|"},
     "",
     0},
    {"drained_in_the_wrong_order",
     Model::fifo_queue,
     {"|enq 1| |enq 2| |drain [2 1]|"},
     "out-of-order-dequeue",
     3},
    {"drained_of_one_twice", Model::queue, {"|enq 1| |drain [1 1]|"}, "double-dequeue", 2},
    {"left_by_a_drain", Model::queue, {"|enq 1| |enq 2| |drain [2]|"}, "false-empty", 2},
    {"drained", Model::queue, {"|enq 1| |enq 2| |drain [2 1]| |deq nil|"}, "", 0},
    // Logs and texts.
    {"appends", Model::log, {"|app 1| |app 2| |r [1 2]|"}, "", 0},
    {"appends_turned_round", Model::log, {"|app 1| |app 2| |r [2 1]|"}, "reordered-elements", 3},
    {"append_lost", Model::log, {"|app 1| |app 2| |r [2]|"}, "lost-element", 2},
    {"prefixes_part",
     Model::log,
     {"|app 1             |", "|app 2             |", " |r [1 2]| |r [2 1]|"},
     "stale-read",
     4},
    {"texts", Model::kv, {"|r x=nil| |app x=a| |app x=b| |r x=ab| |w x=c| |r x=c|"}, "", 0},
    {"texts_turned_round", Model::kv, {"|app a| |app b| |r ba|"}, "stale-read", 3},
};

INSTANTIATE_TEST_SUITE_P(, Linearizability, ::testing::ValuesIn(kDrawn),
                         [](const auto& drawn) { return drawn.param.name; });

TEST(LinearFinding, tells_each_step_of_a_stale_read) {
  const History history = lanes({"|w 5| |w 7|", "            |r 7| |r 5|"});
  const Finding found = judge_linear(history, {});
  EXPECT_EQ(found.why,
            "process 0 wrote 5, then process 0 wrote 7, then process 1 read 5: no order explains "
            "this");
  EXPECT_EQ(found.witness, (std::vector<std::uint32_t>{0, 1, 3}));
  ASSERT_EQ(found.because.size(), 3u);
  EXPECT_EQ(found.because[0].why, "process 1 read 5, so process 0 wrote 5 before");
  EXPECT_EQ(found.because[2].why, "process 0 wrote 7 before process 1 read 5");
  EXPECT_EQ(found.checked, 2u);
}

TEST(LinearFinding, begins_where_a_counter_was_certain) {
  const History history =
      lanes({"|add 1| |add 1| |add 1| |add 1| |add 1| |add 1| |add 1| |add 1|      |r 8| |r 9|",
             "                                                              |add 5            |"});
  Question question;
  question.model = Model::counter;
  const Finding found = judge_linear(history, question);
  EXPECT_EQ(found.why,
            "it was 8, then process 1 added 5, meanwhile process 0 read 9: no order explains "
            "this");
  EXPECT_EQ(found.witness.size(), 2u);
}

TEST(LinearFinding, is_vacuous_where_nothing_was_answered) {
  EXPECT_EQ(judge_linear(lanes({"|w 1|  |w 2|", "  |r ?|"}), {}).word, Word::vacuous);
  EXPECT_EQ(judge_linear(lanes({"|r 1!", "|r 2>"}), {}).word, Word::vacuous);
  EXPECT_EQ(judge_linear({}, {}).word, Word::vacuous);
}

TEST(LinearFinding, starts_from_the_initial_value) {
  Question question;
  question.init = integer(4);
  EXPECT_EQ(judge_linear(lanes({"|r 4| |w 1| |r 1|"}), question).word, Word::holds);
  EXPECT_EQ(judge_linear(lanes({"|r nil| |w 1|"}), question).word, Word::violated);
  question.model = Model::multi_register;
  EXPECT_EQ(judge_linear(lanes({"|t r x=4; r y=4|"}), question).word, Word::holds);
}

TEST(LinearFinding, does_not_judge_what_the_model_does_not_have) {
  const Finding found = judge_linear(lanes({"|w 1| |enq 2|"}), {});
  EXPECT_EQ(found.word, Word::undecided);
  EXPECT_EQ(found.why,
            "process 0 enqueued 2, which is no operation of a register: ask for another model");
}

// Two processes that each miss what the other wrote (Dekker): each object has an order by itself.
TEST(SequentialConsistency, is_not_local) {
  const History history = lanes({"|w x=1| |r y=nil|", "|w y=1| |r x=nil|"});
  Question question;
  question.level = Level::sequential;
  const Finding found = judge_history(history, question);
  EXPECT_EQ(found.word, Word::violated) << found.why;
  EXPECT_EQ(found.witness.size(), 4u) << found.why;
}

TEST(SequentialConsistency, does_not_keep_to_real_time) {
  const History history = lanes({"|w 1| |w 2|", "            |r 1| |r 2|"});
  Question question;
  EXPECT_EQ(judge_linear(history, question).word, Word::violated);
  question.level = Level::sequential;
  const Finding found = judge_linear(history, question);
  EXPECT_EQ(found.word, Word::holds) << found.why;
  EXPECT_EQ(found.why, "an order that keeps to that of each process explains every answer");
}

TEST(SequentialConsistency, permits_nothing_from_nowhere) {
  Question question;
  question.level = Level::sequential;
  question.model = Model::set;
  const History history = lanes({"|add 1| |r [1 9]| |r []|"});
  const Finding found = judge_linear(history, question);
  EXPECT_EQ(found.anomaly, "thin-air-read");
  EXPECT_EQ(found.why, "process 0 read [1 9], though nobody can have put that there");
  question.model = Model::fifo_queue;
  EXPECT_EQ(judge_linear(lanes({"|deq 2| |enq 2| |drain [9]|"}), question).anomaly,
            "thin-air-dequeue");
}

// A client reads what was overwritten in its sight, in the midst of much else.
TEST(SequentialConsistency, is_told_from_what_it_implies_where_no_search_ends) {
  RandomHistory knobs;
  knobs.operations = 20'000;
  knobs.processes = 10;
  knobs.keys = 4;
  knobs.values = 0;
  knobs.pending = 0;
  History history = random_history(knobs, 3);
  std::vector<Operation*> reads;  // of one client and one register
  for (Operation& o : history.operations)
    if (o.call == Call::read && o.ending == Ending::done && o.process == 0 && o.key == 1 &&
        !o.result.is_nil() && o.invoked > 30'000)
      reads.push_back(&o);
  ASSERT_GT(reads.size(), 5u);
  reads.back()->result = reads.front()->result;
  Question question;
  question.level = Level::sequential;
  const Finding found = judge_linear(history, question);
  EXPECT_EQ(found.word, Word::violated) << found.why;
  EXPECT_EQ(found.anomaly, "WriteCORead") << found.why;
  EXPECT_LE(found.witness.size(), 8u) << found.why;
}

TEST(SequentialConsistency, ends_undecided_with_its_budget) {
  Question question;
  question.level = Level::sequential;
  question.model = Model::counter;
  question.budget.steps = 5;
  const Finding found =
      judge_linear(lanes({"|add 1| |add 2| |r 1| |r 9|", "   |add 4|  |add 8|"}), question);
  EXPECT_EQ(found.word, Word::undecided);
  EXPECT_NE(found.why.find("budget of steps"), std::string::npos) << found.why;
}

History wide() {
  RandomHistory knobs;
  knobs.model = Model::cas_register;
  knobs.operations = 400;
  knobs.processes = 12;
  knobs.pending = 20;
  knobs.values = 4;
  return random_history(knobs, 5);
}

TEST(LinearBudget, ends_undecided_and_tells_how_far_it_came) {
  Question question;
  question.model = Model::cas_register;
  ASSERT_EQ(judge_linear(wide(), question).word, Word::holds);
  question.budget.steps = 500;
  Finding found = judge_linear(wide(), question);
  EXPECT_EQ(found.word, Word::undecided);
  EXPECT_NE(found.why.find("budget of steps; an order explains the first "), std::string::npos)
      << found.why;
  EXPECT_EQ(found.why.find("the first 0 answers"), std::string::npos) << found.why;
  question.budget = {};
  question.budget.bytes = 1000;
  found = judge_linear(wide(), question);
  EXPECT_EQ(found.word, Word::undecided);
  EXPECT_NE(found.why.find("budget of bytes"), std::string::npos) << found.why;
}

TEST(LinearBudget, goes_before_nothing_that_was_violated) {
  History history = lanes({"|w x=1| |w x=2| |r x=1|", "|w y=1|  |w y=1|  |r y=1|"});
  Question question;
  question.budget.steps = 0;
  EXPECT_EQ(judge_linear(history, question).word, Word::violated);
}

// A hundred thousand operations and one wrong answer: as few show it as were planted.
struct Planted {
  const char* name;
  Model model;
  std::uint32_t values;
  std::size_t at_most;
};
class PlantedViolation : public ::testing::TestWithParam<Planted> {};

TEST_P(PlantedViolation, is_shown_by_few_operations) {
  RandomHistory knobs;
  knobs.model = GetParam().model;
  knobs.operations = 100'000;
  knobs.values = GetParam().values;
  knobs.pending = 0;
  const bool is_list = knobs.model == Model::set || knobs.model == Model::log;
  if (is_list) knobs.operations = 3'000;
  History history = random_history(knobs, 11);
  // Late in the history somebody reads, or takes, what was there long ago.
  const Operation* early = nullptr;
  Operation* late = nullptr;
  for (Operation& o : history.operations) {
    const bool reads = o.call == Call::read || o.call == Call::dequeue;
    const bool tells = o.answer == Answer::many || (o.answer == Answer::one && !o.result.is_nil());
    if (o.ending != Ending::done || !reads || !tells) continue;
    if (early == nullptr && o.invoked > 1000) early = &o;
    if (o.invoked < history.operations.size()) late = &o;
  }
  ASSERT_TRUE(early != nullptr && late != nullptr);
  late->result = early->result;
  late->results = early->results;
  Question question;
  question.model = knobs.model;
  const Finding found = judge_linear(history, question);
  EXPECT_EQ(found.word, Word::violated);
  EXPECT_LE(found.witness.size(), GetParam().at_most) << found.why;
}

INSTANTIATE_TEST_SUITE_P(, PlantedViolation,
                         ::testing::Values(Planted{"reg", Model::reg, 0, 4},
                                           Planted{"max_register", Model::max_register, 0, 2},
                                           Planted{"queue", Model::queue, 0, 3},
                                           Planted{"fifo", Model::fifo_queue, 0, 3},
                                           Planted{"counter", Model::counter, 3, 6},
                                           Planted{"log", Model::log, 0, 3}),
                         [](const auto& planted) { return planted.param.name; });

}  // namespace
}  // namespace cleave
