// What the tables of the window say, row by row, and what each row stands for.
#pragma once
#include "gui/stage.h"
#include "sim/base/diff.h"
#include "sim/draw/table.h"
#include "sim/explore/comparison.h"

#include <string>
#include <vector>

namespace cleave::gui {

struct Rows {
  draw::Table table;
  std::vector<draw::Target> targets;
};

// "✓"; of the verdict, and not of whether it was stated: a diamond is what pictures mark a
// violation by.
std::string sign_of(Word word);

// Every expectation with its verdict, and every fault that did nothing.
Rows verdict_rows(const Recording& recording);
// What two futures that are compared came to: how much was served and what was lost, then the
// claims of both. Rows stand for those of the first.
struct Named {
  std::string label;
  const Recording& recording;
};
Rows compared_rows(const Named& here, const Named& beside);
// Acknowledged updates that no replica holds at the end.
Rows lost_rows(const Recording& recording);
// What each side got in one window of the CAP ledger.
Rows ledger_rows(const Recording& recording, const Span& window);
// Which levels of consistency were kept, and why the strongest of the others was not.
draw::Table levels_table(const RunResult& run);
// What distance costs each operation.
std::string sentence(const std::vector<DelaySlope>& slopes);
// Fields that differ between the two replicas of the pair.
Rows difference_rows(const Diff& diff, const std::string& left, const std::string& right);

// What is selected, in a few plain sentences; how to begin, if nothing is. Of a verdict and an
// operation it looks through the whole run, so it is asked for when the selection changes.
std::string story_of_selection(Stage& stage);
// How the selection stands at the cursor, if it is a node or a pair, and what is going on there.
std::string story_of_moment(Stage& stage);

}  // namespace cleave::gui
