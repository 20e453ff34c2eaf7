// Histories in lines of text: logs of Jepsen's, and the transactions of Plume and AWDIT.
#include "tests/exchange/reading.h"

#include <gtest/gtest.h>

namespace cleave::exchange {
namespace {

const ReadOptions kJepsenLog{Format::jepsen_log, Model::cas_register};
const ReadOptions kKvLog{Format::kv_log, Model::kv};
const ReadOptions kPlume{Format::plume, Model::rw_register};
const ReadOptions kAwdit{Format::awdit, Model::rw_register};

struct Case {
  std::string name;
  ReadOptions options;
  std::string text;
  Lines lines;  // or what is wrong
};

class Logs : public ::testing::TestWithParam<Case> {};

TEST_P(Logs, are_read_line_by_line) {
  const auto& [name, options, text, lines] = GetParam();
  EXPECT_EQ(read_lines(text, options), lines);
  EXPECT_EQ(read_lines(text, options, 1), lines);
}

INSTANTIATE_TEST_SUITE_P(
    , Logs,
    ::testing::Values(
        Case{"jepsen",
             kJepsenLog,
             "INFO  jepsen.core - Everything is set up\n"
             "INFO  jepsen.util - 4\t:invoke\t:read\tnil\n"
             "INFO  jepsen.util - 4\t:ok\t:read\tnil\r\n"
             "INFO  jepsen.util - :nemesis\t:info\t:start\tnil\n"
             "2014-01-01 INFO  jepsen.util - 2 :invoke :cas [2 4]\n"
             "INFO  jepsen.util - 2\t:info\t:cas\t:timed-out\n"
             "INFO  jepsen.util - 4\t:invoke\t:write\t3\n"
             "INFO  jepsen.util - 4\t:fail\t:write\tno answer (in time",
             {"process 4 read nil", "process 2 set from 2 to 4, which was never answered",
              "process 4 wrote 3, which failed"}},
        Case{"jepsen_type",
             kJepsenLog,
             "INFO  jepsen.util - 4\tok\t:read\tnil",
             {"1:1: found 'ok' after the process; expected :invoke, :ok, :fail or :info"}},
        Case{"jepsen_call",
             kJepsenLog,
             "\nINFO  jepsen.util - 4\t:ok\tread\tnil",
             {"2:1: found 'read' after the type; expected a call, as :read"}},
        Case{"jepsen_value",
             kJepsenLog,
             "INFO  jepsen.util - 4\t:ok\t:read\t[1",
             {"1:1: the text ends; expected ']'; is the file complete?"}},
        Case{"jepsen_no_value",
             kJepsenLog,
             "INFO  jepsen.util - 4\t:ok\t:read\n",
             {"1:1: the text ends; expected a value"}},
        Case{"kv",
             kKvLog,
             "{:process 0, :type :invoke, :f :append, :key \"0\", :value \"x 0 0 y\"}\n"
             "{:process 0, :type :ok, :f :append, :key \"0\", :value \"x 0 0 y\"}\n"
             "{:process 1, :type :invoke, :f :get, :key \"7\", :value nil}\n"
             "{:process 1, :type :ok, :f :get, :key \"7\", :value \"\"}\n",
             {"process 0 appended x 0 0 y to 0", "process 1 read 7 = "}},
        Case{"plume",
             kPlume,
             "w(1,7,0,0)\nr(2,0,0,0)\nr(1,7,1,1)\n\nw(2,8,1,1)\nw(3,9,0,2)\nr(1,5,0,0)\n",
             {"process 0 wrote 7 to 1, read 2 = 0, read 1 = 5",
              "process 1 read 1 = 7, wrote 8 to 2", "process 0 wrote 9 to 3"}},
        Case{"plume_aborted",
             kPlume,
             "w(1,7,0,-1)\nw(2,7,0,-1)\nr(1,7,0,-1)\nw(1,8,0,0)\n",
             {"process 0 wrote 7 to 1, which failed", "process 0 wrote 7 to 2, which failed",
              "process 0 wrote 8 to 1"}},
        Case{"plume_long_number",
             kPlume,
             "w(13296660918851520211,7,0,0)",
             {"process 0 wrote 7 to 13296660918851520211"}},
        Case{
            "plume_no_number",
            kPlume,
            "w(x,7,0,0)",
            {"1:1: found 'w(x,7,0,0)'; expected r(KEY,VALUE,SESSION,TRANSACTION) or w(...), all of "
             "them numbers"}},
        Case{"plume_too_few",
             kPlume,
             "w(1,2,3,4)\nr(1,7,0)",
             {"2:1: found 'r(1,7,0)'; expected r(KEY,VALUE,SESSION,TRANSACTION) or w(...), all of "
              "them numbers"}},
        Case{"plume_too_many",
             kPlume,
             "r(1,7,0,0,0)",
             {"1:1: found 'r(1,7,0,0,0)'; expected r(KEY,VALUE,SESSION,TRANSACTION) or w(...), all "
              "of them numbers"}},
        Case{
            "plume_unclosed",
            kPlume,
            "r(1,7,0,00",
            {"1:1: found 'r(1,7,0,00'; expected r(KEY,VALUE,SESSION,TRANSACTION) or w(...), all of "
             "them numbers"}},
        Case{"plume_bracket",
             kPlume,
             "r[1,7,0,0)",
             {"1:1: found 'r[1,7,0,0)'; expected r(KEY,VALUE,SESSION,TRANSACTION) or w(...), all "
              "of them numbers"}},
        Case{
            "plume_other",
            kPlume,
            "a(1,7,0,0)",
            {"1:1: found 'a(1,7,0,0)'; expected r(KEY,VALUE,SESSION,TRANSACTION) or w(...), all of "
             "them numbers"}},
        Case{"awdit",
             kAwdit,
             "w 0 1\n w 1 2 \n-----\n\nr 0 1\n=====\n=\nr 1 2",
             {"process 0 wrote 1 to 0, wrote 2 to 1", "process 0 read 0 = 1",
              "process 1 read 1 = 2"}},
        Case{
            "awdit_word",
            kAwdit,
            "w 0 1\nx 0 1",
            {"2:1: found 'x 0 1'; expected 'r KEY VALUE' or 'w KEY VALUE' of numbers, or a line of "
             "'-' or '='"}},
        Case{"awdit_too_few",
             kAwdit,
             "w 0",
             {"1:1: found 'w 0'; expected 'r KEY VALUE' or 'w KEY VALUE' of numbers, or a line of "
              "'-' or '='"}},
        Case{"awdit_no_number",
             kAwdit,
             "w 0 1 2",
             {"1:1: found 'w 0 1 2'; expected 'r KEY VALUE' or 'w KEY VALUE' of numbers, or a line "
              "of '-' or '='"}}),
    [](const auto& tested) { return tested.param.name; });

TEST(Formats, are_known_by_their_names_and_some_by_those_of_files) {
  for (const Format format : formats())
    EXPECT_EQ(format_of(to_string(format)), format);
  EXPECT_EQ(format_of("end"), std::nullopt);
  EXPECT_EQ(format_of_file("a/b.edn"), Format::edn);
  EXPECT_EQ(format_of_file("b.json"), Format::json);
  EXPECT_EQ(format_of_file("b.txt"), std::nullopt);
}

}  // namespace
}  // namespace cleave::exchange
