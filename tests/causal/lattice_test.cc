// Which level implies which; and atomic registers keep to all of them.
#include "sim/check/history/lattice.h"

#include "sim/check/causal/causal.h"
#include "sim/check/history/judge_history.h"
#include "tests/support/random_history.h"
#include "tests/support/small_registers.h"

#include <gtest/gtest.h>

#include <string>

namespace cleave {
namespace {

using testing::random_history;
using testing::random_registers;

Word word_of(const History& history, Level level) {
  Budget budget;
  budget.steps = 20'000;  // a level that is searched for may stay undecided
  return judge_history(history, {Model::multi_register, level, {}, budget}).word;
}

void keeps_to_the_lattice(const History& history) {
  for (const auto& [stronger, weaker] : kImplications) {
    if (word_of(history, weaker) != Word::violated) continue;
    const Word word = word_of(history, stronger);
    // Values with several writers may leave the stronger one undecided, but never holding.
    EXPECT_TRUE(word == Word::violated || word == Word::undecided)
        << to_string(stronger) << " holds, but not " << to_string(weaker);
  }
}

TEST(Levels, imply_one_another) {
  testing::RandomRegisters knobs;
  for (std::uint64_t seed = 0; seed < 4000; ++seed) {
    SCOPED_TRACE(seed);
    knobs.operations = 4 + static_cast<std::uint32_t>(seed % 9);
    knobs.transactions = seed % 3 == 0 ? 30 : 0;
    knobs.repeated = seed % 5 == 0 ? 30 : 0;
    keeps_to_the_lattice(random_registers(knobs, seed));
  }
}

class AtomicRegisters : public ::testing::TestWithParam<Model> {};

TEST_P(AtomicRegisters, keep_to_every_level) {
  testing::RandomHistory knobs;
  knobs.model = GetParam();
  knobs.operations = 60;
  knobs.keys = 3;
  knobs.processes = 5;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(seed);
    knobs.values = seed % 2 == 0 ? 0 : 20;
    const History history = random_history(knobs, seed);
    for (const Level level :
         {Level::causal, Level::causal_memory, Level::causal_convergence, Level::pram,
          Level::read_your_writes, Level::monotonic_reads, Level::monotonic_writes,
          Level::writes_follow_reads, Level::convergence}) {
      const Finding finding = judge_causal(history, {GetParam(), level, {}, {}});
      EXPECT_NE(finding.word, Word::violated) << to_string(level) << ": " << finding.why;
      if (knobs.values != 0) continue;
      EXPECT_NE(finding.word, Word::undecided) << finding.why;
    }
  }
}

TEST_P(AtomicRegisters, keep_to_the_lattice_when_something_is_changed) {
  testing::RandomHistory knobs;
  knobs.model = GetParam();
  knobs.operations = 30;
  knobs.keys = 3;
  knobs.values = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    History history = random_history(knobs, seed);
    testing::perturb(history, seed);
    keeps_to_the_lattice(history);
  }
}

INSTANTIATE_TEST_SUITE_P(, AtomicRegisters,
                         ::testing::Values(Model::reg, Model::cas_register, Model::multi_register),
                         [](const auto& model) {
                           return "model_" + std::to_string(static_cast<int>(model.param));
                         });

}  // namespace
}  // namespace cleave
