#include "sim/exchange/write_edn.h"

#include "tests/exchange/reading.h"
#include "tests/support/lanes.h"

#include <gtest/gtest.h>

namespace cleave::exchange {
namespace {

using testing::lanes;

TEST(WriteEdn, writes_a_map_a_line) {
  History history = lanes({"|w x=1  |  |r x=nil|"});
  for (Operation& o : history.operations) {
    o.invoked_at = 10 * (o.invoked + 1);
    o.completed_at = 10 * (o.completed + 1);
  }
  EXPECT_EQ(edn_of(history, {Model::reg,
                             [](std::uint64_t event) {
                               return Time{static_cast<std::int64_t>(event) * 1000 + 7};
                             }}),
            "{:index 0, :time 0, :process 1, :type :invoke, :f :write, :value [\"x\" 0]}\n"
            "{:index 1, :time 0, :process 1, :type :ok, :f :write, :value [\"x\" 0]}\n"
            "{:index 2, :time 10007, :process 0, :type :invoke, :f :write, :value [\"x\" 1]}\n"
            "{:index 3, :time 20007, :process 0, :type :ok, :f :write, :value [\"x\" 1]}\n"
            "{:index 4, :time 30007, :process 0, :type :invoke, :f :read, :value [\"x\" nil]}\n"
            "{:index 5, :time 40007, :process 0, :type :ok, :f :read, :value [\"x\" 0]}\n");
}

TEST(WriteEdn, puts_what_may_have_happened_where_its_client_was_told) {
  History history = lanes({"|w 1  >", "      |w 2|   |w 3|"});
  for (Operation& o : history.operations) {
    o.invoked_at = 10 * (o.invoked + 1);
    o.completed_at = o.ending == Ending::pending ? 35 : 10 * (o.completed + 1);
  }
  const std::string text = edn_of(history, {Model::reg, nullptr});
  std::string order;
  for (auto at = text.find(":type"); at != text.npos; at = text.find(":type", at + 1))
    order += text[at + 8];  // the second letter
  EXPECT_EQ(order, "nknnknnk") << text;
}

// What is read of what was written.
struct Case {
  std::string name;
  Model model;
  std::vector<std::string> drawing;
  Lines first;  // before what was drawn
};

class RoundTrip : public ::testing::TestWithParam<Case> {};

TEST_P(RoundTrip, changes_nothing) {
  const History history = lanes(GetParam().drawing);
  Lines expected = GetParam().first;
  for (const Operation& operation : history.operations)
    expected.push_back(to_text(history, operation));
  const std::string text = edn_of(history, {GetParam().model, nullptr});
  const ReadOptions options{Format::edn, GetParam().model, true};
  EXPECT_EQ(read_lines(text, options), expected);

  Diagnostics diagnostics;
  const auto read = read_history(blocks_of(text), "h", options, diagnostics);
  ASSERT_TRUE(read.has_value());
  const std::size_t firsts = GetParam().first.size();
  for (std::size_t i = 0; i < history.operations.size(); ++i)
    EXPECT_EQ(read->history.operations.at(firsts + i).invoked,
              history.operations[i].invoked + 2 * firsts);
}

INSTANTIATE_TEST_SUITE_P(
    , RoundTrip,
    ::testing::Values(Case{"reg",
                           Model::reg,
                           {"|w x=1 |  |r x=1| |r x=?|", "    |w x=2!  |w x=3>",
                            "          |r :y=0|"},
                           {"process 3 wrote 0 to x", "process 3 wrote 0 to :y"}},
                      Case{"cas",
                           Model::cas_register,
                           {"|cas x 0 2|", "  |cas x 2 3>", "   |cas x 4 5!"},
                           {"process 3 wrote 0 to x"}},
                      Case{"max_register", Model::max_register, {"|raise x=1|", "  |r x=1|"}, {}},
                      Case{"set", Model::set, {"|add x=1|", "  |r x=[1 2]|", "   |rem x=1|"}, {}},
                      Case{"counter", Model::counter, {"|add x=-1|", "  |r x=-1|"}, {}},
                      Case{"log", Model::log, {"|app x=1|", "  |r x=[1]|", "   |r x=[]|"}, {}},
                      Case{"queue", Model::queue, {"|enq x=1|", "  |deq x=1|", "   |deq x=?!"}, {}},
                      Case{"quoted", Model::counter, {"|add a\"b\\=1|"}, {}}),
    [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace cleave::exchange
