#include "sim/base/log.h"

#include "sim/base/assert.h"
#include "sim/base/cow.h"
#include "sim/base/random.h"
#include "sim/base/ref.h"
#include "tests/base/seed.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cleave {
namespace {

// Counts how many of it are alive, and how many copies were made.
struct Tracked {
  static inline int alive = 0;
  static inline int copies = 0;
  int value = 0;
  Tracked() { ++alive; }
  explicit Tracked(int v) : value(v) { ++alive; }
  Tracked(const Tracked& other) : value(other.value) { ++alive, ++copies; }
  Tracked& operator=(const Tracked& other) {
    value = other.value;
    ++copies;
    return *this;
  }
  ~Tracked() { --alive; }
  bool operator==(const Tracked& other) const { return value == other.value; }
};

template <class T, std::size_t N>
void expect_same(const Log<T, N>& log, const std::vector<T>& model) {
  ASSERT_EQ(log.size() - log.first(), model.size());
  ASSERT_EQ(log.empty(), model.empty());
  for (std::size_t i = 0; i < model.size(); ++i)
    ASSERT_EQ(log[log.first() + i], model[i]) << "item " << i;
  if (!model.empty()) {
    ASSERT_EQ(log.back(), model.back());
  }
}

// Logs that copy each other, grow, shrink and are thrown away, against plain vectors.
TEST(Log, behaves_as_a_vector) {
  const std::uint64_t seed = test::seed(1);
  SCOPED_TRACE("CLEAVE_TEST_SEED=" + std::to_string(seed));
  using SmallLog = Log<std::string, 4>;
  for (std::uint64_t round = 0; round < 20; ++round) {
    Random r = Random::at(seed, 1, 2, round);
    std::vector<SmallLog> logs(3);
    std::vector<std::vector<std::string>> models(3);
    for (int step = 0; step < 400; ++step) {
      const std::size_t i = r.below(3);
      const std::size_t j = r.below(3);
      switch (r.below(9)) {
        case 0:
          logs[i] = logs[j], models[i] = models[j];
          break;
        case 1:
          logs[i] = SmallLog(logs[j]), models[i] = models[j];
          break;
        case 2: {
          const std::uint64_t size = r.below(models[i].size() + 1);
          logs[i].truncate(logs[i].first() + size);
          models[i].resize(size);
          break;
        }
        case 4: {
          const std::uint64_t gone = r.below(models[i].size() + 2);  // or one beyond its end
          logs[i].drop_before(logs[i].first() + gone);
          const auto count = std::min<std::uint64_t>(gone, models[i].size());
          models[i].erase(models[i].begin(),
                          models[i].begin() + static_cast<std::ptrdiff_t>(count));
          break;
        }
        case 3: {
          std::swap(logs[i], logs[j]);
          std::swap(models[i], models[j]);
          break;
        }
        default: {
          const std::string item = std::to_string(r.below(1000));
          logs[i].append(item);
          models[i].push_back(item);
        }
      }
      for (std::size_t k = 0; k < 3; ++k)
        expect_same(logs[k], models[k]);
      const bool same = logs[i].first() == logs[j].first() && models[i] == models[j];
      ASSERT_EQ(logs[i] == logs[j], same);
      ASSERT_EQ(digest_of(logs[i]) == digest_of(logs[j]), same);
      if (logs[i].first() == 0) {
        ASSERT_EQ(digest_of(logs[i]), digest_of(models[i]));
      }
      const std::uint64_t shared = logs[i].shared_prefix(logs[j]);
      ASSERT_LE(shared, std::min(logs[i].size(), logs[j].size()));
      if (logs[i].first() == logs[j].first()) {
        for (std::uint64_t at = logs[i].first(); at < shared; ++at)
          ASSERT_EQ(logs[i][at], logs[j][at]);
      }
    }
  }
}

TEST(Log, a_copy_clones_nothing_and_the_next_append_one_chunk) {
  Log<Tracked, 8> log;
  for (int i = 0; i < 84; ++i)
    log.append(Tracked(i));
  Tracked::copies = 0;
  Log<Tracked, 8> copy = log;
  EXPECT_EQ(Tracked::copies, 0);
  copy.append(Tracked(84));
  EXPECT_LE(Tracked::copies, 8 + 2);
  Tracked::copies = 0;
  copy.append(Tracked(85));  // its own chunk by now
  EXPECT_LE(Tracked::copies, 2);
  EXPECT_EQ(log.size(), 84u);
  EXPECT_EQ(copy.back().value, 85);
}

TEST(Log, copies_at_a_border_of_chunks_clone_nothing_at_all) {
  Log<Tracked, 8> log;
  for (int i = 0; i < 80; ++i)
    log.append(Tracked(i));
  Log<Tracked, 8> copy = log;
  Tracked::copies = 0;
  copy.append(Tracked(80));
  EXPECT_LE(Tracked::copies, 2);
  EXPECT_EQ(copy.shared_prefix(log), 80u);
}

TEST(Log, frees_all_it_held) {
  {
    Log<Tracked, 8> log;
    for (int i = 0; i < 100; ++i)
      log.append(Tracked(i));
    Log<Tracked, 8> copy = log;
    copy.truncate(50);
    copy.append(Tracked(7));
    log = copy;
    const Log<Tracked, 8> taken = std::move(copy);
  }
  EXPECT_EQ(Tracked::alive, 0);
}

TEST(Log, an_append_after_a_truncated_copy_leaves_the_original_alone) {
  Log<int, 4> log;
  for (int i = 0; i < 6; ++i)
    log.append(i);
  Log<int, 4> copy = log;
  copy.truncate(5);
  copy.append(50);
  EXPECT_EQ(log[5], 5);
  EXPECT_EQ(copy[5], 50);
  copy.truncate(4);
  copy.append(40);
  EXPECT_EQ(log[4], 4);
  EXPECT_EQ(copy.size(), 5u);
}

TEST(Log, appends_an_item_of_its_own) {
  Log<std::string, 2> log;
  log.append("a long enough text to live on the heap");
  for (int i = 0; i < 10; ++i)
    log.append(log[0]);
  EXPECT_EQ(log.back(), "a long enough text to live on the heap");
}

TEST(Log, knows_what_it_shares_with_a_copy) {
  Log<int, 4> log;
  for (int i = 0; i < 10; ++i)
    log.append(i);
  Log<int, 4> copy = log;
  EXPECT_EQ(copy.shared_prefix(log), 10u);
  copy.append(10);
  EXPECT_EQ(copy.shared_prefix(log), 8u);  // the third chunk was cloned
  copy.truncate(6);
  EXPECT_EQ(copy.shared_prefix(log), 6u);
  const Log<int, 4> stranger;
  EXPECT_EQ(copy.shared_prefix(stranger), 0u);
}

TEST(Log, long_ones_keep_every_item) {
  constexpr std::uint64_t kItems = 1'000'000;
  Log<std::uint64_t> log;
  std::vector<Log<std::uint64_t>> snapshots;
  for (std::uint64_t i = 0; i < kItems; ++i) {
    if (i % 100'000 == 50'001) snapshots.push_back(log);
    log.append(i * i);
  }
  for (std::uint64_t i = 0; i < kItems; ++i)
    ASSERT_EQ(log[i], i * i);
  for (std::size_t s = 0; s < snapshots.size(); ++s) {
    ASSERT_EQ(snapshots[s].size(), s * 100'000 + 50'001);
    ASSERT_EQ(snapshots[s].back(), (s * 100'000 + 50'000) * (s * 100'000 + 50'000));
    ASSERT_EQ(snapshots[s].shared_prefix(log), (snapshots[s].size()) / 64 * 64);
  }
}

TEST(Log, frees_the_chunks_that_are_dropped_and_no_others) {
  Log<Tracked, 8> log;
  for (int i = 0; i < 84; ++i)
    log.append(Tracked(i));
  const int before = Tracked::alive;
  log.drop_before(7);
  EXPECT_EQ(Tracked::alive, before);
  log.drop_before(41);
  EXPECT_EQ(Tracked::alive, before - 5 * 8);
  EXPECT_EQ(log[41].value, 41);
  log.drop_before(1000);
  EXPECT_EQ(Tracked::alive, 0);
  log.append(Tracked(5));
  EXPECT_EQ(log[1000].value, 5);
  EXPECT_THROW(log.drop_before(999), EngineBug);
}

TEST(Log, refuses_to_be_truncated_to_more_than_it_has) {
  Log<int> log;
  log.append(1);
  EXPECT_THROW(log.truncate(2), EngineBug);
  log.truncate(1);
  log.truncate(0);
  EXPECT_TRUE(log.empty());
}

TEST(Cow, clones_on_the_first_write_after_a_copy) {
  Cow<std::vector<int>> a(std::vector<int>{1, 2, 3});
  Cow<std::vector<int>> b = a;
  EXPECT_TRUE(a.shares_with(b));
  b.write().push_back(4);
  EXPECT_FALSE(a.shares_with(b));
  EXPECT_EQ(a->size(), 3u);
  EXPECT_EQ(b->size(), 4u);
  const int* where = b->data();
  b.write()[0] = 9;  // alone: writes in place
  EXPECT_EQ(b->data(), where);
  EXPECT_EQ((*a)[0], 1);
}

TEST(Cow, the_last_owner_writes_in_place) {
  Cow<Tracked> a(Tracked(1));
  { const Cow<Tracked> b = a; }
  Tracked::copies = 0;
  a.write().value = 2;
  EXPECT_EQ(Tracked::copies, 0);
  EXPECT_EQ(a->value, 2);
}

struct Shared : Counted {
  explicit Shared(int* deaths) : deaths_(deaths) {}
  Shared(const Shared&) = default;
  ~Shared() { ++*deaths_; }
  int* deaths_;
};

TEST(Ref, deletes_with_its_last_owner) {
  int deaths = 0;
  {
    Ref<Shared> a(new Shared(&deaths));
    EXPECT_TRUE(a->unique());
    Ref<Shared> b = a;
    EXPECT_FALSE(a->unique());
    const Ref<Shared> c = std::move(b);
    EXPECT_FALSE(b);  // NOLINT(bugprone-use-after-move): what a moved-from Ref is
    a = Ref<Shared>();
    EXPECT_EQ(deaths, 0);
    EXPECT_TRUE(c->unique());
  }
  EXPECT_EQ(deaths, 1);
}

TEST(Ref, may_be_assigned_to_itself) {
  int deaths = 0;
  {
    Ref<Shared> a(new Shared(&deaths));
    const Ref<Shared>& same = a;
    a = same;
    EXPECT_EQ(deaths, 0);
    EXPECT_TRUE(a->unique());
  }
  EXPECT_EQ(deaths, 1);
}

TEST(Ref, a_clone_starts_with_one_owner) {
  int deaths = 0;
  {
    const Ref<Shared> a(new Shared(&deaths));
    const Ref<Shared> b = a;
    const Ref<Shared> clone(new Shared(*a));
    EXPECT_TRUE(clone->unique());
  }
  EXPECT_EQ(deaths, 2);
}

}  // namespace
}  // namespace cleave
