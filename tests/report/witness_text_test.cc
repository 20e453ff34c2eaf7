// The operations that show a violated level of consistency, and why, in every report.
#include "sim/report/html.h"
#include "sim/report/json.h"
#include "sim/report/text.h"
#include "tests/draw/recordings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace cleave {
namespace {

RunResult run_with(std::size_t operations) {
  RunResult run;
  ExpectationResult expectation;
  expectation.name = "linearizable notes";
  expectation.verdict.word = Word::violated;
  expectation.verdict.why = "stale-read: no order explains this";
  expectation.verdict.at = Time{3};
  for (std::uint32_t i = 0; i < operations; ++i) {
    expectation.verdict.operations.push_back({EventId{1000 + 2 * i}, EventId{1001 + 2 * i},
                                              "process " + std::to_string(i) + " read x = 1"});
    if (i > 0) expectation.verdict.because.push_back({i - 1, i, "it was told so before"});
  }
  run.expectations = {expectation};
  return run;
}

TEST(Witness, is_told_below_its_verdict) {
  RunResult run = run_with(2);
  run.expectations[0].verdict.operations[1].answered.reset();
  const std::string text = text_report(run, {});
  for (const char* line :
       {"1  process 0 read x = 1, events 1,000 and 1,001", "2  process 1 read x = 1, event 1,002\n",
        "1 before 2  it was told so before"})
    EXPECT_NE(text.find(line), std::string::npos) << line << "\n" << text;
}

TEST(Witness, that_is_long_is_cut_and_counted) {
  const std::string text = text_report(run_with(12), {});
  EXPECT_NE(text.find("and 4 more"), std::string::npos) << text;
  EXPECT_NE(text.find("and 4 more reasons; --json has them all"), std::string::npos) << text;
  EXPECT_EQ(text.find("process 8"), std::string::npos);
  EXPECT_EQ(text.find("8 before 9"), std::string::npos) << "of operations that are not shown";
}

TEST(Witness, is_in_json_where_there_is_one) {
  const std::string json = json_report(run_with(2));
  EXPECT_NE(json.find(R"("asked": 1000, "answered": 1001, "what": "process 0 read x = 1")"),
            std::string::npos)
      << json;
  EXPECT_NE(json.find(R"("from": 0, "to": 1, "why": "it was told so before")"), std::string::npos)
      << json;
  EXPECT_EQ(json_report(run_with(0)).find("because"), std::string::npos);
}

TEST(Witness, is_a_picture_and_a_table_in_html) {
  Recorded run = record(request_of(load_file("scenarios/cap/stale-read.yaml")));
  const std::string page = html_report(run.recording->result, *run.recording, run.timeline);
  const Verdict& verdict = run.recording->result.expectations.front().verdict;
  EXPECT_NE(page.find("Why linearizable status is violated"), std::string::npos);
  for (const WitnessOperation& operation : verdict.operations)
    EXPECT_NE(page.find(operation.what), std::string::npos) << operation.what;
  for (const WitnessReason& reason : verdict.because)
    EXPECT_NE(page.find(reason.why), std::string::npos) << reason.why;
  EXPECT_NE(page.find("What clients on each side asked of status"), std::string::npos);
}

}  // namespace
}  // namespace cleave
