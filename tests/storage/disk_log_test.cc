// A log on disk against a plain model of it: the states after each write, of which a crash keeps
// one no older than the last that a sync made durable.
#include "sim/storage/disk.h"
#include "tests/base/seed.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace cleave {
namespace {

using Held = std::pair<std::uint64_t, std::vector<std::uint64_t>>;  // the first position, entries

Held held_by(const DiskLog<std::uint64_t>& log) {
  Held held{log.first(), {}};
  for (std::uint64_t at = log.first(); at < log.size(); ++at)
    held.second.push_back(log[at]);
  return held;
}

// A prefix whose dropping was not synced comes back, whole, wherever in a chunk it ended.
TEST(DiskLog, brings_back_what_was_dropped_without_a_sync) {
  for (const std::uint64_t first : {1u, 63u, 64u, 65u, 128u, 200u, 300u}) {
    DiskLog<std::uint64_t> log;
    for (std::uint64_t i = 0; i < 200; ++i)
      log.append(i);
    log.begin_sync();
    log.complete_sync();
    const Held durable = held_by(log);
    log.drop_before(first);
    log.append(1000);
    EXPECT_EQ(log.first(), first);
    EXPECT_EQ(log.size(), std::max<std::uint64_t>(first, 200) + 1);
    EXPECT_EQ(log.back(), 1000u);
    Random random{1};
    DiskLog<std::uint64_t> crashed = log;
    EXPECT_EQ(crashed.crash(CrashDisk::lose_unsynced, random), 2u);
    EXPECT_EQ(held_by(crashed), durable) << first;

    log.begin_sync();
    log.complete_sync();
    const Held dropped = held_by(log);
    log.crash(CrashDisk::lose_unsynced, random);
    EXPECT_EQ(held_by(log), dropped) << first;
  }
}

// That entries are gone is written at once: what a crash tears is an entry being appended, never
// one that was synced.
TEST(DiskLog, tears_only_an_entry_that_was_being_appended) {
  Random random{1};
  for (const bool truncates : {true, false}) {
    DiskLog<std::uint64_t> log;
    for (std::uint64_t i = 0; i < 10; ++i)
      log.append(i);
    log.begin_sync();
    log.complete_sync();
    if (truncates)
      log.truncate(9);
    else
      log.drop_before(9);
    EXPECT_EQ(log.crash(CrashDisk::tear_last, random), 0u);
    EXPECT_FALSE(log.torn());
    EXPECT_EQ(log.back(), truncates ? 8u : 9u);
  }
}

class Model {
 public:
  DiskLog<std::uint64_t> log;

  void write(Random& r) {
    const std::uint64_t size = log.size() - log.first();
    if (const std::uint64_t draw = r.below(10); draw == 0) {
      const std::uint64_t kept = r.below(size + 1);
      while (log.size() - log.first() > kept) {
        log.truncate(log.size() - 1);
        states_.push_back(held_by(log));
      }
      return;
    } else if (draw == 1) {
      const std::uint64_t beyond = r.below(size + 2);
      log.drop_before(log.first() + beyond);
    } else {
      log.append(r.below(1000));
    }
    states_.push_back(held_by(log));
  }
  void begin_sync() {
    log.begin_sync();
    syncs_.push_back(states_.size() - 1);
  }
  void complete_sync() {
    if (syncs_.empty()) return;
    log.complete_sync();
    const std::size_t synced = syncs_.front();
    syncs_.pop_front();
    states_.erase(states_.begin(), states_.begin() + static_cast<std::ptrdiff_t>(synced));
    for (std::size_t& sync : syncs_)
      sync -= synced;
  }
  // Says what is wrong with how the log came out of it.
  std::string crash(CrashDisk how, Random& r) {
    const Held before = states_.back();
    log.crash(how, r);
    log.discard_torn();
    const Held after = held_by(log);
    const auto kept = std::find(states_.begin(), states_.end(), after);
    if (kept == states_.end()) return "no prefix of the writes gives it";
    if (how == CrashDisk::keep_all && after != before) return "a clean stop lost something";
    if (how == CrashDisk::lose_unsynced && kept != states_.begin()) return "it kept something";
    states_ = {after};
    syncs_.clear();
    return {};
  }

 private:
  std::vector<Held> states_{{}};  // the durable one, and one after each write since
  std::deque<std::size_t> syncs_;
};

TEST(DiskLog, a_crash_keeps_a_prefix_of_the_writes_no_shorter_than_what_was_synced) {
  const std::uint64_t seed = test::seed(1);
  SCOPED_TRACE("CLEAVE_TEST_SEED=" + std::to_string(seed));
  for (std::uint64_t round = 0; round < 200; ++round) {
    Random r = Random::at(seed, 3, 4, round);
    Model model;
    for (int step = 0; step < 300; ++step) {
      const std::uint64_t draw = r.below(20);
      if (draw == 0) {
        static constexpr CrashDisk kHow[]{CrashDisk::keep_all, CrashDisk::keep_prefix,
                                          CrashDisk::lose_unsynced, CrashDisk::tear_last};
        const CrashDisk how = kHow[r.below(4)];
        ASSERT_EQ(model.crash(how, r), "") << "round " << round << " step " << step;
      } else if (draw < 3) {
        model.begin_sync();
      } else if (draw < 5) {
        model.complete_sync();
      } else {
        model.write(r);
      }
    }
  }
}

}  // namespace
}  // namespace cleave
