#include "sim/report/judged_history.h"

#include "sim/check/history/history_builder.h"
#include "sim/report/typography.h"

#include <gtest/gtest.h>

namespace cleave {
namespace {

Operation of(Call call, std::int64_t value) {
  Operation operation;
  operation.call = call;
  if (call == Call::read) {
    operation.answer = Answer::one;
    operation.result = integer(value);
  } else {
    operation.argument = integer(value);
  }
  return operation;
}

// A write that a later read has not seen, and one that nobody answered.
JudgedHistory stale_read() {
  HistoryBuilder builder;
  builder.invoke(integer(0), of(Call::write, 1), 1);
  builder.complete(integer(0), Ending::done, 2);
  builder.invoke(integer(0), of(Call::write, 2), 8);
  builder.invoke(integer(1), of(Call::read, 0), 9);
  builder.complete(integer(1), Ending::done, 12);
  JudgedHistory judged;
  judged.file = "h.edn";
  judged.format = "edn";
  judged.history = std::move(builder).build();
  judged.finding = {Word::violated,
                    "process 1 read 0 after 1 was written",
                    3,
                    "stale-read",
                    {0, 2},
                    {{0, 2, "process 0 was done before process 1 asked"}}};
  judged.strongest = Level::sequential;
  return judged;
}

TEST(JudgedHistory, is_told_from_the_verdict_to_what_is_left) {
  EXPECT_EQ(text_report(stale_read(), {}),
            R"(h.edn                                                                   VIOLATED
register, linearizable                               3 operations of 2 processes

why       stale-read: process 1 read 0 after 1 was written

witness   1  lines 1, 2   process 0 wrote 1
          2  lines 9, 12  process 1 read 0

because   1 before 2  process 0 was done before process 1 asked

holds     sequential, the strongest of the weaker levels
)");
}

TEST(JudgedHistory, is_told_in_few_words_where_it_holds) {
  JudgedHistory judged = stale_read();
  judged.finding = {Word::holds, "there is an order of all 3 operations", 3, "", {}, {}};
  EXPECT_EQ(text_report(judged, {}),
            R"(h.edn                                                                      HOLDS
register, linearizable                               3 operations of 2 processes

why       there is an order of all 3 operations
)");
}

TEST(JudgedHistory, says_how_much_was_checked_where_there_is_no_more_to_say) {
  JudgedHistory judged = stale_read();
  judged.finding = {Word::holds, "", 2, "", {}, {}};
  EXPECT_NE(text_report(judged, {}).find("\n\nchecked   2 operations\n"), std::string::npos);
}

TEST(JudgedHistory, shows_what_reasons_name_beside_the_witness) {
  JudgedHistory judged = stale_read();
  judged.finding.because = {{1, 2, "why not"}};
  judged.strongest.reset();
  const std::string text = text_report(judged, {});
  EXPECT_NE(text.find("3  line 8       process 0 wrote 2, which was never answered"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("3 before 2  why not"), std::string::npos) << text;
  EXPECT_NE(text.find("holds     none of the weaker levels"), std::string::npos) << text;
}

TEST(JudgedHistory, keeps_to_its_columns) {
  JudgedHistory judged = stale_read();
  judged.finding.because[0].why = std::string(40, 'x') + " " + std::string(40, 'y');
  std::string text = text_report(judged, {});
  for (std::size_t end; (end = text.find('\n')) != std::string::npos; text.erase(0, end + 1))
    EXPECT_LE(columns_of(text.substr(0, end)), 80u) << text.substr(0, end);
}

TEST(JudgedHistory, exits_by_its_verdict) {
  JudgedHistory judged;
  for (const auto& [word, status] :
       {std::pair(Word::holds, Status::as_stated), std::pair(Word::violated, Status::safety),
        std::pair(Word::undecided, Status::undecided),
        std::pair(Word::vacuous, Status::without_effect)}) {
    judged.finding.word = word;
    EXPECT_EQ(status_of(judged), status);
  }
}

TEST(JudgedHistory, is_one_object_of_json) {
  EXPECT_EQ(json_histories({json_report(stale_read())}, Status::safety), R"({
 "cleave": "1.0",
 "file": "h.edn",
 "format": "edn",
 "model": "register",
 "level": "linearizable",
 "status": 1,
 "operations": 3,
 "processes": 2,
 "verdict": "violated",
 "checked": 3,
 "why": "process 1 read 0 after 1 was written",
 "anomaly": "stale-read",
 "witness": [
  {"operation": 0, "line": 1, "answered_line": 2, "text": "process 0 wrote 1"},
  {"operation": 2, "line": 9, "answered_line": 12, "text": "process 1 read 0"}],
 "because": [
  {"from": 0, "to": 2, "why": "process 0 was done before process 1 asked"}],
 "strongest": "sequential"}
)");
}

TEST(JudgedHistory, of_several_are_in_one_object) {
  EXPECT_EQ(json_histories({"{}", "{}"}, Status::safety),
            "{\n \"cleave\": \"1.0\",\n \"status\": 1,\n \"histories\": [\n  {},\n  {}]}\n");
}

}  // namespace
}  // namespace cleave
