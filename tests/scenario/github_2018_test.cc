// The incident in numbers: what each configuration loses is what its mechanism says, and no more.
#include "sim/scenario/load.h"
#include "sim/scenario/run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace cleave {
namespace {

constexpr std::uint64_t kEastWritesPerSecond = 100;
// Acknowledged in the half round trip before the cut, and so not yet in the west: at most this.
constexpr std::uint64_t kTail = 10;

RunResult run_of(const std::string& configuration) {
  static const Loaded loaded = load_file("scenarios/incidents/github-2018.yaml");
  const Configuration* found = loaded.find(configuration);
  EXPECT_NE(found, nullptr) << configuration;
  return run(found->scenario);
}

// Of the east's writes that began while the coasts were cut apart.
std::uint64_t acknowledged_during_cut(const RunResult& result) {
  const Span cut = result.faults.at(0).active.at(0);
  const auto row =
      std::find_if(result.availability.begin(), result.availability.end(),
                   [&](const AvailabilityRow& r) { return r.group == "east" && r.window == cut; });
  EXPECT_NE(row, result.availability.end());
  return row->ok;
}

TEST(Github2018, async_loses_the_tail_and_all_that_the_east_acknowledged) {
  const RunResult result = run_of("");
  const std::uint64_t during = acknowledged_during_cut(result);
  EXPECT_EQ(during, 43 * kEastWritesPerSecond);
  EXPECT_GT(result.stores.at(0).lost_acknowledged, during);
  EXPECT_LE(result.stores.at(0).lost_acknowledged, during + kTail);
}

TEST(Github2018, fencing_stops_the_east_after_its_lease) {
  const RunResult result = run_of("fenced");
  const std::uint64_t during = acknowledged_during_cut(result);
  // The lease is half of the 20 s to promotion, counted from the last heartbeat that was heard.
  EXPECT_LE(during, 10 * kEastWritesPerSecond);
  EXPECT_GE(during, 7 * kEastWritesPerSecond);
  EXPECT_GT(result.stores.at(0).lost_acknowledged, during);
  EXPECT_LE(result.stores.at(0).lost_acknowledged, during + kTail);
}

TEST(Github2018, fallback_puts_at_risk_what_is_written_after_ten_seconds) {
  const RunResult result = run_of("semi-sync-with-fallback");
  EXPECT_GE(result.stores.at(0).lost_acknowledged, 33 * kEastWritesPerSecond);
  EXPECT_LE(result.stores.at(0).lost_acknowledged, 43 * kEastWritesPerSecond);
}

TEST(Github2018, without_fallback_the_east_stands_still_and_nothing_is_lost) {
  const RunResult result = run_of("semi-sync");
  EXPECT_EQ(acknowledged_during_cut(result), 0u);
  EXPECT_EQ(result.stores.at(0).lost_acknowledged, 0u);
}

}  // namespace
}  // namespace cleave
