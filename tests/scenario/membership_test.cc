// Judges where members of a Raft group come and go.
#include "sim/scenario/load.h"
#include "sim/scenario/run.h"
#include "tests/scenario/bad_input.h"
#include "tests/scenario/story.h"

#include <gtest/gtest.h>

#include <string>

namespace cleave {
namespace {

constexpr std::string_view kStory = R"(cleave: 1
name: A spare that never joins, and a replica that leaves for good
run_for: 40s
topology: {latency: aws-2017, regions: [us-east, us-west, eu-west]}
stores:
  accounts:
    engine: raft
    replicas: {us-east: 2, us-west: 2, eu-west: 1}
    options:
      spares: [us-east/1]
      administration:
        - {at: 8s, remove: us-west/1}
clients:
  east: {region: us-east}
workload:
  - {to: 25s, every: 100ms, by: east, do: write, on: accounts, key: "user-{0..9}"}
faults:
  - {name: fall, at: 12s, for: 3s, crash: accounts/eu-west/0}
liveness: {at: 20s}
expect:
  - {recovers: accounts, within: 10s}
  - {converges: accounts, within: 10s}
  - {lost-acknowledged-writes: accounts}
)";

using test::with;

RunResult run_text(const std::string& text, const RunOptions& options = {}) {
  return run(load_text("story.yaml", text).configurations.at(0).scenario, options);
}

TEST(Membership, is_no_concern_of_who_never_joined_or_left_for_good) {
  const RunResult result = run_text(std::string(kStory));
  for (const ExpectationResult& claim : result.expectations)
    EXPECT_TRUE(claim.as_stated()) << claim.name << ": " << claim.verdict.why;
  EXPECT_EQ(result.status, Status::as_stated);
}

TEST(Membership, is_not_ordered_for_when_the_run_is_over) {
  for (const char* at : {"40s", "90s"}) {
    const auto said = test::mistakes_in(with(kStory, "{at: 8s,", "{at: " + std::string(at) + ","));
    ASSERT_EQ(said.size(), 1u);
    EXPECT_EQ(said[0],
              "12:16: error: at: it would not begin before the run ends, at 40s; expected a time "
              "within the run; raise run_for, or let it begin earlier");
  }
}

const ExpectationResult& orders_of(const RunResult& result) {
  return result.expectations.back();
}

// Those who stay could not elect anybody, or would never hear of it.
TEST(Membership, that_never_changes_as_ordered_is_told_of) {
  const std::string apart =
      with(with(kStory, "  - {name: fall, at: 12s, for: 3s, crash: accounts/eu-west/0}\n",
                "  - {name: apart, at: 6s, isolate: [accounts/administrator]}\n"),
           "liveness: {at: 20s}", "liveness: {at: 39s}");
  const RunResult result = run_text(apart);
  EXPECT_EQ(orders_of(result).name, "accounts: orders");
  EXPECT_EQ(orders_of(result).verdict.word, Word::vacuous);
  EXPECT_EQ(orders_of(result).verdict.why,
            "'remove us-west/1', ordered for 8.000 s, was not done by the end; 0 of 1 order done");
  EXPECT_EQ(orders_of(result).line, 12u);
  EXPECT_EQ(result.status, Status::without_effect);

  const RunResult allowed =
      run_text(with(apart, "remove: us-west/1}", "remove: us-west/1, may_be_inert: true}"));
  EXPECT_TRUE(orders_of(allowed).as_stated());
}

}  // namespace
}  // namespace cleave
