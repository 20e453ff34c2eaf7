#include "sim/explore/sweep.h"

#include "sim/explore/failure.h"
#include "sim/scenario/parse.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace cleave {
namespace {

TEST(Shape, leaves_out_what_differs_from_run_to_run) {
  const std::vector<std::pair<std::string, std::string>> same{
      {"3 of 8 acknowledged updates are held by no replica; first write 4 of west/2 at 12.02 s",
       "1 of 8 acknowledged updates is held by no replica; first write 31 of west/0 at 900 ms"},
      {"held by accounts/us-east/0, accounts/us-east/1, not by accounts/us-west/0",
       "held by accounts/us-east/2, not by accounts/us-west/1"},
      {"1 update still in dispute", "1204 updates still in dispute"},
      {"user-17 was read twice", "user-3 was read twice"},
      {"due at 6 s; 1 of 40 was late", "due at 31 s; 7 of 40 were late"},
  };
  for (const auto& [a, b] : same)
    EXPECT_EQ(shape_of(a), shape_of(b));
}

TEST(Shape, keeps_what_tells_failures_apart) {
  const std::vector<std::pair<std::string, std::string>> different{
      {"west/2 read an entry twice", "west/2 read an entry that nobody appended"},
      {"settled by 3 s; the replicas agree at the end", "settled by 3 s; 2 updates in dispute"},
  };
  for (const auto& [a, b] : different)
    EXPECT_NE(shape_of(a), shape_of(b));
}

TEST(Shape, of_an_odd_text_is_some_text) {
  EXPECT_EQ(shape_of(""), "");
  EXPECT_EQ(shape_of("..."), "...");
  EXPECT_EQ(shape_of("at 12.02."), "at #.");
  EXPECT_EQ(shape_of("/"), "@");
}

SeedResult seed_with(std::uint64_t seed, Word found, const std::string& why) {
  SeedResult result;
  result.run.seed = seed;
  result.run.events = 10 * seed;
  result.run.digest = {seed, ~seed};
  result.run.simulated = Time{5};
  ExpectationResult expectation;
  expectation.name = "fifo \"a\\b\" of x";
  expectation.verdict = {found, why, 7, Time{-3}, {EventId{2}, EventId{9}}};
  expectation.line = 4;
  result.run.expectations.push_back(expectation);
  result.run.status = found == Word::holds ? Status::as_stated : Status::safety;
  return result;
}

SeedResult again(const SeedResult& result) {
  Diagnostics diagnostics;
  const auto record = parse_text("x", to_json(result), diagnostics);
  SeedResult read = read_seed_result(*record, diagnostics);
  EXPECT_EQ(diagnostics.format(), "");
  return read;
}

TEST(SeedResult, comes_back_from_its_text) {
  SeedResult full = seed_with(UINT64_MAX, Word::violated, "twice: \n 'a', {b}\t# \"c\"");
  full.run.failure = RunFailure{"terms grow", "x/0", EventId{12}, Time{99}, {}};
  Verdict& verdict = full.run.expectations.front().verdict;
  verdict.operations = {{EventId{2}, EventId{3}, "process 'a' wrote 1 to x"},
                        {EventId{9}, {}, "process b wrote 2 to x, which was never answered"}};
  verdict.because = {{1, 0, "process 'a' read 2, which process b wrote"}};
  FaultResult fault;
  fault.fault.name = "split";
  fault.inert = true;
  fault.why_inert = "nobody tried";
  full.run.faults = {fault};
  SeedResult bug;
  bug.bug = "world.cc:7: must hold (seed 4)";
  bug.run.status = Status::cleave_bug;
  for (const SeedResult& result : {full, bug, seed_with(1, Word::holds, ""), SeedResult{}}) {
    const SeedResult read = again(result);
    EXPECT_EQ(to_json(read), to_json(result));
    EXPECT_EQ(read.run.status, result.run.status);
    EXPECT_EQ(read.run.digest, result.run.digest);
    EXPECT_EQ(read.bug, result.bug);
    for (std::size_t i = 0; i < result.run.expectations.size(); ++i) {
      const Verdict& found = read.run.expectations[i].verdict;
      EXPECT_EQ(found.operations, result.run.expectations[i].verdict.operations);
      EXPECT_EQ(found.because, result.run.expectations[i].verdict.because);
    }
    ASSERT_EQ(breakages_of(read).size(), breakages_of(result).size());
    for (std::size_t i = 0; i < breakages_of(read).size(); ++i)
      EXPECT_EQ(breakages_of(read)[i].failure, breakages_of(result)[i].failure);
  }
}

TEST(SeedResult, that_is_none_is_a_mistake) {
  for (const char* text : {"{}", R"({"seed": 1, "status": 99})", "[1]", R"({"seed": -1})"}) {
    Diagnostics diagnostics;
    const auto record = parse_text("x", text, diagnostics);
    read_seed_result(*record, diagnostics);
    EXPECT_FALSE(diagnostics.empty()) << text;
  }
}

TEST(SweepPlan, gives_each_seed_to_one_shard) {
  for (const std::uint32_t shards : {1u, 3u, 4u, 40u}) {
    std::set<std::uint64_t> all;
    for (std::uint32_t shard = 1; shard <= shards; ++shard)
      for (const std::uint64_t seed : SweepPlan{5, 25, shard, shards}.seeds())
        EXPECT_TRUE(all.insert(seed).second);
    EXPECT_EQ(all.size(), 21u);
    EXPECT_EQ(*all.begin(), 5u);
  }
  EXPECT_EQ((SweepPlan{UINT64_MAX, UINT64_MAX, 1, 1}.seeds()),
            std::vector<std::uint64_t>{UINT64_MAX});
}

TEST(Triage, groups_what_is_the_same_and_counts_it) {
  Sweep sweep;
  sweep.results = {seed_with(1, Word::violated, "x/0 read 5 twice"), seed_with(2, Word::holds, ""),
                   seed_with(3, Word::violated, "x/1 read 7 that nobody appended"),
                   seed_with(4, Word::violated, "x/2 read 6 twice"),
                   seed_with(5, Word::undecided, "x/2 read 6 twice")};
  const std::vector<FailureGroup> groups = triage(sweep);
  ASSERT_EQ(groups.size(), 3u);
  EXPECT_EQ(groups[0].seeds, (std::vector<std::uint64_t>{1, 4}));
  EXPECT_EQ(groups[0].why, "x/0 read 5 twice");
  EXPECT_EQ(groups[1].seeds, std::vector<std::uint64_t>{3});
  EXPECT_EQ(groups[2].failure.found, "undecided");

  const std::vector<Tally> tallies = tallies_of(sweep);
  ASSERT_EQ(tallies.size(), 1u);
  EXPECT_EQ(tallies[0].as_stated, 1u);
  EXPECT_EQ(tallies[0].found.at(Word::violated), 3u);
  EXPECT_EQ(status_of(sweep), Status::safety);
  EXPECT_EQ(events_of(sweep), 150u);
}

}  // namespace
}  // namespace cleave
