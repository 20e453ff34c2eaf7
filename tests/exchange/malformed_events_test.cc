// What is wrong with a history of Jepsen's, and where it stands.
#include "tests/exchange/reading.h"

#include <gtest/gtest.h>

namespace cleave::exchange {
namespace {

struct Wrong {
  std::string name;
  Model model;
  std::string text;
  std::string message;
};

class MalformedEvents : public ::testing::TestWithParam<Wrong> {};

TEST_P(MalformedEvents, are_named_with_their_place) {
  EXPECT_EQ(read_lines(GetParam().text, {Format::edn, GetParam().model}),
            Lines{GetParam().message});
}

INSTANTIATE_TEST_SUITE_P(
    , MalformedEvents,
    ::testing::Values(
        Wrong{"no_map", Model::reg, "[1]", "1:2: found '1'; expected '{' of an operation"},
        Wrong{"text_after", Model::reg, "[]\n{}",
              "2:1: found '{'; expected the end of the text after the list of operations"},
        Wrong{"cut_short", Model::reg, "{:type :ok, :f :re",
              "1:19: the text ends; expected '}'; is the file complete?"},
        Wrong{"no_type", Model::reg, "\n{:f :read}",
              "2:1: an operation has no :type; expected :invoke, :ok, :fail or :info"},
        Wrong{"type", Model::reg, "{:type :okay}",
              "1:8: found :type 'okay'; expected :invoke, :ok, :fail or :info"},
        Wrong{"twice", Model::reg, "{:type :ok, :type :ok}",
              "1:13: an operation has a key twice; expected each once"},
        Wrong{"f", Model::cas_register, "{:type :ok :f :reed}",
              "1:1: found :f 'reed'; expected :read, :write or :cas of a cas-register; is --model "
              "right?"},
        Wrong{"over_lines", Model::reg, "\n{:type :ok\n:f :cas}",
              "2:1: found :f 'cas'; expected :read or :write of a register; is --model right?"},
        Wrong{"no_f", Model::reg, "{:type :ok :f :read}\n{:type :ok}",
              "2:1: an operation without :f; expected :read or :write of a register; is --model "
              "right?"},
        Wrong{"asked_twice", Model::reg,
              "{:type :invoke :f :read :process 3}\n{:type :invoke :f :read :process 3}",
              "2:1: process 3 asks, and its question of line 1 has no answer yet; expected one "
              "question at a time; give clients that do several things several numbers"},
        Wrong{"answer_to_another", Model::reg,
              "{:type :invoke :f :read :process 3}\n{:type :ok :f :write :process 3}",
              "2:1: process 3 is answered :write, and asked something else on line 1; expected the "
              "same :f"},
        Wrong{"another_value", Model::reg,
              "{:type :invoke :f :write :process 3 :value 3}\n"
              "{:type :ok :f :write :process 3 :value 4}",
              "2:1: process 3 is answered :write 4, and asked something else on line 1; expected "
              "the same :value"},
        Wrong{"another_pair", Model::cas_register,
              "{:type :invoke :f :cas :value [1 2]}\n{:type :ok :f :cas :value [2 1]}",
              "2:1: process nil is answered :cas [2 1], and asked something else on line 1; "
              "expected the same :value"},
        Wrong{"another_key", Model::kv,
              "{:type :invoke :f :get :key 1}\n{:type :ok :f :get :key 2 :value \"\"}",
              "2:1: process nil is answered :get , and asked something else on line 1; expected "
              "the same key"},
        Wrong{"other_steps", Model::list_append,
              "{:type :invoke :f :txn :value [[:append 1 2] [:r 3 nil]]}\n"
              "{:type :ok :f :txn :value [[:append 1 3] [:r 3 [4]]]}",
              "2:1: process nil is answered :txn [[:append 1 3] [:r 3 [4]]], and asked something "
              "else on line 1; expected the same steps"},
        Wrong{"other_fields", Model::multi_register,
              "{:type :invoke :f :write :value {:x 1 :y 2}}\n"
              "{:type :ok :f :write :value {:y 2 :x 2}}",
              "2:1: process nil is answered :write {:y 2 :x 2}, and asked something else on line "
              "1; expected the same steps"},
        Wrong{"another_transfer", Model::bank,
              "{:type :invoke :f :transfer :value {:from 1 :to 2 :amount 5}}\n"
              "{:type :ok :f :transfer :value {:from 1 :to 2 :amount 6}}",
              "2:1: process nil is answered :transfer {:from 1 :to 2 :amount 6}, and asked "
              "something else on line 1; expected the same steps"},
        Wrong{"process", Model::reg, "{:type :ok :f :read :process 1.5}",
              "1:30: found :process '1.5'; expected a whole number, or a name as :nemesis, which "
              "is passed by"},
        Wrong{"process_list", Model::reg, "{:process [0 1] :type :ok :f :read}",
              "1:11: found :process '[0 1]'; expected a whole number, or a name as :nemesis, which "
              "is passed by"},
        Wrong{"large", Model::counter, "{:type :ok :f :add :value 100000000000000000000}",
              "1:1: found '100000000000000000000' in the :value of a :add; expected a whole number "
              "between -2^62 and 2^62"},
        Wrong{"balance", Model::bank, "\n{:type :ok :f :read :value {0 10.5}}",
              "2:1: found '10.5' in the :value of a :read; expected a whole number"},
        Wrong{"large_balance", Model::bank, "{:type :ok :f :read :value [100000000000000000000]}",
              "1:1: found '100000000000000000000' in the :value of a :read; expected a whole "
              "number between -2^62 and 2^62"},
        Wrong{"pair", Model::cas_register, "{:type :ok :f :cas :value [1 2 3]}",
              "1:1: found '[1 2 3]' in the :value of a :cas; expected [expected new]"},
        Wrong{"number", Model::counter, "{:type :ok :f :add :value 1.5}",
              "1:1: found '1.5' in the :value of a :add; expected a whole number"},
        Wrong{"list", Model::log, "{:type :ok :f :read :value 1}",
              "1:1: found '1' in the :value of a :read; expected a list"},
        Wrong{"steps", Model::rw_register, "{:type :ok :f :txn :value 1}",
              "1:1: found '1' in the :value of a :txn; expected a list of [f key value]"},
        Wrong{"step", Model::rw_register, "{:type :ok :f :txn :value [[:r]]}",
              "1:1: found '[:r]' in the :value of a :txn; expected [f key value]"},
        Wrong{"step_f", Model::rw_register, "{:type :ok :f :txn :value [[:append 1 2]]}",
              "1:1: found '[:append 1 2]' in the :value of a :txn; expected :r or :w in a "
              "transaction of a rw-register"},
        Wrong{"balances", Model::bank, "{:type :ok :f :read :value 1}",
              "1:1: found '1' in the :value of a :read; expected {account balance, ...}"},
        Wrong{"transfer", Model::bank, "{:type :ok :f :transfer :value {:from 1 :to 2}}",
              "1:1: found '{:from 1 :to 2}' in the :value of a :transfer; expected {:from account, "
              ":to account, :amount number}"},
        Wrong{"compressed", Model::reg, "\x1f\x8b",
              "1:1: found a compressed file; expected text; write gunzip -c FILE | cleave check - "
              "..."}),
    [](const auto& tested) { return tested.param.name; });

TEST(WrongEvents, lack_the_key_that_was_announced) {
  EXPECT_EQ(read_lines("{:type :ok :f :read :value 7}", {Format::edn, Model::reg, true}),
            Lines{"1:1: found '7' in the :value of a :read; expected [key value], as --key says"});
}

TEST(WrongEvents, may_be_json) {
  EXPECT_EQ(read_lines("[{\"type\":\"ok\",\"f\":\"read\"},]", {Format::json}),
            Lines{"1:27: found a comma before ']'; expected a value after it"});
  EXPECT_EQ(read_lines("[{\"type\":ok}]", {Format::json}),
            Lines{"1:10: found 'ok'; expected a string"});
}

}  // namespace
}  // namespace cleave::exchange
