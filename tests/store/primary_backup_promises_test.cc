// Holds primary-backup to the table of its promises, type by type: two coasts, a cut of 43 s, a
// promotion 20 s into it, clients on both sides. What it promises must hold; what it does not
// promise must break, or the test shows nothing.
#include "models/catalogue.h"
#include "models/store/primary_backup/replica.h"
#include "models/store/workload_client.h"
#include "tests/support/lab.h"

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

using support::Lab;

constexpr Time kCut{60'000'000'000};
constexpr Time kHeal{103'000'000'000};
constexpr Duration kPromoteAfter{20'000'000'000};
constexpr Duration kLease{10'000'000'000};  // half of that, by default
constexpr Duration kFallback{10'000'000'000};
constexpr Time kEnd{180'000'000'000};

struct TwoCoasts {
  Lab lab{{"east", "west"}, 43'500_us};
  StoreId store;

  TwoCoasts(const Promise& promise, ObjectType type) {
    const Engine engine = *entry().engine;
    Section options = map_of({{"promote_after", scalar("20s")}});
    for (const auto& [key, value] : promise.options)
      options.entries.push_back({std::string(key), {}, scalar(value)});
    // One backup in the primary's region would do for acks; here all are on the other coast.
    store = lab.add_store("accounts", {"east", "west", "west"}, [&](World& world, StorePlan plan) {
      plan.options = options;
      Diagnostics diagnostics;
      engine.check(options, {{"east", "west"}, {"east", "west", "west"}}, diagnostics);
      EXPECT_TRUE(diagnostics.empty()) << diagnostics.format();
      return engine.build(world, plan);
    });
    for (const char* region : {"east", "west"})
      add_client(region, type);
  }

  void add_client(const std::string& region, ObjectType type) {
    WorkloadClient client;
    client.name = region + " client";
    client.seed = 7;
    client.stores = {lab.access(region, "accounts")};
    Load load;
    load.store = store;
    load.until = kEnd - 30_s;
    load.from = Time{} + (region == "east" ? 20_ms : 0_ms);
    load.pace = OpenLoop{.every = 40_ms};
    load.type = type;
    for (const Action action : actions_of(type))
      if (action != Action::acknowledge && action != Action::remove)
        load.mix.push_back({action, 1});
    if (type == ObjectType::pool) load.mix = {{Action::put, 5}, {Action::take, 4}};
    load.keys.prefix = "object";
    if (type == ObjectType::max_register && region == "east") load.number = 3;
    load.bound = 6000;
    load.patience = {.deadline = 5_s, .answer_within = 1_s};
    client.loads = {load};
    lab.add(client.name, region, client);
  }

  void run() {
    lab.run_until(kCut);
    lab.cut({{"east"}, {"west"}});
    lab.run_until(kHeal);
    lab.heal();
    lab.run_until(kEnd);
    ASSERT_FALSE(lab.world.failure()) << lab.world.failure()->what;
    ASSERT_TRUE(lab.converged("accounts"));
  }
  const Object& object() const {
    const auto& machine = lab.world.node<Replica>(lab.replicas("accounts")[1]).memory.machine;
    return machine.objects.at(key_of("object"));
  }
  bool in_east(OperationId id) const { return lab.world.name(id.client) == "east client"; }
};

struct Served {
  Invoked asked;
  Completed told;
};

std::vector<Served> acknowledged(const TwoCoasts& run, Action action) {
  std::vector<Served> all;
  for (const OperationId id : run.lab.recorder.acknowledged(run.store))
    if (run.lab.recorder.invoked.at(id).action == action)
      all.push_back({run.lab.recorder.invoked.at(id), run.lab.recorder.completed.at(id)});
  return all;
}

// Pairs beyond the first that share what they should not.
template <class Of>
std::uint64_t repeats(const std::vector<Served>& operations, Of&& of) {
  std::set<std::uint64_t> seen;
  std::uint64_t count = 0;
  for (const Served& served : operations)
    if (!seen.insert(of(served)).second) ++count;
  return count;
}

std::set<std::uint64_t> digests(const std::vector<Blob>& values) {
  std::set<std::uint64_t> set;
  for (const Blob& value : values)
    set.insert(value.digest());
  return set;
}

std::uint64_t missing(const std::vector<Served>& operations, const std::set<std::uint64_t>& from) {
  return static_cast<std::uint64_t>(std::count_if(
      operations.begin(), operations.end(),
      [&from](const Served& served) { return !from.contains(served.asked.argument); }));
}

// Answers lower than one that was acknowledged before they were asked for.
std::uint64_t falls(const TwoCoasts& run) {
  std::vector<std::pair<Time, std::uint64_t>> told;
  for (const Served& served : acknowledged(run, Action::raise))
    told.emplace_back(served.told.at, served.told.values.at(0));
  std::sort(told.begin(), told.end());
  std::vector<std::uint64_t> highest;  // of those up to each
  for (const auto& [at, value] : told)
    highest.push_back(highest.empty() ? value : std::max(highest.back(), value));
  std::uint64_t count = 0;
  for (const auto& [id, done] : run.lab.recorder.completed) {
    if (done.outcome != Outcome::ok) continue;
    const std::pair<Time, std::uint64_t> asked{run.lab.recorder.invoked.at(id).at, 0};
    const auto before = std::lower_bound(told.begin(), told.end(), asked) - told.begin();
    if (before > 0 && highest[static_cast<std::size_t>(before - 1)] > done.values.at(0)) ++count;
  }
  return count;
}

// How often guarantee(type) was broken, from what clients were told and what is left in the end.
std::uint64_t broken(const TwoCoasts& run, ObjectType type) {
  const std::uint64_t lost = run.lab.lost("accounts").size();
  const Object& object = run.object();
  switch (type) {
    case ObjectType::reg:
      return lost + repeats(acknowledged(run, Action::compare_and_set),
                            [](const Served& s) { return s.asked.expected_version; });
    case ObjectType::map:
      return lost;
    case ObjectType::max_register:
      return falls(run);
    case ObjectType::set: {
      const auto& members = std::get<Set>(object).members;
      return missing(acknowledged(run, Action::add), digests({members.begin(), members.end()}));
    }
    case ObjectType::log: {
      const auto& entries = std::get<Sequence>(object).entries;
      std::uint64_t moved = 0;
      for (const Served& served : acknowledged(run, Action::append))
        if (served.told.version > entries.size() ||
            entries[served.told.version - 1].digest() != served.asked.argument)
          ++moved;
      return moved;
    }
    case ObjectType::queue: {
      std::set<std::uint64_t> there;
      for (const auto& [position, value] : std::get<Queue>(object).entries)
        there.insert(value.digest());
      return missing(acknowledged(run, Action::append), there);
    }
    case ObjectType::counter: {
      const std::uint64_t held =
          run.lab.world.ledger().held(run.store, run.lab.replicas("accounts")[1]).size();
      const auto value = static_cast<std::uint64_t>(std::get<Counter>(object).value);
      return lost + (held > value ? held - value : value - held);
    }
    case ObjectType::pool: {
      const std::vector<Served> taken = acknowledged(run, Action::take);
      return lost + repeats(taken, [](const Served& s) { return s.told.values.at(0); });
    }
  }
  return 0;
}

std::vector<Promise> all_promises() {
  return entry().engine->promises;
}

std::string name_of(const Promise& promise) {
  std::string name;
  for (const auto& [key, value] : promise.options)
    name += std::string(key) + ": " + std::string(value) + ", ";
  return name;
}

class PrimaryBackupPromise : public ::testing::TestWithParam<std::size_t> {};

TEST_P(PrimaryBackupPromise, is_kept_by_each_type_and_what_is_not_promised_breaks) {
  const Promise promise = all_promises()[GetParam()];
  for (std::size_t t = 0; t < kObjectTypes; ++t) {
    const auto type = static_cast<ObjectType>(t);
    TwoCoasts run(promise, type);
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
    TwoCoasts run(promises[i], ObjectType::reg);
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
    TwoCoasts run(promises[row.promise], ObjectType::reg);
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
    TwoCoasts run(promise, ObjectType::max_register);
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
