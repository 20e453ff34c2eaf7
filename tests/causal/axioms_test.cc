// What the checkers say of small histories, compared with the definitions; and that what they show
// as a witness is inconsistent all by itself.
#include "sim/base/random.h"
#include "sim/check/causal/causal.h"
#include "tests/support/register_axioms.h"
#include "tests/support/small_registers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace cleave {
namespace {

using testing::allowed_by_axioms;
using testing::for_each_history;
using testing::keeps_guarantee;
using testing::random_registers;
using testing::RandomRegisters;
using testing::SmallShape;

std::string text_of(const History& history) {
  std::string text;
  for (const Operation& operation : history.operations)
    text += to_text(history, operation) + "\n";
  return text;
}

// Of a history in which no value is written twice.
Word expected(const History& history, const Question& question) {
  const bool allowed = question.level == Level::read_your_writes ||
                               question.level == Level::monotonic_reads ||
                               question.level == Level::monotonic_writes ||
                               question.level == Level::writes_follow_reads
                           ? keeps_guarantee(history, question.level)
                           : allowed_by_axioms(history, question);
  return allowed ? Word::holds : Word::violated;
}

History only(const History& history, const std::vector<std::uint32_t>& operations) {
  History part = history;
  part.operations.clear();
  for (const std::uint32_t o : operations)
    part.operations.push_back(history.operations[o]);
  return part;
}

struct Tally {
  std::uint64_t holds = 0;
  std::uint64_t violated = 0;
  std::uint64_t undecided = 0;
};

void compare(const History& history, const Question& question, Tally& tally) {
  const Finding finding = judge_causal(history, question);
  if (finding.word == Word::vacuous) {
    ASSERT_EQ(expected(history, question), Word::holds) << text_of(history);
    return;
  }
  if (finding.word == Word::undecided) {
    ++tally.undecided;
    return;
  }
  ++(finding.word == Word::holds ? tally.holds : tally.violated);
  ASSERT_EQ(finding.word, expected(history, question))
      << to_string(question.level) << ": " << finding.why << "\n"
      << text_of(history);
  if (finding.word == Word::holds) return;
  ASSERT_EQ(expected(only(history, finding.witness), question), Word::violated)
      << "the witness shows nothing: " << text_of(only(history, finding.witness)) << "of\n"
      << text_of(history);
}

class AgreesWithAxioms : public ::testing::TestWithParam<Level> {
 protected:
  Question question{Model::multi_register, GetParam(), {}, {}};
};

TEST_P(AgreesWithAxioms, on_every_small_history) {
  Tally tally;
  for (const SmallShape& shape :
       {SmallShape{{4}, 2}, SmallShape{{3, 1}, 2}, SmallShape{{2, 2}, 2}, SmallShape{{2, 1, 1}, 2},
        SmallShape{{3, 2}, 1}, SmallShape{{2, 2, 1}, 1}})
    for_each_history(shape, [&](const History& history) { compare(history, question, tally); });
  EXPECT_EQ(tally.undecided, 0u);
  EXPECT_GT(tally.holds, 1000u);
  EXPECT_GT(tally.violated, 1000u);
}

TEST_P(AgreesWithAxioms, on_random_histories) {
  Tally tally;
  RandomRegisters knobs;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    knobs.transactions = seed % 2 == 0 ? 0 : 40;
    SCOPED_TRACE(seed);
    compare(random_registers(knobs, seed), question, tally);
    if (HasFatalFailure()) return;
  }
  EXPECT_EQ(tally.undecided, 0u);
}

TEST_P(AgreesWithAxioms, on_larger_ones_that_are_weakly_causal) {
  Tally tally;
  RandomRegisters knobs;
  knobs.pending = 0;
  knobs.compare_and_sets = 5;
  Question weak = question;
  weak.level = Level::causal;
  for (std::uint64_t seed = 0; seed < 15000; ++seed) {
    knobs.operations = 6 + static_cast<std::uint32_t>(seed % 2);
    knobs.keys = 1 + static_cast<std::uint32_t>(seed % 3);
    const History history = random_registers(knobs, seed);
    if (judge_causal(history, weak).word != Word::holds) continue;
    SCOPED_TRACE(seed);
    compare(history, question, tally);
    if (HasFatalFailure()) return;
  }
  EXPECT_EQ(tally.undecided, 0u);
  EXPECT_GT(tally.holds, 1000u);
  EXPECT_GE(tally.violated, question.level == Level::causal ? 0u : 50u);
}

