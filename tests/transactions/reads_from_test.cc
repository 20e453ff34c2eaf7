#include "sim/check/transactions/reads_from.h"

#include "tests/support/lanes.h"

#include <gtest/gtest.h>

namespace cleave::transactions {
namespace {

using cleave::testing::lanes;

TEST(Writes, are_found_by_key_and_value) {
  const History history = lanes({"|t w x=1; w x=2; w y=1|  |w x=3!"});
  const Writes writes(history, Call::write);
  ASSERT_EQ(writes.all().size(), 4u);
  const auto x = history.steps[0].key;
  const auto y = history.steps[2].key;
  EXPECT_EQ(writes.find(x, integer(1)), 0u);
  EXPECT_EQ(writes.find(y, integer(1)), 2u);
  EXPECT_EQ(writes.find(x, integer(3)), 3u);
  EXPECT_EQ(writes.find(y, integer(2)), std::nullopt);
  EXPECT_FALSE(writes[0].is_final);
  EXPECT_TRUE(writes[1].is_final && writes[2].is_final);
  EXPECT_EQ(writes.of(0).size(), 3u);
  EXPECT_EQ(writes.first(1), 3u);
  EXPECT_EQ(writes.repeated(), std::nullopt);
}

TEST(Writes, say_which_values_name_nobody) {
  const History history = lanes({"|t w x=1|  |t w x=2! |t w x=2|", "|t w x=1> |t w y=1|"});
  const Writes writes(history, Call::write);
  const auto x = history.steps[0].key;
  EXPECT_TRUE(writes[*writes.find(x, integer(1))].is_repeated);
  const std::uint32_t two = writes.find(x, integer(2)).value();
  EXPECT_FALSE(writes[two].is_repeated) << "who failed did not write it";
  EXPECT_EQ(history.operations[writes[two].operation].ending, Ending::done);
  EXPECT_TRUE(writes.repeated().has_value());
}

struct Case {
  const char* name;
  std::vector<std::string> drawing;
  std::vector<Flaw> flaws;
  std::uint64_t reads = 0;  // of what others wrote
  std::uint64_t unclear = 0;
};
class Reads : public ::testing::TestWithParam<Case> {};

TEST_P(Reads, are_traced_to_their_writes) {
  const History history = lanes(GetParam().drawing);
  const ReadsFrom found = reads_from(history, {});
  std::vector<Flaw> flaws;
  for (const FlawedRead& flawed : found.flaws)
    flaws.push_back(flawed.flaw);
  EXPECT_EQ(flaws, GetParam().flaws);
  EXPECT_EQ(found.reads.size(), GetParam().reads);
  EXPECT_EQ(found.unclear, GetParam().unclear);
}

INSTANTIATE_TEST_SUITE_P(
    , Reads,
    ::testing::Values(
        Case{"others", {"|t w x=1|", "|t r x=1|"}, {}, 1},
        Case{"plain_operations", {"|w x=1|", "|r x=1|"}, {}, 1},
        Case{"initial", {"|t r x=nil|"}, {}, 1}, Case{"not_known", {"|t r x=?; r y=[1 2]|"}, {}, 0},
        Case{"own", {"|t w x=1; r x=1|"}, {}, 0},
        Case{"pending", {"|t w x=1>", "|t r x=1|"}, {}, 1},
        Case{"of_who_is_pending", {"|t r x=7>"}, {}, 0},
        Case{"of_who_failed", {"|t r x=7!"}, {}, 0},
        Case{"thin_air", {"|t r x=7|"}, {Flaw::thin_air}},
        Case{"aborted", {"|t w x=1!", "|t r x=1|"}, {Flaw::aborted}},
        Case{"intermediate", {"|t w x=1; w x=2|", "|t r x=1|"}, {Flaw::intermediate}, 1},
        Case{"internal", {"|t w x=1; r x=2|", "|w x=2|"}, {Flaw::internal}},
        Case{"future", {"|t r x=1; w x=1|"}, {Flaw::future}},
        Case{"unrepeatable", {"|t r x=nil; r x=1|", "|w x=1|"}, {Flaw::unrepeatable}, 2},
        Case{"repeated", {"|t w x=1|  |t w x=1|", "|t r x=1|"}, {}, 0, 1}),
    [](const auto& one) { return one.param.name; });

TEST(ReadsFrom, name_the_write_and_its_transaction) {
  const History history =
      lanes({"|t w y=1; w x=2|        |t w x=3>", "       |t r x=2; r y=nil|  "});
  const ReadsFrom found = reads_from(history, {});
  ASSERT_EQ(found.of(1).size(), 2u);
  EXPECT_EQ(found.of(1)[0].write, 1u);
  EXPECT_EQ(found.of(1)[1].write, kInitial);
  EXPECT_EQ(found.of(1)[1].step, 1u);
  EXPECT_TRUE(found.happened[0] && found.happened[1]);
  EXPECT_FALSE(found.happened[2]) << "nobody saw it";
}

TEST(ReadsFrom, of_a_value_that_was_there_before) {
  const History history = lanes({"|t r x=0|  |t r x=nil|", "|t w x=0!"});
  const ReadsFrom found = reads_from(history, integer(0));
  ASSERT_EQ(found.reads.size(), 1u);
  EXPECT_EQ(found.reads[0].write, kInitial);
  ASSERT_EQ(found.flaws.size(), 1u);
  EXPECT_EQ(found.flaws[0].flaw, Flaw::thin_air);
}

struct Told {
  std::vector<std::string> drawing;
  Level level;
  const char* why;
};
class Flaws : public ::testing::TestWithParam<Told> {};

TEST_P(Flaws, are_told_in_a_sentence) {
  const History history = lanes(GetParam().drawing);
  const auto finding = worst_flaw(history, reads_from(history, {}).flaws, GetParam().level);
  EXPECT_EQ(finding ? finding->why : "", GetParam().why);
}

INSTANTIATE_TEST_SUITE_P(
    , Flaws,
    ::testing::Values(
        Told{{"|t r x=7|"}, Level::read_uncommitted, "process 0 read x = 7, but nobody wrote 7"},
        Told{{"|t w x=1!", " |t r x=1|"}, Level::read_uncommitted, ""},
        Told{{"|t w x=1!", " |t r x=1|"},
             Level::read_committed,
             "process 1 read x = 1, but process 0, which wrote 1, failed"},
        Told{{"|t w x=1; w x=2|", " |t r x=1|"},
             Level::read_atomic,
             "process 1 read x = 1, but process 0 did not leave it at 1"},
        Told{{"|t w x=1; r x=nil|"},
             Level::read_uncommitted,
             "process 0 read x = nil, which is not what it had itself left there"},
        Told{{"|t r x=1; w x=1|"},
             Level::read_uncommitted,
             "process 0 read x = 1 before it wrote 1 itself"},
        Told{{"|w x=1|", " |t r x=nil; r x=1|"}, Level::monotonic_atomic_view, ""},
        Told{{"|w x=1|", " |t r x=nil; r x=1|"},
             Level::repeatable_read,
             "process 1 read x = 1, which is not what it had read before"}));

}  // namespace
}  // namespace cleave::transactions
