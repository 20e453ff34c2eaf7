#include "sim/trace/divergence_ledger.h"

#include "sim/base/assert.h"
#include "sim/base/random.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace cleave {
namespace {

using Kind = ReplicaUpdate::Kind;

constexpr StoreId kStore{0};
constexpr NodeId kEast{10};
constexpr NodeId kWest{11};
constexpr NodeId kEurope{12};

OperationId op(std::uint32_t client, std::uint32_t index) {
  return {{client}, index};
}

DivergenceLedger three_replicas() {
  DivergenceLedger ledger;
  for (const NodeId replica : {kEast, kWest, kEurope})
    ledger.declare(kStore, replica);
  return ledger;
}

TEST(DivergenceLedger, counts_what_one_holds_and_the_other_does_not) {
  DivergenceLedger ledger = three_replicas();
  const ReplicaUpdate first = ledger.applied(kStore, kEast, op(1, 1));
  EXPECT_EQ(first.kind, Kind::applied);
  EXPECT_EQ(first.store, kStore);
  EXPECT_EQ(first.replica, kEast);
  EXPECT_EQ(first.update, op(1, 1));
  EXPECT_TRUE(first.changed);
  EXPECT_EQ(first.holders, 1u);
  EXPECT_EQ(first.distance, 1u);
  const ReplicaUpdate other = ledger.applied(kStore, kWest, op(2, 1));
  EXPECT_EQ(other.distance, 2u);
  EXPECT_EQ(ledger.distance(kStore, kEast, kWest), 2u);
  EXPECT_EQ(ledger.distance(kStore, kWest, kEurope), 1u);
  EXPECT_EQ(ledger.applied(kStore, kWest, op(1, 1)).holders, 2u);
  EXPECT_EQ(ledger.distance(kStore, kEast, kWest), 1u);
  EXPECT_EQ(ledger.retracted(kStore, kWest, op(2, 1)).holders, 0u);
  EXPECT_EQ(ledger.distance(kStore, kEast, kWest), 0u);
  EXPECT_EQ(ledger.largest_distance(kStore), 1u);
  EXPECT_GT(ledger.holders(kStore, op(1, 1)), 0u);
  EXPECT_EQ(ledger.holders(kStore, op(2, 1)), 0u);
  ledger.check();
}

TEST(DivergenceLedger, repeated_reports_change_nothing_and_say_so) {
  DivergenceLedger ledger = three_replicas();
  ledger.applied(kStore, kEast, op(1, 1));
  const ReplicaUpdate again = ledger.applied(kStore, kEast, op(1, 1));
  EXPECT_FALSE(again.changed);
  EXPECT_EQ(again.holders, 1u);
  EXPECT_EQ(again.distance, 1u);
  const ReplicaUpdate absent = ledger.retracted(kStore, kWest, op(1, 1));
  EXPECT_FALSE(absent.changed);
  EXPECT_EQ(absent.holders, 1u);
  EXPECT_EQ(ledger.distance(kStore, kEast, kWest), 1u);
  ledger.check();
}

TEST(DivergenceLedger, an_installation_tells_what_it_changed) {
  DivergenceLedger ledger = three_replicas();
  for (const std::uint32_t n : {1u, 2u, 3u})
    ledger.applied(kStore, kEast, op(1, n));
  ledger.applied(kStore, kWest, op(1, 3));
  ledger.applied(kStore, kWest, op(2, 1));
  ledger.applied(kStore, kWest, op(2, 2));
  EXPECT_EQ(ledger.distance(kStore, kEast, kWest), 4u);

  const std::vector<OperationId> frontier{op(1, 3), op(1, 2), op(1, 1), op(1, 2)};
  const std::vector<ReplicaUpdate> reports = ledger.installed(kStore, kWest, frontier);
  ASSERT_EQ(reports.size(), 5u);
  const std::vector<Kind> kinds{Kind::retracted, Kind::retracted, Kind::applied, Kind::applied,
                                Kind::installed};
  const std::vector<OperationId> updates{op(2, 1), op(2, 2), op(1, 2), op(1, 1), {}};
  const std::vector<std::uint32_t> holders{0, 0, 2, 2, 0};
  for (std::size_t i = 0; i < reports.size(); ++i) {
    SCOPED_TRACE(i);
    EXPECT_EQ(reports[i].kind, kinds[i]);
    EXPECT_EQ(reports[i].update, updates[i]);
    EXPECT_EQ(reports[i].holders, holders[i]);
    EXPECT_EQ(reports[i].store, kStore);
    EXPECT_EQ(reports[i].replica, kWest);
    EXPECT_TRUE(reports[i].changed);
  }
  EXPECT_EQ(ledger.distance(kStore, kEast, kWest), 0u);
  EXPECT_EQ(reports.back().distance, 3u);  // Europe holds nothing.
  ledger.check();

  const std::vector<ReplicaUpdate> same = ledger.installed(kStore, kWest, frontier);
  ASSERT_EQ(same.size(), 1u);
  EXPECT_FALSE(same.front().changed);
}

TEST(DivergenceLedger, a_replica_that_joins_late_lacks_everything) {
  DivergenceLedger ledger;
  ledger.declare(kStore, kEast);
  for (const std::uint32_t n : {1u, 2u, 3u})
    ledger.applied(kStore, kEast, op(1, n));
  ledger.declare(kStore, kWest);
  EXPECT_EQ(ledger.distance(kStore, kEast, kWest), 3u);
  ledger.declare(kStore, kEurope);
  EXPECT_EQ(ledger.distance(kStore, kWest, kEurope), 0u);
  ledger.check();
}

TEST(DivergenceLedger, keeps_stores_apart) {
  DivergenceLedger ledger = three_replicas();
  const StoreId other{2};
  ledger.declare(other, kEast);
  ledger.declare(other, kWest);
  ledger.applied(other, kEast, op(1, 1));
  EXPECT_EQ(ledger.largest_distance(kStore), 0u);
  EXPECT_EQ(ledger.largest_distance(other), 1u);
  EXPECT_EQ(ledger.stores(), 3u);
  EXPECT_TRUE(ledger.replicas(StoreId{1}).empty());
  EXPECT_EQ(ledger.replicas(other).size(), 2u);
  ledger.check();
}

TEST(DivergenceLedger, tells_whose_bug_a_wrong_report_is) {
  DivergenceLedger ledger = three_replicas();
  EXPECT_THROW(ledger.applied(kStore, NodeId{99}, op(1, 1)), EngineBug);
  EXPECT_THROW(ledger.applied(StoreId{7}, kEast, op(1, 1)), EngineBug);
  EXPECT_THROW(ledger.declare(kStore, kEast), EngineBug);
  EXPECT_THROW(ledger.applied(kStore, kEast, op(1, 0)), ModelBug);
  EXPECT_THROW(ledger.retracted(kStore, kEast, {}), ModelBug);
  const std::vector<OperationId> nameless{op(1, 1), {}};
  EXPECT_THROW(ledger.installed(kStore, kEast, nameless), ModelBug);
  EXPECT_EQ(ledger.held(kStore, kEast).size(), 0u);
  ledger.check();
}

// Against sets: every distance after every report.
TEST(DivergenceLedger, is_exact_after_every_report) {
  const char* given = std::getenv("CLEAVE_TEST_SEED");
  const std::uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : 43;
  SCOPED_TRACE("CLEAVE_TEST_SEED=" + std::to_string(seed));
  Random r{seed};
  for (int round = 0; round < 20; ++round) {
    const auto n = static_cast<std::uint32_t>(1 + r.below(5));
    DivergenceLedger ledger;
    std::vector<std::set<OperationId>> model(n);
    for (std::uint32_t replica = 0; replica < n; ++replica)
      ledger.declare(kStore, {replica});
    for (int step = 0; step < 300; ++step) {
      const auto replica = static_cast<std::uint32_t>(r.below(n));
      const auto client = static_cast<std::uint32_t>(r.below(3));
      const auto index = static_cast<std::uint32_t>(1 + r.below(20));
      const OperationId update = op(client, index);
      const std::uint64_t what = r.below(20);
      std::uint64_t reported = 0;
      if (what == 0) {
        const auto from = static_cast<std::uint32_t>(r.below(n));
        const std::vector<OperationId> taken(model[from].begin(), model[from].end());
        reported = ledger.installed(kStore, {replica}, taken).back().distance;
        model[replica] = model[from];
      } else if (what < 14) {
        reported = ledger.applied(kStore, {replica}, update).distance;
        model[replica].insert(update);
      } else {
        reported = ledger.retracted(kStore, {replica}, update).distance;
        model[replica].erase(update);
      }
      ledger.check();
      std::uint64_t largest = 0;
      for (std::uint32_t a = 0; a < n; ++a) {
        for (std::uint32_t b = 0; b < n; ++b) {
          std::uint64_t expected = 0;
          for (const OperationId u : model[a])
            expected += model[b].count(u) == 0 ? 1 : 0;
          for (const OperationId u : model[b])
            expected += model[a].count(u) == 0 ? 1 : 0;
          ASSERT_EQ(ledger.distance(kStore, {a}, {b}), expected);
          largest = std::max(largest, expected);
        }
      }
      ASSERT_EQ(reported, largest);
      std::uint32_t holders = 0;
      for (const auto& held : model)
        holders += held.count(update) > 0 ? 1 : 0;
      ASSERT_EQ(ledger.holders(kStore, update), holders);
    }
  }
}

TEST(DivergenceLedger, copies_are_worlds_of_their_own) {
  DivergenceLedger ledger = three_replicas();
  ledger.applied(kStore, kEast, op(1, 1));
  DivergenceLedger fork = ledger;
  fork.applied(kStore, kWest, op(1, 1));
  EXPECT_EQ(ledger.distance(kStore, kEast, kWest), 1u);
  EXPECT_EQ(fork.distance(kStore, kEast, kWest), 0u);
}

}  // namespace
}  // namespace cleave
