#include "sim/check/orders.h"

#include "tests/check/story.h"

#include <gtest/gtest.h>

#include <string>

namespace cleave::test {
namespace {

// At 1 s, 2 s and so on, in lines 11, 12 and so on; '?': it may come to nothing.
Orders judge_of(const std::string& may) {
  Orders::Options options{{kEast, kWest}, {}};
  for (std::uint32_t i = 0; i < may.size(); ++i)
    options.orders.push_back(
        {at_ms(1000 * (i + 1)), "remove r/" + std::to_string(i), 11 + i, may[i] == '?'});
  return Orders(options);
}

void is_done(Orders& judge, std::uint64_t ms, std::uint64_t number, NodeId about = kEast) {
  judge.on(Fact{at_ms(static_cast<std::int64_t>(ms)),
                {1},
                kCarol,
                facts::kOrderDone.hash,
                number,
                about.value});
}

TEST(Orders, are_carried_out_or_have_shown_nothing) {
  struct Row {
    std::string may;  // of each order
    std::uint64_t done;
    Word word;
    std::string why;
    std::uint32_t line;
  };
  for (const Row& row : {
           Row{"..", 2, Word::holds, "2 of 2 orders done, the last at 8.000 s", 11},
           Row{"..", 1, Word::vacuous,
               "'remove r/1', ordered for 2.000 s, was not done by the end; 1 of 2 orders done",
               12},
           Row{"..", 0, Word::vacuous,
               "'remove r/0', ordered for 1.000 s, was not done by the end; 0 of 2 orders done",
               11},
           Row{".?", 1, Word::holds,
               "1 of 2 orders done; 'remove r/1', ordered for 2.000 s, was not, as it may be", 12},
           Row{"?.", 0, Word::vacuous,
               "'remove r/1', ordered for 2.000 s, was not done by the end; 0 of 2 orders done; it "
               "waits for 'remove r/0', ordered for 1.000 s",
               12},
           Row{"?", 1, Word::holds, "1 of 1 order done, the last at 7.000 s", 11},
       }) {
    SCOPED_TRACE(row.may + " " + std::to_string(row.done));
    Orders judge = judge_of(row.may);
    for (std::uint64_t i = 0; i < row.done; ++i)
      is_done(judge, 7000 + 1000 * i, i);
    const Story story(judge);
    const Verdict verdict = judge.finish(story.end());
    EXPECT_EQ(verdict.word, row.word);
    EXPECT_EQ(verdict.why, row.why);
    EXPECT_EQ(verdict.checked, row.done);
    EXPECT_EQ(judge.line(), row.line);
    EXPECT_EQ(judge.all_done(), row.done == row.may.size());
  }
}

TEST(Orders, of_other_stores_and_other_facts_do_not_count) {
  Orders judge = judge_of(".");
  is_done(judge, 7000, 0, kEurope);  // of no store of its own
  is_done(judge, 7000, 1);
  judge.on(Fact{at_ms(7000), {1}, kCarol, facts::kKeptForMerge.hash, 0, kEast.value});
  EXPECT_FALSE(judge.all_done());
}

}  // namespace
}  // namespace cleave::test
