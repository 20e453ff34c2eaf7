#include "sim/check/causal/causal.h"

#include "sim/check/history/history_builder.h"
#include "sim/check/history/judge_history.h"
#include "tests/support/lanes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace cleave {
namespace {

using testing::lanes;

Finding judge(const std::vector<std::string>& drawing, Level level, Model model = Model::reg) {
  return judge_causal(lanes(drawing), {model, level, {}, {}});
}

std::string story(const Finding& finding) {
  std::string text = finding.anomaly + ": " + finding.why + "\n";
  for (const Because& because : finding.because)
    text += "  " + because.why + "\n";
  return text;
}

TEST(Causal, can_be_asked_of_registers) {
  for (const Model model : {Model::reg, Model::cas_register, Model::multi_register, Model::kv}) {
    const auto levels = levels_of(model);
    for (const Level level : {Level::causal, Level::causal_memory, Level::causal_convergence,
                              Level::pram, Level::read_your_writes, Level::convergence})
      EXPECT_EQ(std::count(levels.begin(), levels.end(), level), 1) << to_string(level);
  }
  EXPECT_FALSE(answers_causal(Model::set, Level::causal));
  EXPECT_FALSE(answers_causal(Model::reg, Level::serializable));
}

TEST(Causal, tells_the_story_of_a_stale_read) {
  const Finding finding = judge({"|w x=1| |w x=2|", "                |r x=2| |w y=1|",
                                 "                                |r y=1| |r x=1|"},
                                Level::causal);
  EXPECT_EQ(
      story(finding),
      "WriteCORead: process 2 read x = 1, though it had been overwritten by what came before\n"
      "  process 0 wrote 1 to x before it wrote 2 to x\n"
      "  process 1 read x = 2, which process 0 wrote\n"
      "  process 1 read x = 2 before it wrote 1 to y\n"
      "  process 2 read y = 1, which process 1 wrote\n"
      "  process 2 read y = 1 before it read x = 1\n"
      "  process 2 read x = 1, which had been overwritten\n");
  EXPECT_EQ(finding.witness.size(), 6u);
}

TEST(Causal, tells_the_story_of_a_value_that_comes_back) {
  const std::vector<std::string> drawing{"|w 1|", "|w 2|   |r 1|   |r 2|"};
  EXPECT_EQ(story(judge(drawing, Level::causal_convergence)),
            "CyclicCF: what was read fits no one order of the writes: 1 must come both before and "
            "after 2\n"
            "  process 1 read 2 and had seen 1: 1 came before 2\n"
            "  process 1 read 1 and had seen 2: 2 came before 1\n");
  EXPECT_EQ(
      story(judge(drawing, Level::causal_memory)),
      "CyclicHB: what process 1 read fits no order of the writes: 1 must come both before and "
      "after 2\n"
      "  process 1 read 2 and had seen 1: for it, 1 came before 2\n"
      "  process 1 read 1 and had seen 2: for it, 2 came before 1\n");
}

TEST(Causal, tells_the_story_of_a_read_from_the_future) {
  EXPECT_EQ(story(judge({"|r y=1| |w x=1|", "|r x=1| |w y=1|"}, Level::causal)),
            "CyclicCO: process 0 read y = 1, which can only have been written later\n"
            "  process 0 read y = 1 before it wrote 1 to x\n"
            "  process 1 read x = 1, which process 0 wrote\n"
            "  process 1 read x = 1 before it wrote 1 to y\n"
            "  process 0 read y = 1, which process 1 wrote\n");
}

TEST(Causal, tells_the_story_of_a_swap_that_found_what_it_should_not) {
  EXPECT_EQ(story(judge({"|w 1| |w 2| |cas 1 3>", "                  |r 3|"}, Level::causal,
                        Model::cas_register)),
            "WriteCORead: process 0 found 1, though it had been overwritten by what came before\n"
            "  process 0 wrote 1 before it wrote 2\n"
            "  process 0 wrote 2 before it set from 1 to 3, which was never answered\n"
            "  process 0 found 1, which had been overwritten\n");
}

TEST(Causal, tells_the_story_of_a_maximum_that_fell) {
  EXPECT_EQ(story(judge({"|raise 3| |raise 2|", "             |r 2| |r 3| |r 2|"}, Level::causal,
                        Model::max_register)),
            "WriteCORead: process 1 read 2, though it had been raised higher by what came before\n"
            "  process 0 raised to 3 before it raised to 2\n"
            "  process 1 read 2, which process 0 wrote\n"
            "  process 1 read 2, which was lower\n");
}

TEST(Causal, tells_the_story_of_a_register_that_only_looked_empty) {
  EXPECT_EQ(
      story(judge({"|w z=1| |w x=1| |w y=1|", "|w x=2| |r z=nil| |r y=1| |r x=2|"},
                  Level::causal_memory)),
      "WriteHBInitRead: process 1 read z = nil, as if nobody had written, though somebody had\n"
      "  process 0 wrote 1 to z before it wrote 1 to x\n"
      "  process 1 read x = 2 and had seen 1: for it, 1 came before 2\n"
      "  process 1 wrote 2 to x before it read z = nil\n"
      "  process 1 read z = nil, as if nobody had written\n");
}

TEST(Causal, shows_no_more_than_is_needed) {
  const Finding finding = judge(
      {"|w z=7| |w x=1| |r z=7| |w x=2| |w z=8|", "  |r z=7|   |r x=2| |w q=1| |r x=1| |r q=1|"},
      Level::causal);
  EXPECT_EQ(finding.witness.size(), 4u) << story(finding);
  EXPECT_EQ(finding.checked, 5u);
}

TEST(Causal, is_vacuous_where_nothing_is_read) {
  for (const Level level : {Level::causal, Level::causal_convergence, Level::pram,
                            Level::monotonic_reads, Level::convergence}) {
    const Finding finding = judge({"|w 1|   |r ?|", "   |w 2|   "}, level);
    EXPECT_EQ(finding.word, Word::vacuous) << to_string(level);
    EXPECT_FALSE(finding.why.empty()) << to_string(level);
  }
  EXPECT_EQ(judge({}, Level::causal).word, Word::vacuous);
  EXPECT_EQ(judge({"|w 1|", "     |r 1|"}, Level::read_your_writes).word, Word::vacuous);
}

TEST(Causal, is_undecided_where_values_have_several_writers) {
  // Either write may be the one that was read, and only one of them fits.
  const Finding fits = judge({"|w 1| |w 2| |w 1| |r 1|"}, Level::causal);
  EXPECT_EQ(fits.word, Word::holds);
  const std::vector<std::string> drawing{"|w 1|       |r 2| |r 1|", "      |w 2|  ",
                                         "            |w 1| |r 2| |w 3| "};
  EXPECT_NE(judge(drawing, Level::causal).word, Word::violated);
  // Whoever wrote the 1, nobody wrote the 9.
  EXPECT_EQ(judge({"|w 1| |r 1| |r 9|", "|w 1|"}, Level::causal).word, Word::violated);
}

TEST(Causal, does_not_ask_registers_of_what_is_appended_to) {
  const Finding finding = judge({"|app x=1| |r x=1|"}, Level::causal, Model::kv);
  EXPECT_EQ(finding.word, Word::undecided);
  EXPECT_NE(finding.why.find("appended 1 to x"), std::string::npos) << finding.why;
}

TEST(Causal, starts_from_the_initial_value) {
  const History history = lanes({"|r 5| |w 1| |r 5|", "|r nil|"});
  EXPECT_EQ(judge_causal(history, {Model::reg, Level::causal, integer(5), {}}).anomaly,
            "ThinAirRead");
  EXPECT_EQ(judge({"|r nil| |w 1|", "|r nil|"}, Level::causal).word, Word::holds);
  EXPECT_EQ(judge_causal(lanes({"|r 5| |w 1| |r 5|"}), {Model::reg, Level::causal, integer(5), {}})
                .anomaly,
            "WriteCOInitRead");
}

TEST(Causal, keeps_to_its_budget) {
  Question question{Model::reg, Level::causal, {}, {}};
  question.budget.bytes = 16;
  const History history = lanes({"|w 1|", "     |r 1|", "    |r 1|"});
  EXPECT_EQ(judge_causal(history, question).word, Word::undecided);
  question.budget.bytes = 1000;
  EXPECT_EQ(judge_causal(history, question).word, Word::holds);
}

// Two that are never answered and can only have seen each other.
TEST(CausalMemory, shows_what_only_saw_each_other) {
  const Finding found =
      judge({"|cas 1 2>", "|cas 2 1>", "  |r 1|"}, Level::causal_memory, Model::cas_register);
  EXPECT_EQ(found.word, Word::violated);
  EXPECT_EQ(found.anomaly, "CyclicCO");
  EXPECT_EQ(found.witness.size(), 3u);
  EXPECT_EQ(
      judge({"|cas 1 1>", "|cas 1 1>", "  |r 1|"}, Level::causal_memory, Model::cas_register).word,
      Word::undecided);
}

// A transaction of very many keys is no more than that.
TEST(Causal, takes_transactions_of_any_size) {
  HistoryBuilder builder;
  constexpr std::int64_t kKeys = 100'000;
  for (std::int64_t process = 0; process < 2; ++process) {
    std::vector<Step> steps;
    for (std::int64_t key = 0; key < kKeys; ++key) {
      Step step;
      step.key = builder.key(integer(key));
      step.call = process == 0 ? Call::write : Call::read;
      (process == 0 ? step.argument : step.result) = integer(key);
      step.answer = process == 0 ? Answer::none : Answer::one;
      steps.push_back(step);
    }
    Operation transaction;
    transaction.call = Call::transaction;
    transaction.steps = builder.steps(steps);
    builder.invoke(integer(process), transaction);
    builder.complete(integer(process), Ending::done);
  }
  const History history = std::move(builder).build();
  Question question;
  question.model = Model::multi_register;
  for (const Level level : {Level::causal, Level::causal_memory, Level::causal_convergence}) {
    question.level = level;
    const Finding found = judge_causal(history, question);
    EXPECT_EQ(found.word, Word::holds) << found.why;
    EXPECT_EQ(found.checked, static_cast<std::uint64_t>(kKeys));
  }
}

// One that read a key twice, and two values.
TEST(Causal, looks_at_all_that_was_read_of_a_key) {
  EXPECT_EQ(judge({"|w x=1| |w x=2|", "|t r x=1; r x=2; r x=1; r x=2|"}, Level::causal,
                  Model::multi_register)
                .word,
            Word::violated);
}

TEST(Convergence, compares_what_is_read_when_all_is_quiet) {
  EXPECT_EQ(judge({"|w 1|       |r 1|", "|w 2|  |r 1|"}, Level::convergence).word, Word::holds);
  const Finding apart = judge({"|w 1|       |r 1|", "|w 2|  |r 2|"}, Level::convergence);
  EXPECT_EQ(apart.word, Word::violated);
  EXPECT_EQ(apart.witness, (std::vector<std::uint32_t>{2, 3}));
  EXPECT_EQ(judge({"|w 1|  |r 1|", "|w 2    |  |r 2|"}, Level::convergence).word, Word::vacuous)
      << "one of them came while a write was under way";
  EXPECT_EQ(judge({"|w 1|  |r 1|", "|w 2>  |r 2|"}, Level::convergence).word, Word::vacuous)
      << "a write that was never answered may come yet";
  EXPECT_EQ(judge({"|w x=1| |r x=1|", "|w y=2| |r y=2|"}, Level::convergence).word, Word::vacuous);
  EXPECT_EQ(judge({"|w 2| |w 3!  |r 2|", "           |r 2|"}, Level::convergence).word,
            Word::holds);
}

TEST(Convergence, compares_sets_whatever_their_order) {
  const auto word = [](const std::vector<std::string>& drawing, Model model) {
    return judge(drawing, Level::convergence, model).word;
  };
  const std::vector<std::string> shuffled{"|add 1| |r [1 2]|", "|add 2|  |r [2 1]|"};
  EXPECT_EQ(word(shuffled, Model::set), Word::holds);
  EXPECT_EQ(word({"|app 1| |r [1 2]|", "|app 2|  |r [2 1]|"}, Model::log), Word::violated);
  EXPECT_EQ(word({"|add 1| |r [1 2]|", "|add 2|  |r [2]|"}, Model::set), Word::violated);
}

}  // namespace
}  // namespace cleave
