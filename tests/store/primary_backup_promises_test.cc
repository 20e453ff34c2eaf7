// Holds primary-backup to the table of its promises, type by type: two coasts, a cut of 43 s, a
// promotion 20 s into it, clients on both sides. What it promises must hold; what it does not
// promise must break, or the test shows nothing.
#include "models/catalogue.h"
#include "models/store/primary_backup/replica.h"
#include "tests/store/two_coasts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace cleave::models::store {

namespace primary_backup {
models::Entry entry();
namespace {

constexpr Duration kPromoteAfter{20'000'000'000};
constexpr Duration kLease{10'000'000'000};  // half of that, by default
constexpr Duration kFallback{10'000'000'000};

TwoCoasts two_coasts(const Promise& promise, ObjectType type) {
  return {*entry().engine, machine_of<Replica>, promise, type,
          map_of({{"promote_after", scalar("20s")}})};
}

std::vector<Promise> all_promises() {
  return entry().engine->promises;
}

class PrimaryBackupPromise : public ::testing::TestWithParam<std::size_t> {};

TEST_P(PrimaryBackupPromise, is_kept_by_each_type_and_what_is_not_promised_breaks) {
  const Promise promise = all_promises()[GetParam()];
  for (std::size_t t = 0; t < kObjectTypes; ++t) {
    const auto type = static_cast<ObjectType>(t);
    TwoCoasts run = two_coasts(promise, type);
    run.run();
    if (HasFatalFailure()) return;
    const std::uint64_t violations = broken(run, type);
    const std::string what = name_of(promise) + std::string(to_string(type));
    EXPECT_GT(run.lab.recorder.acknowledged(run.store).size(), 1000u) << what;
    if (promise.kept[t] == Kept::always)
      EXPECT_EQ(violations, 0u) << what;
    else
      EXPECT_GT(violations, 0u) << what;
  }
}

INSTANTIATE_TEST_SUITE_P(OfEachRow, PrimaryBackupPromise,
                         ::testing::Range(std::size_t{0}, all_promises().size()));

TEST(PrimaryBackupPromises, what_is_lost_was_acknowledged_within_the_bounds) {
  constexpr Duration kOneWay{43'500'000};
  constexpr Duration kSlack{1'100'000'000};  // heartbeats come every second
  const std::vector<Promise> promises = all_promises();
  const std::vector<std::pair<Time, Time>> bounds{
      {kCut - kOneWay * 2, kHeal + kSlack},  // async: until the monitor reaches the east
      {kCut - kOneWay * 2, kCut + kLease},   // fenced: until the lease runs out
      {kCut + kFallback - kOneWay * 2, kHeal + kSlack}};  // semi-sync: from the fallback on
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    TwoCoasts run = two_coasts(promises[i], ObjectType::reg);
    run.run();
    if (HasFatalFailure()) return;
    std::vector<Time> when;
    for (const OperationId id : run.lab.lost("accounts")) {
      EXPECT_TRUE(run.in_east(id));
      when.push_back(run.lab.recorder.completed.at(id).at);
    }
    ASSERT_FALSE(when.empty());
    std::sort(when.begin(), when.end());
    EXPECT_GE(when.front(), bounds[i].first) << name_of(promises[i]);
    EXPECT_LE(when.back(), bounds[i].second) << name_of(promises[i]);
    // The bounds are tight: the first and the last second of each have losses.
    EXPECT_LE(when.front(), bounds[i].first + 1_s) << name_of(promises[i]);
    EXPECT_GE(when.back(), bounds[i].second - 2_s) << name_of(promises[i]);
  }
}

TEST(PrimaryBackupPromises, who_is_served_during_the_cut) {
  struct Row {
    std::size_t promise;
    bool east_early, east_late, west_late;  // early: before the promotion; late: after it
  };
  const std::vector<Promise> promises = all_promises();
  for (const Row& row : {Row{0, true, true, true}, Row{1, true, false, true},
                         Row{2, true, true, true}, Row{3, false, false, true}}) {
    TwoCoasts run = two_coasts(promises[row.promise], ObjectType::reg);
    run.run();
    std::map<std::pair<bool, bool>, int> served;  // east, late
    for (const OperationId id : run.lab.recorder.acknowledged(run.store, kCut + 100_ms, kHeal))
      ++served[{run.in_east(id), run.lab.recorder.invoked.at(id).at > kCut + kPromoteAfter + 5_s}];
    const std::string what = name_of(promises[row.promise]);
    EXPECT_EQ((served[{true, false}] > 0), row.east_early) << what;
    EXPECT_EQ((served[{true, true}] > 0), row.east_late) << what;
    EXPECT_EQ((served[{false, true}] > 0), row.west_late) << what;
    EXPECT_EQ(promises[row.promise].blocks, !row.east_early) << what;
  }
}

TEST(PrimaryBackupPromises, reads_are_stale_only_where_the_table_says_so) {
  for (const Promise& promise : all_promises()) {
    TwoCoasts run = two_coasts(promise, ObjectType::max_register);
    run.lab.run_until(kCut);
    run.lab.cut({{"east"}, {"west"}});
    run.lab.run_until(kCut + kPromoteAfter);  // one primary reigns
    const std::uint64_t stale = falls(run);
    EXPECT_EQ(stale > 0, promise.stale_reads) << name_of(promise) << stale;
  }
}

TEST(PrimaryBackupPromises, every_type_has_a_guarantee_in_words) {
  std::set<std::string_view> texts;
  for (std::size_t t = 0; t < kObjectTypes; ++t)
    texts.insert(guarantee(static_cast<ObjectType>(t)));
  EXPECT_EQ(texts.size(), kObjectTypes);
  EXPECT_FALSE(texts.contains("?"));
}

}  // namespace
}  // namespace primary_backup
}  // namespace cleave::models::store
