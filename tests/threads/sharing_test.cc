// Copies that share memory, each used by a thread of its own: what Worlds forked over threads do.
#include "sim/base/blob.h"
#include "sim/base/cow.h"
#include "sim/base/digest.h"
#include "sim/base/log.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <string>
#include <thread>
#include <vector>

namespace cleave {
namespace {

constexpr std::uint64_t kThreads = 4;
constexpr std::uint64_t kRounds = 200;

// Runs work(index) in threads of their own, and waits for them.
template <class Work>
void in_threads(Work&& work) {
  std::vector<std::thread> threads;
  for (std::uint64_t i = 0; i < kThreads; ++i)
    threads.emplace_back([&work, i] { work(i); });
  for (std::thread& thread : threads)
    thread.join();
}

TEST(Sharing, logs_grow_apart_in_their_threads) {
  Log<std::string, 8> origin;
  for (int i = 0; i < 100; ++i)
    origin.append("common " + std::to_string(i));
  const std::uint64_t before = digest_of(origin);
  std::vector<Log<std::string, 8>> copies(kThreads, origin);
  in_threads([&copies, &origin](std::uint64_t i) {
    Log<std::string, 8>& mine = copies[i];
    for (std::uint64_t round = 0; round < kRounds; ++round) {
      Log<std::string, 8> snapshot = mine;
      mine.truncate(90);
      for (std::uint64_t k = 0; k < 20; ++k)
        mine.append(std::to_string(i) + "/" + std::to_string(round));
      ASSERT_EQ(snapshot.size(), round == 0 ? 100u : 110u);
      ASSERT_EQ(snapshot[50], mine[50]);
      if (round % 50 == 49) {
        const Log<std::string, 8> again = origin;  // many threads copy one original
        ASSERT_EQ(again.back(), "common 99");
      }
    }
  });
  EXPECT_EQ(digest_of(origin), before);
  for (std::uint64_t i = 0; i < kThreads; ++i) {
    ASSERT_EQ(copies[i].size(), 110u);
    EXPECT_EQ(copies[i].back(), std::to_string(i) + "/" + std::to_string(kRounds - 1));
    EXPECT_EQ(copies[i][89], "common 89");
  }
}

// The last two owners write at once: each must find the value whole, and only one may take it over.
TEST(Sharing, cows_are_written_by_all_owners_at_once) {
  using Table = std::map<int, std::string>;
  for (std::uint64_t round = 0; round < kRounds; ++round) {
    std::vector<Cow<Table>> copies(kThreads, Cow<Table>(Table{{1, "one"}, {2, "two"}}));
    in_threads([&copies](std::uint64_t i) {
      copies[i].write()[3] = std::to_string(i);
      ASSERT_EQ(copies[i]->size(), 3u);
    });
    for (std::uint64_t i = 0; i < kThreads; ++i) {
      ASSERT_EQ(copies[i]->at(3), std::to_string(i));
      ASSERT_EQ(copies[i]->at(1), "one");
    }
  }
}

TEST(Sharing, blobs_are_copied_and_dropped_everywhere) {
  const Blob blob(1, 2, std::string(100, 'x'));
  in_threads([&blob](std::uint64_t) {
    for (std::uint64_t round = 0; round < kRounds; ++round) {
      const std::vector<Blob> copies(10, blob);
      ASSERT_EQ(copies.back().bytes().size(), 100u);
    }
  });
  EXPECT_EQ(blob.bytes().size(), 100u);
}

}  // namespace
}  // namespace cleave
