#include "sim/report/consistency_text.h"

#include <gtest/gtest.h>

#include <string>

namespace cleave {
namespace {

ConsistencyRow registers(std::uint64_t objects, bool together) {
  ConsistencyRow row;
  row.store = "notes";
  row.type = "max_register";
  row.together = together;
  row.objects = objects;
  row.names = {"a", "b"};
  row.operations = 70;
  return row;
}

struct Case {
  const char* sentence;
  ConsistencyRow row;
};

TEST(ConsistencyText, says_what_was_kept_and_what_was_broken) {
  ConsistencyRow kept = registers(2, true);
  kept.strongest = {"linearizable"};
  ConsistencyRow broken = registers(2, false);
  broken.strongest = {"causal-memory", "causal-convergence"};
  broken.violated = {"linearizable", "sequential"};
  broken.anomaly = "stale-read";
  ConsistencyRow open = registers(50, false);
  open.violated = {"linearizable"};
  open.undecided = {"sequential"};
  ConsistencyRow single = registers(1, true);
  single.names = {"a"};
  ConsistencyRow alone = single;
  alone.together = false;
  ConsistencyRow cut = registers(2, true);
  cut.strongest = {"causal"};
  cut.cut_short = true;
  const Case cases[] = {
      {"notes, 2 max-registers together: linearizable kept", kept},
      {"notes, 2 max-registers alone (a, b): causal-memory, causal-convergence kept; linearizable, "
       "sequential broken (stale-read)",
       broken},
      {"notes, 50 max-registers alone: linearizable broken; sequential undecided", open},
      {"notes, max-register a: untested", single},
      {"notes, max-register a alone: untested", alone},
      {"notes, 2 max-registers together: causal kept; of the first 70 operations", cut},
  };
  for (const Case& c : cases)
    EXPECT_EQ(sentence(c.row), c.sentence);
}

TEST(ConsistencyText, counts_what_there_is_no_room_for) {
  RunResult run;
  for (int i = 0; i < 10; ++i)
    run.consistency.push_back(registers(1, true));
  Page page(80, Ink::plain, Page::Margin::labels);
  write_consistency(page, run);
  const std::string text = std::move(page).text();
  EXPECT_EQ(text.find("levels    notes, max-register a: untested\n"), 0u) << text;
  EXPECT_NE(text.find("and 2 more rows\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace cleave
