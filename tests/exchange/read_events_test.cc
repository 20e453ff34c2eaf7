// Jepsen's histories in EDN and in JSON: what is asked and answered, model by model.
#include "tests/exchange/reading.h"

#include <gtest/gtest.h>

namespace cleave::exchange {
namespace {

struct Case {
  std::string name;
  Model model;
  std::string text;
  Lines lines;
};

class Edn : public ::testing::TestWithParam<Case> {};

TEST_P(Edn, is_read_as_a_history_of_the_model) {
  EXPECT_EQ(read_lines(GetParam().text, {Format::edn, GetParam().model}), GetParam().lines);
  EXPECT_EQ(read_lines(GetParam().text, {Format::edn, GetParam().model}, 1), GetParam().lines);
}

INSTANTIATE_TEST_SUITE_P(
    , Edn,
    ::testing::Values(
        Case{"reg",
             Model::reg,
             R"(
             {:process 0, :type :invoke, :f :write, :value 1}
             {:process 1, :type :invoke, :f :read}
             {:process 1, :type :ok, :f :read, :value 1}
             {:process 0, :type :ok, :f :write, :value 1}
             {:process 0, :type :invoke, :f :read, :value nil}
             {:process 0, :type :ok, :f :read, :value nil})",
             {"process 0 wrote 1", "process 1 read 1", "process 0 read ?"}},
        Case{"cas_register",
             Model::cas_register,
             R"(
             [{:process 0, :type :invoke, :f :cas, :value [1 2]}
              {:process 0, :type :fail, :f :cas, :value [1 2]},
              {:process 1, :type :invoke, :f :cas, :value [1 2]}
              {:process 1, :type :info, :f :cas, :value [1 2], :error :timeout}])",
             {"process 0 set from 1 to 2, which failed",
              "process 1 set from 1 to 2, which was never answered"}},
        Case{"max_register",
             Model::max_register,
             "({:process 0 :type :ok :f :write :value 5} {:process 0 :type :ok :f :read :value 5})",
             {"process 0 raised to 5", "process 0 read 5"}},
        Case{"mutex",
             Model::mutex,
             R"(
             {:process 0, :type :invoke, :f :acquire} {:process 0, :type :ok, :f :acquire}
             {:process 0, :type :invoke, :f :release, :value nil})",
             {"process 0 acquired", "process 0 released, which was never answered"}},
        Case{"set",
             Model::set,
             R"(
             {:process 0, :type :ok, :f :add, :value [0 0]}
             {:process 0, :type :ok, :f :add, :value "x"}
             {:process 0, :type :ok, :f :remove, :value "x"}
             {:process 0, :type :ok, :f :read, :value #{[0 0] "x"}}
             {:process 0, :type :ok, :f :read, :value nil})",
             {"process 0 added [0 0]", "process 0 added x", "process 0 removed x",
              "process 0 read [[0 0] x]", "process 0 read ?"}},
        Case{"counter",
             Model::counter,
             R"(
             {:process 0, :type :ok, :f :add, :value -3}
             {:process 0, :type :ok, :f :read, :value -3})",
             {"process 0 added -3", "process 0 read -3"}},
        Case{"queue",
             Model::queue,
             R"(
             {:process 0, :type :ok, :f :enqueue, :value 7}
             {:process 0, :type :invoke, :f :dequeue}
             {:process 0, :type :ok, :f :dequeue, :value 7}
             {:process 0, :type :invoke, :f :dequeue}
             {:process 0, :type :fail, :f :dequeue, :error :empty}
             {:process 0, :type :ok, :f :dequeue, :value nil}
             {:process 0, :type :ok, :f :drain, :value [8 9]}
             {:process 0, :type :ok, :f :drain}
             {:process 0, :type :info, :f :dequeue, :value nil})",
             {"process 0 enqueued 7", "process 0 dequeued 7", "process 0 dequeued ?, which failed",
              "process 0 dequeued nil", "process 0 drained [8 9]", "process 0 drained []",
              "process 0 dequeued ?, which was never answered"}},
        Case{"log",
             Model::log,
             R"(
             {:process 0, :type :ok, :f :append, :value 7}
             {:process 0, :type :ok, :f :read, :value [7]})",
             {"process 0 appended 7", "process 0 read [7]"}},
        Case{"kv",
             Model::kv,
             R"(
             {:process 0, :type :ok, :f :put, :key "k", :value "a b"}
             {:process 0, :type :ok, :f :append, :key "k", :value "c"}
             {:process 0, :type :ok, :f :get, :key "k", :value "a bc"}
             {:process 0, :type :ok, :f :get, :key "l", :value nil})",
             {"process 0 wrote a b to k", "process 0 appended c to k", "process 0 read k = a bc",
              "process 0 read l = "}},
        Case{"kv_without_key",
             Model::kv,
             R"(
             {:process 0, :type :ok, :f :put, :key "k", :value "a"}
             {:process 0, :type :ok, :f :get, :value "b"})",
             {"process 0 wrote a to k", "process 0 read b"}},
        Case{"multi_register",
             Model::multi_register,
             R"(
             {:process 0, :type :ok, :f :write, :value {:x 1, :y 2}}
             {:process 0, :type :invoke, :f :read, :value {:x nil, :y nil}}
             {:process 0, :type :ok, :f :read, :value {:x 1, :y nil}}
             {:process 0, :type :ok, :f :txn, :value [[:read :x 1] [:write :y 3]]})",
             {"process 0 wrote 1 to :x, wrote 2 to :y", "process 0 read :x = 1, read :y = ?",
              "process 0 read :x = 1, wrote 3 to :y"}},
        Case{"list_append",
             Model::list_append,
             R"(
             {:process 0, :type :invoke, :f :txn, :value [[:append :x 1] [:r :y nil]]}
             {:process 0, :type :ok, :f :txn, :value [[:append :x 1] [:r :y [4 5]]]}
             {:process 0, :type :ok, :f nil, :value [[:r :z nil]]}
             {:process 1, :type :invoke, :f :txn, :value [[:append :x 2] [:r :x nil]]})",
             {"process 0 appended 1 to :x, read :y = [4 5]", "process 0 read :z = []",
              "process 1 appended 2 to :x, read :x = ?, which was never answered"}},
        Case{"rw_register",
             Model::rw_register,
             R"(
             {:process 0, :type :invoke, :f :txn, :value [[:w 1 7] [:r 2 nil]]}
             {:process 0, :type :fail, :f :txn, :value [[:w 1 7] [:r 2 nil]]}
             {:process 0, :type :ok, :f :txn, :value [[:r 1 nil] [:r 2 8]]}
             {:process 0, :type :ok, :f :txn, :value []})",
             {"process 0 wrote 7 to 1, read 2 = ?, which failed",
              "process 0 read 1 = nil, read 2 = 8", "process 0 did nothing"}},
        Case{"long_fork",
             Model::long_fork,
             R"(
             {:type :invoke, :f :write, :value [[:w 0 1]]}
             {:type :ok, :f :write, :value [[:w 0 1]]}
             {:type :ok, :f :read, :value [[:r 0 1] [:r 1 nil]]})",
             {"process nil wrote 1 to 0", "process nil read 0 = 1, read 1 = nil"}},
        Case{"bank",
             Model::bank,
             R"(
             {:process 0, :type :invoke, :f :transfer, :value {:from 1, :to 0, :amount 5}}
             {:process 0, :type :ok, :f :transfer, :value {:from 1, :to 0, :amount 5}}
             {:process 0, :type :invoke, :f :read}
             {:process 0, :type :ok, :f :read, :value {0 15, 1 5}}
             {:process 0, :type :ok, :f :read, :value [15 5]})",
             {"process 0 added -5 to 1, added 5 to 0", "process 0 read 0 = 15, read 1 = 5",
              "process 0 read 0 = 15, read 1 = 5"}},
        Case{"others",
             Model::reg,
             R"(
             #jepsen.history.Op{:index 0, :time 1, :type :info, :process :nemesis, :f :start}
             ; Jepsen, too, says more than one wants to know.
             #jepsen.history.Op {:index 1, :time 2, :type :ok, :process 0, :f :read, :value 7,
                                 :exception #error{:via [{:type Foo :at 0x7f}]}}
             #_{:type :nonsense})",
             {"process 0 read 7"}},
        Case{"nothing", Model::reg, " ; nothing\n", {}}, Case{"empty", Model::reg, "[]", {}}),
    [](const auto& tested) { return tested.param.name; });

