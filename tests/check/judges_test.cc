#include "sim/check/judges.h"

#include "sim/check/conversation/judges.h"
#include "sim/check/history/question.h"
#include "sim/check/words.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace cleave {
namespace {

TEST(Judges, are_listed_by_name_and_told_in_whole_sentences) {
  std::string_view last;
  for (const JudgeInfo& judge : judges()) {
    SCOPED_TRACE(judge.name);
    EXPECT_LT(last, judge.name);
    last = judge.name;
    EXPECT_EQ(find_judge(judge.name), &judge);
    ASSERT_FALSE(judge.doc.empty());
    EXPECT_EQ(judge.doc.back(), '.');
  }
  EXPECT_EQ(find_judge("convergence"), nullptr);
  EXPECT_EQ(find_judge(""), nullptr);
}

TEST(Judges, know_what_can_never_be_mended) {
  EXPECT_EQ(find_judge("lost-acknowledged-writes")->property, Property::safety);
  EXPECT_EQ(find_judge("fifo")->property, Property::safety);
  EXPECT_EQ(find_judge("converges")->property, Property::liveness);
  EXPECT_EQ(find_judge("available")->property, Property::liveness);
}

TEST(Judges, have_a_section_each_in_their_page) {
  std::ifstream file("docs/checkers.md");
  ASSERT_TRUE(file) << "run from the root of the project";
  std::stringstream page;
  page << file.rdbuf();
  for (const JudgeInfo& judge : judges()) {
    const std::string name = "`" + std::string(judge.name) + "`";
    // Levels share a section, and so do judges of messages.
    const bool shares = level_of(judge.name) || conversation::judge_of(judge.name);
    EXPECT_NE(page.str().find((shares ? "\n| " : "\n## ") + name), std::string::npos) << name;
  }
}

TEST(Words, are_plain) {
  EXPECT_EQ(in_seconds(Time{0}), "0.000 s");
  EXPECT_EQ(in_seconds(Time{63'020'900'000}), "63.020 s");
  EXPECT_EQ(in_seconds(Duration{1'000'000}), "0.001 s");
  EXPECT_EQ(count_of(0, "update"), "0 updates");
  EXPECT_EQ(count_of(1, "update"), "1 update");
  EXPECT_EQ(count_of(2, "update"), "2 updates");
  const DivergenceLedger ledger;
  const std::vector<std::string> names{"east/0", "east/1"};
  const RunEnd end{{}, {}, ledger, {}, names};
  EXPECT_EQ(name_of(NodeId{1}, end), "east/1");
  EXPECT_EQ(name_of(NodeId{2}, end), "node 2");
  EXPECT_EQ(name_of(OperationId{{0}, 41}, end), "operation 41 of east/0");
}

}  // namespace
}  // namespace cleave
