// Judges where members of a Raft group come and go.
#include "sim/scenario/load.h"
#include "sim/scenario/run.h"

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

TEST(Membership, is_no_concern_of_who_never_joined_or_left_for_good) {
  const RunResult result =
      run(load_text("story.yaml", std::string(kStory)).configurations.at(0).scenario);
  for (const ExpectationResult& claim : result.expectations)
    EXPECT_TRUE(claim.as_stated()) << claim.name << ": " << claim.verdict.why;
  EXPECT_EQ(result.status, Status::as_stated);
}

}  // namespace
}  // namespace cleave
