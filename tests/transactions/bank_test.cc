#include "tests/support/lanes.h"
#include "tests/transactions/levels.h"

#include <gtest/gtest.h>

namespace cleave {
namespace {

using testing::lanes;

Finding judge(const std::vector<std::string>& drawing) {
  return testing::judge(Model::bank, lanes(drawing), Level::snapshot_isolation);
}

struct Known {
  const char* name;
  std::vector<std::string> drawing;
  Word word = Word::holds;
  std::string anomaly;
  std::uint64_t checked = 0;
};
class Bank : public ::testing::TestWithParam<Known> {};

TEST_P(Bank, is_judged) {
  const Finding finding = judge(GetParam().drawing);
  EXPECT_EQ(to_string(finding.word), to_string(GetParam().word)) << finding.why;
  EXPECT_EQ(finding.anomaly, GetParam().anomaly);
  EXPECT_EQ(finding.checked, GetParam().checked);
  EXPECT_EQ(finding.why.empty(), finding.word == Word::holds);
}

const std::string kTransfer = "|t add a=-5; add b=5|";

INSTANTIATE_TEST_SUITE_P(
    , Bank,
    ::testing::Values(
        Known{"nothing", {kTransfer}, Word::vacuous, "", 0},
        Known{"not_known", {kTransfer, "|t r a=?; r b=?|"}, Word::vacuous, "", 0},
        Known{"not_all_known", {kTransfer, "|t r a=?; r b=5|"}, Word::undecided, "", 0},
        Known{"one_below_zero", {"|t r a=?; r b=-5|"}, Word::violated, "negative-balance", 0},
        Known{"never_answered", {kTransfer, "|t r a=1; r b=5>"}, Word::vacuous, "", 0},
        Known{"one_read", {kTransfer, "|t r a=5; r b=5|"}, Word::holds, "", 1},
        Known{"in_any_order", {"|t r a=5; r b=5|  |t r b=10; r a=0|"}, Word::holds, "", 2},
        Known{"not_all_accounts", {"|t r a=5; r b=5|  |t r b=7|"}, Word::undecided, "", 1},
        Known{"half_a_transfer",
              {"|t r a=5; r b=5|     |t r a=0; r b=5|", "   " + kTransfer},
              Word::violated,
              "wrong-total",
              2},
        Known{"account_gone",
              {"|t r a=5; r b=5|     |t r a=nil; r b=5|"},
              Word::violated,
              "wrong-total",
              2},
        Known{"below_zero", {"|t r a=-1; r b=11|"}, Word::violated, "negative-balance", 1}),
    [](const auto& known) { return known.param.name; });

TEST(BankReads, are_told) {
  const Finding total = judge({"|t r a=5; r b=5|   |t r a=0; r b=5|", "   |t r a=5; r b=5|"});
  EXPECT_EQ(total.why, "process 0 read a total of 5, but it was 10 when process 0 read it first");
  EXPECT_EQ(total.witness, (std::vector<std::uint32_t>{0, 2}));
  EXPECT_EQ(judge({"|t r a=-1; r b=11|"}).why, "process 0 read a = -1, a balance below zero");
}

TEST(BankReads, that_cannot_be_compared_are_told) {
  EXPECT_EQ(judge({"|t r a=5; r b=5|  |t r b=7| |t r a=5|"}).why,
            "2 reads cannot be compared, such as that of process 0 read b = 7, which are not the 2 "
            "accounts that process 0 read first: read all accounts whenever any is read");
  EXPECT_EQ(judge({"|t r a=5; r b=?|"}).why,
            "1 read cannot be compared, such as that of process 0 read a = 5, read b = ?, which "
            "are not all balances: read all accounts whenever any is read");
}

TEST(BankReads, add_up_beyond_one_balance) {
  const std::string most = std::to_string(Value::kFirstName - 1);
  const Finding finding =
      judge({"|t r a=" + most + "; r b=" + most + "; r c=" + most + "|  |t r a=1; r b=0; r c=0|"});
  EXPECT_EQ(finding.why,
            "process 0 read a total of 1, but it was 13835058055282163709 when process 0 read it "
            "first");
}

}  // namespace
}  // namespace cleave
