// Each condition by its smallest story: one in which it is kept, and one in which it is not.
#include "sim/check/abstract/execution_recorder.h"
#include "sim/check/abstract/judge_execution.h"
#include "sim/check/consistency.h"
#include "tests/abstract/tale.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>
#include <string>

namespace cleave::test {
namespace {

using Kind = abstract::Flaw::Kind;

constexpr std::uint32_t kAlice = 0;
constexpr std::uint32_t kBob = 1;
constexpr std::uint32_t kCarol = 2;
constexpr std::uint64_t kChat = 7;
constexpr std::uint64_t kNews = 8;

Ask write(std::uint32_t client, std::uint64_t key = kChat) {
  return {client, Action::write, key, 0};
}
Ask read(std::uint32_t client, std::uint64_t key = kChat) {
  return {client, Action::read, key, 0};
}

// The levels that the story breaks.
std::set<Level> broken_by(const std::function<void(Tale&)>& story,
                          std::map<Level, Kind>* kinds = nullptr) {
  std::set<Level> broken;
  for (const Level level : levels_of_runs()) {
    abstract::ExecutionRecorder recorder({.store = Tale::kStore});
    Tale tale({&recorder});
    story(tale);
    abstract::Execution execution = std::move(recorder).build();
    const abstract::Finding finding = abstract::judge_execution(execution, level, 1'000);
    if (!finding.flaw) continue;
    broken.insert(level);
    if (kinds != nullptr) kinds->emplace(level, finding.flaw->kind);
  }
  return broken;
}

std::uint32_t ask(Tale& tale, std::uint32_t replica, const Ask& what) {
  const std::uint32_t o = tale.invoke(what);
  tale.answer(replica, o);
  return o;
}

const std::set<Level> kAll(levels_of_runs().begin(), levels_of_runs().end());

std::set<Level> all_but(std::set<Level> few) {
  std::set<Level> rest;
  for (const Level level : kAll)
    if (!few.contains(level)) rest.insert(level);
  return rest;
}

TEST(ReplicasShow, nothing_wrong_where_one_replica_answers_all) {
  EXPECT_EQ(broken_by([](Tale& tale) {
              ask(tale, 0, write(kAlice));
              ask(tale, 0, read(kBob));
              ask(tale, 0, write(kBob, kNews));
              ask(tale, 0, read(kAlice, kNews));
            }),
            std::set<Level>{});
}

TEST(ReplicasShow, a_stale_read_of_another_client) {
  std::map<Level, Kind> kinds;
  EXPECT_EQ(broken_by(
                [](Tale& tale) {
                  ask(tale, 0, write(kAlice));
                  ask(tale, 1, read(kBob));
                },
                &kinds),
            (std::set<Level>{Level::linearizable}));
  EXPECT_EQ(kinds.at(Level::linearizable), Kind::missed);
}

TEST(ReplicasShow, no_stale_read_of_another_object) {
  EXPECT_EQ(broken_by([](Tale& tale) {
              ask(tale, 0, write(kAlice));
              ask(tale, 1, read(kBob, kNews));
            }),
            std::set<Level>{});
}

TEST(ReplicasShow, that_a_client_misses_its_own_write) {
  EXPECT_EQ(broken_by([](Tale& tale) {
              ask(tale, 0, write(kAlice));
              ask(tale, 1, read(kAlice));
            }),
            all_but({Level::monotonic_reads, Level::monotonic_writes, Level::writes_follow_reads}));
}

TEST(ReplicasShow, that_a_read_goes_back) {
  EXPECT_EQ(broken_by([](Tale& tale) {
              ask(tale, 0, write(kAlice));
              ask(tale, 0, read(kBob));
              ask(tale, 1, read(kBob));
            }),
            all_but({Level::read_your_writes}));
}

// Bob, who saw nothing of it, saw it all the same: by what Alice wrote afterwards.
TEST(ReplicasShow, that_writes_of_one_client_come_in_the_wrong_order) {
  std::map<Level, Kind> kinds;
  EXPECT_EQ(broken_by(
                [](Tale& tale) {
                  ask(tale, 0, write(kAlice));
                  const std::uint32_t second = ask(tale, 0, write(kAlice, kNews));
                  tale.apply(1, second);
                  ask(tale, 1, read(kBob, kNews));
                },
                &kinds),
            (std::set<Level>{Level::sequential, Level::causal_memory, Level::causal_convergence,
                             Level::causal, Level::pram, Level::monotonic_writes,
                             Level::writes_follow_reads}));
  EXPECT_EQ(kinds.at(Level::monotonic_writes), Kind::session_order);
}

TEST(ReplicasShow, an_answer_to_what_was_not_seen) {
  std::map<Level, Kind> kinds;
  EXPECT_EQ(broken_by(
                [](Tale& tale) {
                  ask(tale, 0, write(kAlice));
                  ask(tale, 0, read(kBob));
                  const std::uint32_t answer = ask(tale, 0, write(kBob, kNews));
                  tale.apply(1, answer);
                  ask(tale, 1, read(kCarol, kNews));
                },
                &kinds),
            (std::set<Level>{Level::sequential, Level::causal_memory, Level::causal_convergence,
                             Level::causal, Level::writes_follow_reads}));
  EXPECT_EQ(kinds.at(Level::writes_follow_reads), Kind::cause_missing);
}

// Two clients see two writes in opposite orders.
TEST(ReplicasShow, two_orders_of_concurrent_writes) {
  std::map<Level, Kind> kinds;
  EXPECT_EQ(broken_by(
                [](Tale& tale) {
                  const std::uint32_t a = tale.invoke(write(kAlice));
                  const std::uint32_t b = tale.invoke(write(kBob));
                  tale.answer(0, a);
                  tale.answer(1, b);
                  tale.apply(0, b);
                  tale.apply(1, a);
                  ask(tale, 0, read(kAlice));
                  ask(tale, 1, read(kBob));
                },
                &kinds),
            (std::set<Level>{Level::linearizable, Level::sequential, Level::causal_convergence}));
  EXPECT_EQ(kinds.at(Level::causal_convergence), Kind::cycle);
  EXPECT_EQ(kinds.at(Level::linearizable), Kind::fork);
}

// A client sees what it knows in another order: no one order fits its reads.
TEST(ReplicasShow, that_one_client_saw_two_orders) {
  std::map<Level, Kind> kinds;
  const std::set<Level> broken = broken_by(
      [](Tale& tale) {
        const std::uint32_t a = tale.invoke(write(kAlice));
        const std::uint32_t b = tale.invoke(write(kBob));
        tale.answer(0, a);
        tale.answer(1, b);
        tale.apply(0, b);
        tale.apply(1, a);
        ask(tale, 0, read(kCarol));
        ask(tale, 1, read(kCarol));
      },
      &kinds);
  EXPECT_EQ(broken, (std::set<Level>{Level::linearizable, Level::sequential, Level::causal_memory,
                                     Level::causal_convergence, Level::pram}));
  EXPECT_EQ(kinds.at(Level::pram), Kind::reordered);
}

// What was acknowledged and seen is given up, as by a primary that was deposed.
TEST(ReplicasShow, that_an_update_was_retracted_after_it_had_been_seen) {
  const std::set<Level> broken = broken_by([](Tale& tale) {
    const std::uint32_t lost = ask(tale, 0, write(kAlice));
    ask(tale, 0, read(kBob));
    tale.retract(0, lost);
    ask(tale, 0, write(kCarol));
    ask(tale, 0, read(kBob));
  });
  EXPECT_EQ(broken, all_but({Level::read_your_writes}));
}

// The same, and nobody had seen it: it was never there, but for Alice, who asks no more.
TEST(ReplicasShow, nothing_of_an_update_that_was_retracted_unseen) {
  const std::set<Level> broken = broken_by([](Tale& tale) {
    const std::uint32_t lost = tale.invoke(write(kAlice));
    tale.apply(0, lost);
    tale.retract(0, lost);
    ask(tale, 0, write(kCarol));
    ask(tale, 0, read(kBob));
  });
  EXPECT_EQ(broken, std::set<Level>{});
}

// From the middle: what came behind it stays.
TEST(ReplicasShow, what_is_left_where_an_earlier_update_is_retracted) {
  const std::set<Level> broken = broken_by([](Tale& tale) {
    const std::uint32_t lost = tale.invoke(write(kAlice));
    tale.apply(0, lost);
    const std::uint32_t kept = tale.invoke(write(kBob, kNews));
    tale.apply(0, kept);
    tale.retract(0, lost);
    tale.answer(0, kept);
    ask(tale, 0, read(kBob, kNews));
  });
  EXPECT_EQ(broken, std::set<Level>{});
}

TEST(ReplicasShow, an_answer_that_does_not_follow_from_what_they_hold) {
  std::map<Level, Kind> kinds;
  EXPECT_EQ(broken_by(
                [](Tale& tale) {
                  ask(tale, 0, write(kAlice));
                  const std::uint32_t o = tale.invoke(read(kBob));
                  Completed answer = tale.send(0, o);
                  answer.values = {99};
                  tale.tell(o, answer);
                },
                &kinds),
            kAll);
  EXPECT_EQ(kinds.at(Level::causal), Kind::wrong_answer);
}

TEST(ReplicasShow, that_an_update_was_acknowledged_and_not_applied) {
  std::map<Level, Kind> kinds;
  EXPECT_EQ(broken_by(
                [](Tale& tale) {
                  const std::uint32_t claimed = tale.invoke(write(kCarol));
                  tale.claim(0, claimed);
                  tale.tell(claimed, Completed{.outcome = Outcome::ok, .version = 1});
                },
                &kinds),
            kAll);
  EXPECT_EQ(kinds.at(Level::causal), Kind::not_applied);
}

TEST(ReplicasShow, an_update_that_was_refused) {
  std::map<Level, Kind> kinds;
  EXPECT_EQ(broken_by(
                [](Tale& tale) {
                  const std::uint32_t o = tale.invoke(write(kAlice));
                  tale.apply(0, o);
                  tale.tell(o, Completed{.outcome = Outcome::refused});
                  ask(tale, 0, read(kBob));
                },
                &kinds),
            kAll);
  EXPECT_EQ(kinds.at(Level::causal), Kind::denied);
}

TEST(ReplicasShow, nothing_where_nobody_says_who_answered) {
  std::map<Level, Kind> kinds;
  broken_by(
      [](Tale& tale) {
        const std::uint32_t o = tale.invoke(read(kAlice));
        tale.tell(o, Completed{.outcome = Outcome::ok});
      },
      &kinds);
  EXPECT_EQ(kinds.at(Level::causal), Kind::unanswered);
}

// Two answers were on their way, and the later one was lost.
TEST(ReplicasShow, which_of_two_answers_a_client_got) {
  EXPECT_EQ(broken_by([](Tale& tale) {
              ask(tale, 0, write(kAlice));
              const std::uint32_t o = tale.invoke(read(kAlice));
              const Completed answer = tale.send(0, o);
              tale.send(1, o);  // which has nothing
              tale.tell(o, answer);
            }),
            std::set<Level>{});
}

// A conflict that is told late: the version says what it was that it met.
TEST(ReplicasShow, what_a_conflict_met) {
  EXPECT_EQ(broken_by([](Tale& tale) {
              ask(tale, 0, write(kAlice));
              const std::uint32_t swap = tale.invoke({kBob, Action::compare_and_set, kChat, 0});
              const Completed conflict = tale.send(0, swap);
              ask(tale, 0, write(kCarol, kNews));
              ask(tale, 0, write(kAlice));
              tale.claim(0, swap);
              tale.tell(swap, conflict);
            }),
            std::set<Level>{});
}

}  // namespace
}  // namespace cleave::test
