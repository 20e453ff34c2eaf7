// What replicas keep, no client can see broken: of all small abstract executions, and of many
// larger ones.
#include "sim/base/random.h"
#include "tests/abstract/agreement.h"

#include <cstdlib>
#include <functional>
#include <sstream>

namespace cleave::test {
namespace {

// Operations in the order of their invocations, when each is answered, and what each one saw.
struct Small {
  std::vector<Ask> asks;
  std::vector<bool> answered_late;  // after the next one was invoked
  std::vector<std::vector<std::uint32_t>> seen;
  bool last_is_pending = false;
};

std::string words_of(const Small& small) {
  std::ostringstream out;
  for (std::size_t o = 0; o < small.asks.size(); ++o) {
    out << o << ": client " << small.asks[o].client
        << (small.asks[o].action == Action::read ? " reads " : " writes ") << small.asks[o].key
        << " and sees";
    for (const std::uint32_t update : small.seen[o])
      out << " " << update;
    out << (small.answered_late[o] ? ", late\n" : "\n");
  }
  return out.str();
}

// Each operation is answered by a replica of its own, which has applied what it is to see.
void tell(const Small& small, Tale& tale) {
  const auto answer = [&](std::uint32_t o) {
    for (const std::uint32_t update : small.seen[o])
      tale.apply(o, update);
    tale.answer(o, o);
  };
  const auto n = static_cast<std::uint32_t>(small.asks.size());
  for (std::uint32_t o = 0; o < n; ++o) {
    tale.invoke(small.asks[o]);
    if (o > 0 && small.answered_late[o - 1]) answer(o - 1);
    if (!small.answered_late[o] && !(small.last_is_pending && o + 1 == n)) answer(o);
  }
}

// All sequences of some of the updates that were invoked before the operation was answered.
void for_each_sequence(const std::vector<std::uint32_t>& updates,
                       const std::function<void(const std::vector<std::uint32_t>&)>& visit) {
  std::vector<std::uint32_t> sequence;
  const std::function<void()> extend = [&] {
    visit(sequence);
    for (const std::uint32_t update : updates) {
      if (std::find(sequence.begin(), sequence.end(), update) != sequence.end()) continue;
      sequence.push_back(update);
      extend();
      sequence.pop_back();
    }
  };
  extend();
}

void for_each_view(Small& small, std::uint32_t o, const std::function<void()>& visit) {
  const auto n = static_cast<std::uint32_t>(small.asks.size());
  if (o == n) return visit();
  if (small.last_is_pending && o + 1 == n) {
    small.seen[o].clear();
    return visit();
  }
  std::vector<std::uint32_t> updates;
  for (std::uint32_t u = 0; u < n; ++u)
    if (small.asks[u].action == Action::write && u != o &&
        (u < o || (u == o + 1 && small.answered_late[o])))
      updates.push_back(u);
  for_each_sequence(updates, [&](const std::vector<std::uint32_t>& sequence) {
    small.seen[o] = sequence;
    for_each_view(small, o + 1, visit);
  });
}

// All executions of so many operations, by two clients, on so many registers.
void for_each_small(std::uint32_t operations, std::uint64_t keys, bool overlapping,
                    const std::function<void(const Small&)>& visit) {
  Small small;
  small.asks.resize(operations);
  small.seen.resize(operations);
  small.answered_late.resize(operations);
  const std::function<void(std::uint32_t)> choose = [&](std::uint32_t o) {
    if (o == operations) {
      for_each_view(small, 0, [&] { visit(small); });
      return;
    }
    for (std::uint32_t client = 0; client < (o == 0 ? 1u : 2u); ++client)
      for (const Action action : {Action::read, Action::write})
        for (std::uint64_t key = 0; key < (o == 0 ? 1 : keys); ++key)
          for (const bool late : {false, true}) {
            small.asks[o] = {client, action, key, 0};
            // A client waits for its answer; nobody is late behind the last, nor two in a row.
            if (o > 0 && small.answered_late[o - 1] && (late || small.asks[o - 1].client == client))
              continue;
            if (late && (!overlapping || o + 1 == operations)) continue;
            small.answered_late[o] = late;
            choose(o + 1);
          }
  };
  choose(0);
}

void compare_all(std::uint32_t operations, std::uint64_t keys, bool overlapping, bool pending,
                 Tallies& tallies) {
  for_each_small(operations, keys, overlapping, [&](Small small) {
    if (testing::Test::HasFailure()) return;
    small.last_is_pending =
        pending && small.asks.back().action == Action::write && small.answered_late[operations - 2];
    if (pending && !small.last_is_pending) return;
    Watch watch;
    Tale tale(watch.observers());
    tell(small, tale);
    watch.compare(tallies, words_of(small));
  });
}

TEST(Soundness, of_all_executions_of_four_operations_on_two_registers) {
  Tallies tallies;
  compare_all(4, 2, false, false, tallies);
  // It takes more operations for clients to see that broken.
  expect_all(tallies, 10, Level::writes_follow_reads);
}

TEST(Soundness, of_all_executions_of_four_operations_that_overlap) {
  Tallies tallies;
  compare_all(4, 1, true, false, tallies);
  compare_all(4, 1, true, true, tallies);
}

TEST(Soundness, of_all_executions_of_five_operations_on_one_register) {
  if (std::getenv("CLEAVE_TEST_SEEDS") == nullptr) GTEST_SKIP() << "takes minutes";
  Tallies tallies;
  compare_all(5, 1, false, false, tallies);
}

}  // namespace
}  // namespace cleave::test