// Each read returns something that keeps the history weakly causal.
History weakly_causal(std::uint64_t seed) {
  Random random = Random::at(seed, 5, 0, 0);
  History history = random_registers({0, 1, 3, 0, 0, 0, 0}, 0);
  history.processes = {integer(0), integer(1), integer(2)};
  std::vector<std::vector<Value>> written(3, {Value{}});
  for (std::uint32_t i = 0; i < 12; ++i) {
    Operation o;
    o.process = static_cast<std::uint32_t>(random.below(3));
    const std::uint64_t k = random.below(2);
    o.key = static_cast<std::uint32_t>(k + 1);  // 0 is the one without a name
    o.invoked = std::uint64_t{2} * i;
    o.completed = o.invoked + 1;
    o.ending = Ending::done;
    o.call = random.below(5) < 2 ? Call::write : Call::read;
    if (o.call == Call::write) written[k].push_back(o.argument = integer(i + 1));
    o.answer = o.call == Call::read ? Answer::one : Answer::none;
    history.operations.push_back(o);
    if (o.call == Call::write) continue;
    Value& result = history.operations.back().result;
    do
      result = written[k][random.below(written[k].size())];
    while (judge_causal(history, {Model::reg, Level::causal, {}, {}}).word == Word::violated);
  }
  return history;
}

TEST(CausalMemory, agrees_with_axioms_on_what_is_weakly_causal) {
  for (const Level level : {Level::causal_memory, Level::pram}) {
    Tally tally;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
      SCOPED_TRACE(seed);
      compare(weakly_causal(seed), {Model::reg, level, {}, {}}, tally);
      if (HasFatalFailure()) return;
    }
    EXPECT_GT(tally.holds, 500u);
    EXPECT_GT(tally.violated, 40u);
  }
}

// The same histories with max-registers, and with values that do not ascend by themselves.
History raised(History history) {
  const auto shuffle = [](Value& value) {
    if (!value.is_nil()) value = integer(value.code * 5 % 13);
  };
  for (Operation& operation : history.operations) {
    if (operation.call == Call::write) operation.call = Call::raise;
    shuffle(operation.argument);
    shuffle(operation.result);
  }
  return history;
}

TEST(MaxRegisters, agree_with_axioms) {
  RandomRegisters knobs;
  knobs.compare_and_sets = 0;
  for (const Level level :
       {Level::causal, Level::causal_memory, Level::causal_convergence, Level::pram}) {
    Tally tally;
    const Question question{Model::max_register, level, {}, {}};
    for (const SmallShape& shape : {SmallShape{{3, 1}, 1}, SmallShape{{2, 2}, 1},
                                    SmallShape{{2, 1, 1}, 1}, SmallShape{{2, 2, 1}, 1}})
      for_each_history(shape,
                       [&](const History& history) { compare(raised(history), question, tally); });
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
      knobs.operations = 5 + static_cast<std::uint32_t>(seed % 2);
      SCOPED_TRACE(seed);
      compare(raised(random_registers(knobs, seed)), question, tally);
      if (HasFatalFailure()) return;
    }
    EXPECT_EQ(tally.undecided, 0u);
    EXPECT_GT(tally.holds, 200u);
    EXPECT_GT(tally.violated, 200u);
  }
}

class KeepsGuarantee : public AgreesWithAxioms {};

TEST_P(KeepsGuarantee, on_every_small_history) {
  Tally tally;
  for (const SmallShape& shape :
       {SmallShape{{4}, 2}, SmallShape{{3, 1}, 2}, SmallShape{{2, 2}, 2}, SmallShape{{2, 1, 1}, 2},
        SmallShape{{3, 2}, 1}, SmallShape{{4, 1}, 1}, SmallShape{{2, 2, 1}, 1}})
    for_each_history(shape, [&](const History& history) { compare(history, question, tally); });
  EXPECT_EQ(tally.undecided, 0u);
  EXPECT_GT(tally.holds, 50u);
  EXPECT_GT(tally.violated, 50u);
}

TEST_P(KeepsGuarantee, on_random_histories) {
  Tally tally;
  RandomRegisters knobs;
  knobs.pending = 0;
  for (std::uint64_t seed = 0; seed < 5000; ++seed) {
    knobs.operations = 5 + static_cast<std::uint32_t>(seed % 5);
    SCOPED_TRACE(seed);
    compare(random_registers(knobs, seed), question, tally);
    if (HasFatalFailure()) return;
  }
  EXPECT_EQ(tally.undecided, 0u);
  EXPECT_GT(tally.holds, 200u);
  EXPECT_GT(tally.violated, 200u);
}

TEST_P(AgreesWithAxioms, or_says_that_it_cannot_know) {
  Tally tally;
  RandomRegisters knobs;
  knobs.repeated = 50;
  knobs.keys = 1;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    SCOPED_TRACE(seed);
    compare(random_registers(knobs, seed), question, tally);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(tally.holds, 50u);
  EXPECT_GT(tally.violated, 50u);
}

std::string name_of(const ::testing::TestParamInfo<Level>& level) {
  std::string name(to_string(level.param));
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(, AgreesWithAxioms,
                         ::testing::Values(Level::causal, Level::causal_memory,
                                           Level::causal_convergence, Level::pram),
                         name_of);
INSTANTIATE_TEST_SUITE_P(, KeepsGuarantee,
                         ::testing::Values(Level::read_your_writes, Level::monotonic_reads,
                                           Level::monotonic_writes, Level::writes_follow_reads),
                         name_of);

}  // namespace
}  // namespace cleave
