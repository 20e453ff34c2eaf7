#include "sim/check/history/history.h"

#include "sim/check/history/history_builder.h"
#include "sim/check/history/question.h"
#include "tests/support/lanes.h"

#include <gtest/gtest.h>

namespace cleave {
namespace {

using testing::lanes;

TEST(Value, tells_integers_names_and_nil_apart) {
  Names names;
  const Value ok = names.intern(":ok");
  EXPECT_EQ(ok, names.intern(":ok"));
  EXPECT_NE(ok, names.intern("ok"));
  EXPECT_FALSE(ok.is_integer());
  EXPECT_TRUE(Value{}.is_nil());
  EXPECT_TRUE(integer(-3).is_integer());
  EXPECT_EQ(to_text(ok, names) + to_text(integer(-3), names) + to_text(Value{}, names), ":ok-3nil");
}

TEST(Names, find_each_text_among_thousands) {
  Names names;
  for (int i = 0; i < 5000; ++i)
    names.intern("v" + std::to_string(i));
  EXPECT_EQ(names.size(), 5000u);
  EXPECT_EQ(names.text_of(names.intern("v4711")), "v4711");
  EXPECT_EQ(names.size(), 5000u);
}

TEST(History, is_drawn_in_lanes) {
  const History history = lanes({"|w 1   |      |r 2|",  //
                                 "    |w 2  >      |w x=3!"});
  ASSERT_EQ(check_history(history), std::nullopt);
  ASSERT_EQ(history.operations.size(), 4u);
  const auto& [w1, w2, r, w3] = std::tie(history.operations[0], history.operations[1],
                                         history.operations[2], history.operations[3]);
  EXPECT_EQ(w2.ending, Ending::pending);
  EXPECT_EQ(w2.completed, Operation::kNever);
  EXPECT_EQ(w3.ending, Ending::failed);
  EXPECT_NE(w2.process, w3.process) << "who never got an answer goes on as somebody new";
  EXPECT_TRUE(precedes(w1, r));
  EXPECT_FALSE(precedes(w1, w2) || precedes(w2, r));
  EXPECT_EQ(to_text(history, r), "process 0 read 2");
  EXPECT_EQ(to_text(history, w3), "process 1 wrote 3 to x, which failed");
}

TEST(History, says_what_transactions_did) {
  const History history = lanes({"|t r x=1; app y=2; r z=[1 2]|", "|cas x 1 2>"});
  EXPECT_EQ(to_text(history, history.operations[0]),
            "process 0 read x = 1, appended 2 to y, read z = [1 2]");
  EXPECT_EQ(to_text(history, history.operations[1]),
            "process 1 set x from 1 to 2, which was never answered");
}

struct Broken {
  const char* name;
  void (*breaks)(History&);
};
class BrokenHistory : public ::testing::TestWithParam<Broken> {};

TEST_P(BrokenHistory, is_found) {
  History history = lanes({"|w 1|  |w 2|", "   |r 1|"});
  ASSERT_EQ(check_history(history), std::nullopt);
  GetParam().breaks(history);
  EXPECT_NE(check_history(history), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(
    , BrokenHistory,
    ::testing::Values(
        Broken{"order", [](History& h) { std::swap(h.operations[0], h.operations[1]); }},
        Broken{"process", [](History& h) { h.operations[0].process = 9; }},
        Broken{"key", [](History& h) { h.operations[0].key = 9; }},
        Broken{"results",
               [](History& h) {
                 h.operations[1].results = {0, 1};
               }},
        Broken{"steps",
               [](History& h) {
                 h.operations[1].steps = {0, 1};
               }},
        Broken{"pending", [](History& h) { h.operations[0].ending = Ending::pending; }},
        Broken{"never", [](History& h) { h.operations[0].completed = Operation::kNever; }},
        Broken{"two_at_once", [](History& h) { h.operations[2].process = 1; }}),
    [](const auto& broken) { return broken.param.name; });

TEST(Question, knows_models_and_levels_by_their_names) {
  for (const Model model : all_models())
    EXPECT_EQ(model_of(to_string(model)), model);
  for (const Level level : all_levels())
    EXPECT_EQ(level_of(to_string(level)), level);
  EXPECT_EQ(level_of("linearisable"), std::nullopt);
  EXPECT_EQ(model_of(""), std::nullopt);
}

}  // namespace
}  // namespace cleave
