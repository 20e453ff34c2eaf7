// The CAP ledger of whole runs: it adds up to what the other measures say, and shows of the known
// designs what they are known for.
#include "sim/scenario/load.h"
#include "sim/scenario/run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace cleave {
namespace {

RunResult result_of(const std::string& file, const std::string& configuration = "",
                    const std::vector<std::string>& settings = {}) {
  const Loaded loaded = load_file(file, settings);
  return run(loaded.find(configuration)->scenario);
}

constexpr const char* kGithub = "scenarios/incidents/github-2018.yaml";
constexpr const char* kFirstCut = "scenarios/tutorial/01-first-cut.yaml";

// Of the time in which the network was split, for one group of clients.
const CapRow& row_of(const RunResult& run, const std::string& group, const std::string& kind) {
  const auto row = std::find_if(run.cap.begin(), run.cap.end(), [&](const CapRow& r) {
    return r.sides > 1 && r.kind == kind &&
           std::count(r.clients.begin(), r.clients.end(), group) > 0;
  });
  EXPECT_NE(row, run.cap.end()) << group << " " << kind;
  return *row;
}

TEST(CapRows, add_up_to_what_clients_were_served) {
  for (const char* configuration : {"", "fenced", "semi-sync", "raft"}) {
    const RunResult run = result_of(kGithub, configuration);
    std::uint64_t ok = 0;
    std::uint64_t unknown = 0;
    std::uint64_t lost = 0;
    std::uint64_t acknowledged = 0;
    for (const CapRow& row : run.cap) {
      ok += row.outcomes.ok;
      unknown += row.outcomes.unknown;
      lost += row.lost;
      acknowledged += row.acknowledged;
    }
    for (const AvailabilityRow& row : run.availability) {
      ok -= row.ok;
      unknown -= row.unknown;
    }
    EXPECT_EQ(ok, 0u) << configuration;
    EXPECT_EQ(unknown, 0u) << configuration;
    EXPECT_EQ(lost, run.stores[0].lost_acknowledged) << configuration;
    EXPECT_EQ(acknowledged, run.stores[0].acknowledged) << configuration;
  }
}

TEST(CapRows, of_an_asynchronous_primary_show_writes_served_and_lost) {
  const RunResult run = result_of(kGithub);
  const CapRow& east = row_of(run, "east", "updates");
  EXPECT_EQ(east.outcomes.served(), 4'300u);
  EXPECT_GT(east.lost, 4'000u);
  ASSERT_EQ(east.replicas.size(), 1u);
  EXPECT_EQ(east.replicas[0].replica, "accounts/us-east/0");
  EXPECT_EQ(east.replicas[0].answered, east.replicas[0].received);
  EXPECT_GE(east.replicas[0].received, 4'300u);
  EXPECT_EQ(row_of(run, "west", "updates").lost, 0u);
}

// Gilbert and Lynch's theorem, seen: who loses nothing does not answer everybody.
TEST(CapRows, of_a_majority_show_a_side_that_is_not_answered) {
  const RunResult run = result_of(kGithub, "raft");
  const CapRow& east = row_of(run, "east", "updates");
  EXPECT_EQ(east.lost, 0u);
  std::uint64_t received = 0;
  std::uint64_t answered = 0;
  for (const CapRow::Requests& requests : east.replicas) {
    received += requests.received;
    answered += requests.answered;
  }
  EXPECT_GT(received, 500u);  // most ask the leader, and reach nobody
  EXPECT_LT(answered, received / 20);
  EXPECT_EQ(east.sticky.operations, east.outcomes.all());
  EXPECT_EQ(east.sticky.served, east.outcomes.served());
}

// Reads from any replica: always served by the nearest, and older and older in the west.
TEST(CapRows, of_reads_from_any_replica_show_them_served_and_stale) {
  const RunResult run = result_of(kFirstCut);
  const CapRow& west = row_of(run, "west", "reads");
  EXPECT_EQ(west.outcomes.served(), west.outcomes.all());
  EXPECT_GT(west.stale, 20u);
  EXPECT_GT(west.most_late, Duration{5'000'000'000});
  EXPECT_LT(west.most_late, Duration{11'000'000'000});
  EXPECT_EQ(row_of(run, "east", "reads").stale, 0u);
  EXPECT_LT(row_of(run, "west", "updates").outcomes.served(), 15u);
}

TEST(CapRows, are_none_where_nothing_can_split_the_network) {
  const std::vector<std::string> crash{
      "faults=[{name: split, at: 10s, for: 10s, crash: notes/us-west/0}]"};
  EXPECT_TRUE(result_of(kFirstCut, "", crash).cap.empty());
  EXPECT_FALSE(result_of(kFirstCut).cap.empty());
}

TEST(CapRows, name_a_part_of_a_group) {
  const RunResult run =
      result_of(kFirstCut, "",
                {"faults=[{name: split, at: 10s, for: 10s, isolate: east/0, may_be_inert: true}]"});
  EXPECT_EQ(row_of(run, "1 of east", "reads").clients, std::vector<std::string>{"1 of east"});
  EXPECT_EQ(row_of(run, "west", "reads").clients, (std::vector<std::string>{"3 of east", "west"}));
  const CapRow& alone = row_of(run, "1 of east", "reads");
  EXPECT_TRUE(alone.replicas.empty());
  EXPECT_EQ(alone.reaching.operations, 0u);
  EXPECT_EQ(alone.outcomes.served(), 0u);
}

}  // namespace
}  // namespace cleave