TEST(Json, is_read_as_edn_is) {
  const Lines lines{"process 0 appended 1 to x, read y = [4 5]", "process 0 read z = []"};
  const std::string ops[] = {
      R"({"type":"invoke","f":"txn","process":0,"value":[["append","x",1],["r","y",null]]})",
      R"({"type":"ok","f":"txn","process":0,"index":1,"value":[["append","x",1],["r","y",[4,5]]]})",
      R"({"type":"invoke","f":"start","process":"nemesis","value":{"a":[1,{}]}})",
      R"({"type":":ok","f":":txn","process":0,"value":[[":r","z",null]]})"};
  const auto joined = [&ops](const std::string& by) {
    return ops[0] + by + ops[1] + by + ops[2] + by + ops[3];
  };
  for (const std::string& text : {"[" + joined(",\n") + "]", joined("\n")}) {
    EXPECT_EQ(read_lines(text, {Format::json, Model::list_append}), lines);
    EXPECT_EQ(read_lines(text, {Format::json, Model::list_append}, 1), lines);
  }
}

TEST(Json, has_numbers_for_keys_of_maps) {
  const std::string text = R"([{"type":"ok","f":"read","process":0,"value":{"0":15,"a":5}},
                               {"type":"ok","f":"transfer","process":0,
                                "value":{"from":0,"to":"a","amount":5}}])";
  EXPECT_EQ(read_lines(text, {Format::json, Model::bank}),
            (Lines{"process 0 read 0 = 15, read a = 5", "process 0 added -5 to 0, added 5 to a"}));
  Diagnostics diagnostics;
  const auto read = read_history(blocks_of(text), "h", {Format::json, Model::bank}, diagnostics);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->history.keys.size(), 3u) << "none, 0 and a";
}

