#include "sim/engine/event_queue.h"

#include "sim/base/random.h"
#include "tests/support/simple_queue.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace cleave {
namespace {

template <class Queue>
std::optional<Due> pop(Queue& queue, Time limit = kForever) {
  return queue.pop_until(limit, [](const Due&) {});
}

// One random run of pushes, pops, peeks and erasures against the simple queue.
void agree(std::uint64_t seed) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  Random random{seed};
  EventQueue queue;
  SimpleQueue oracle;
  Time now;
  std::uint32_t order = 0;
  const std::uint64_t spread = std::uint64_t{1} << random.below(40);
  for (int i = 0; i < 4'000; ++i) {
    const std::uint64_t choice = random.below(100);
    const Time later = now + Duration{static_cast<std::int64_t>(random.below(spread))};
    if (choice < 55) {
      const Due due{later, order++, 0};
      queue.push(due);
      oracle.push(due);
    } else if (choice < 57) {
      const std::uint32_t drop = static_cast<std::uint32_t>(random.below(5));
      const auto dead = [drop](const Due& due) { return due.slot % 5 == drop; };
      queue.erase_if(dead);
      oracle.erase_if(dead);
    } else {
      ASSERT_EQ(queue.next(), oracle.next());
      const auto due = pop(queue, later);
      const auto expected = pop(oracle, later);
      ASSERT_EQ(due.has_value(), expected.has_value());
      if (!due) continue;
      ASSERT_EQ(due->time, expected->time);
      ASSERT_EQ(due->slot, expected->slot);
      now = due->time;
    }
    ASSERT_EQ(queue.size(), oracle.size());
  }
}

TEST(EventQueue, pops_in_the_order_of_the_simple_queue) {
  for (std::uint64_t seed = 0; seed < 200; ++seed)
    agree(seed);
}

// Every way to push four times out of {0, 1, 2} with pops between: ties and empty queues.
TEST(EventQueue, agrees_on_every_small_case) {
  const std::vector<std::int64_t> choices{-1, 0, 1, 2};
  for (std::uint32_t code = 0; code < 4096 * 4; ++code) {
    EventQueue queue;
    SimpleQueue oracle;
    Time now;
    std::uint32_t rest = code;
    for (std::uint32_t i = 0; i < 7; ++i, rest /= 4) {
      const std::int64_t choice = choices[rest % 4];
      if (choice >= 0) {
        const Due due{now + Duration{choice}, i, 0};
        queue.push(due);
        oracle.push(due);
        continue;
      }
      const auto due = pop(queue);
      const auto expected = pop(oracle);
      ASSERT_EQ(due.has_value(), expected.has_value()) << code;
      if (!due) continue;
      ASSERT_EQ(due->slot, expected->slot) << code;
      now = due->time;
    }
  }
}

TEST(EventQueue, looking_ahead_lets_earlier_entries_in) {
  EventQueue queue;
  queue.push({Time{1'000'000}, 1, 0});
  EXPECT_EQ(queue.next(), Time{1'000'000});
  EXPECT_FALSE(pop(queue, Time{999'999}));
  queue.push({Time{10}, 2, 0});
  EXPECT_EQ(pop(queue)->slot, 2u);
  EXPECT_EQ(pop(queue)->slot, 1u);
  EXPECT_FALSE(pop(queue));
}

TEST(EventQueue, a_copy_goes_its_own_way) {
  EventQueue queue;
  for (std::uint32_t i = 0; i < 1000; ++i)
    queue.push({Time{i % 7}, i, 0});
  EventQueue copy = queue;
  for (int i = 0; i < 500; ++i)
    pop(queue);
  copy.push({Time{100}, 9999, 0});
  EXPECT_EQ(queue.size(), 500u);
  EXPECT_EQ(copy.size(), 1001u);
  std::uint32_t last = 0;
  while (const auto due = pop(copy))
    last = due->slot;
  EXPECT_EQ(last, 9999u);
}

TEST(EventQueue, memory_follows_what_is_pending) {
  EventQueue queue;
  Random random{1};
  Time now;
  for (int i = 0; i < 100'000; ++i)
    queue.push({Time{static_cast<std::int64_t>(random.below(1'000'000'000))}, 0, 0});
  for (int i = 0; i < 1'000'000; ++i) {
    now = pop(queue)->time;
    queue.push({now + Duration{static_cast<std::int64_t>(random.below(1'000'000'000))}, 0, 0});
  }
  EXPECT_LE(queue.capacity_bytes(), 16u * 100'000u + 256u * 4096u);
}

}  // namespace
}  // namespace cleave