TEST(Events, fill_in_the_steps_that_were_asked) {
  Diagnostics diagnostics;
  const auto read =
      read_history(blocks_of("{:process 0, :type :invoke, :f :txn, :value [[:r 1 nil] [:w 1 2]]}"
                             "{:process 0, :type :ok, :f :txn, :value [[:r 1 nil] [:w 1 2]]}"),
                   "h", {Format::edn, Model::rw_register}, diagnostics);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->history.steps.size(), 2u);
}

TEST(Events, of_independent_objects_name_them) {
  EXPECT_EQ(read_lines(R"({:process 0, :type :invoke, :f :read, :value [:x nil]}
                          {:process 0, :type :ok, :f :read, :value [:x 7]}
                          {:process 0, :type :ok, :f :cas, :value [:y [1 2]]})",
                       {Format::edn, Model::cas_register, true}),
            (Lines{"process 0 read :x = 7", "process 0 set :y from 1 to 2"}));
}

TEST(Events, that_answer_repeat_what_was_asked_or_nothing) {
  EXPECT_EQ(read_lines("{:type :invoke :f :write :value {:x 1 :y 2}}"
                       "{:type :ok :f :write :value {:y 2 :x 1}}"
                       "{:type :invoke :f :write :value {:x 3}} {:type :ok :f :write}",
                       {Format::edn, Model::multi_register}),
            (Lines{"process nil wrote 2 to :y, wrote 1 to :x", "process nil wrote 3 to :x"}));
}

TEST(Events, keep_their_lines) {
  Diagnostics diagnostics;
  const auto read = read_history(blocks_of("{:process 0, :type :invoke, :f :read}\n\n"
                                           "{:process 0, :type :ok,\n :f :read}\n"
                                           "{:process 0, :type :invoke, :f :read}"),
                                 "h", {}, diagnostics);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->history.operations.at(0).invoked_at, 1u);
  EXPECT_EQ(read->history.operations.at(0).completed_at, 3u);
  EXPECT_EQ(read->history.operations.at(1).invoked_at, 5u);
}

TEST(Events, without_a_question_began_when_their_process_could_have_asked) {
  Diagnostics diagnostics;
  const auto read = read_history(blocks_of("{:process 0, :type :invoke, :f :write, :value 1}"
                                           "{:process 0, :type :ok, :f :write, :value 1}"
                                           "{:process 1, :type :ok, :f :write, :value 2}"
                                           "{:process 2, :type :invoke, :f :write, :value 3}"
                                           "{:process 0, :type :ok, :f :write, :value 4}"
                                           "{:process 1, :type :info, :f :write, :value 5}"
                                           "{:process 1, :type :fail, :f :write, :value 6}"),
                                 "h", {}, diagnostics);
  ASSERT_TRUE(read.has_value());
  const History& history = read->history;
  ASSERT_EQ(check_history(history), std::nullopt);
  std::string order;
  for (const Operation& o : history.operations)
    order += to_text(o.argument, history.names);
  EXPECT_EQ(order, "261453") << "2 and 6 with the history, 4 and 5 after their process's last";
  const auto find = [&history](std::int64_t value) {
    for (const Operation& o : history.operations)
      if (o.argument == integer(value)) return o;
    return Operation{};
  };
  EXPECT_FALSE(precedes(find(1), find(2)));
  EXPECT_TRUE(precedes(find(1), find(4)));
  EXPECT_FALSE(precedes(find(2), find(4)));
  EXPECT_TRUE(precedes(find(2), find(5)));
  EXPECT_TRUE(precedes(find(2), find(3)));
  EXPECT_EQ(find(5).ending, Ending::pending);
  EXPECT_EQ(find(6).ending, Ending::failed);
}

TEST(Init, is_written_as_edn_writes_it) {
  const auto init = [](std::optional<std::string> text, Format format = Format::edn) {
    Diagnostics diagnostics;
    const auto read =
        read_history(blocks_of(""), "h", {format, Model::reg, false, std::move(text)}, diagnostics);
    return read ? to_text(read->init, read->history.names) : diagnostics.format();
  };
  EXPECT_EQ(init(std::nullopt), "nil");
  EXPECT_EQ(init("0"), "0");
  EXPECT_EQ(init(":a"), ":a");
  EXPECT_EQ(init(std::nullopt, Format::plume), "0");
  EXPECT_EQ(init("nil", Format::plume), "nil");
  EXPECT_EQ(init("1 2"), "--init:1:3: error: found '2'; expected one value\n");
}

TEST(Events, may_follow_a_byte_order_mark) {
  EXPECT_EQ(read_lines("\xef\xbb\xbf[]", {}), Lines{});
}

}  // namespace
}  // namespace cleave::exchange
