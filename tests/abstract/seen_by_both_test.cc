#include "sim/check/seen_by_both.h"

#include "sim/check/seen_by_replicas.h"
#include "tests/abstract/tale.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace cleave::test {
namespace {

constexpr std::uint32_t kAlice = 0;
constexpr std::uint32_t kBob = 1;
constexpr std::uint64_t kChat = 7;

Consistency by_clients(Level level = Level::linearizable) {
  return Consistency({.store = Tale::kStore, .level = level, .names = {{kChat, "chat"}}});
}
SeenByReplicas by_replicas(Level level = Level::linearizable, std::size_t most = 2'000'000) {
  return SeenByReplicas(
      {.store = Tale::kStore, .level = level, .names = {{kChat, "chat"}}, .most_operations = most});
}

std::uint32_t ask(Tale& tale, std::uint32_t replica, std::uint32_t client, Action action) {
  const std::uint32_t o = tale.invoke({client, action, kChat, 0});
  tale.answer(replica, o);
  return o;
}

TEST(SeenByReplicas, tells_of_a_violation_who_answered_without_what) {
  SeenByReplicas judge = by_replicas();
  Tale tale({&judge});
  ask(tale, 0, kAlice, Action::write);  // events 1 to 3: asked, applied, told
  ask(tale, 1, kBob, Action::read);     // events 4 and 5
  const Verdict verdict = judge.finish(tale.end());
  EXPECT_EQ(verdict.word, Word::violated);
  EXPECT_EQ(verdict.why,
            "node 101 answered the read of chat by bob (operation 1) without the write of chat by "
            "alice (operation 1)");
  EXPECT_EQ(verdict.witness, (std::vector<EventId>{{1}, {3}, {4}, {5}}));
  EXPECT_EQ(verdict.event, EventId{5});
  EXPECT_EQ(verdict.at, Time{4'000'000});
  EXPECT_FALSE(verdict.is_cleave_bug);
}

TEST(SeenByReplicas, holds_where_something_had_to_be_seen) {
  SeenByReplicas judge = by_replicas();
  Tale tale({&judge});
  ask(tale, 0, kAlice, Action::write);
  ask(tale, 0, kBob, Action::read);
  const Verdict verdict = judge.finish(tale.end());
  EXPECT_EQ(verdict.word, Word::holds);
  EXPECT_EQ(verdict.checked, 1u);
  EXPECT_EQ(verdict.why, "1 operation saw at its replica what the level asks for");
}

TEST(SeenByReplicas, is_vacuous_where_nothing_had_to_be_seen) {
  SeenByReplicas judge = by_replicas(Level::read_your_writes);
  Tale tale({&judge});
  ask(tale, 0, kAlice, Action::write);
  ask(tale, 0, kBob, Action::read);
  EXPECT_EQ(judge.finish(tale.end()).word, Word::vacuous);
}

TEST(SeenByReplicas, is_undecided_when_there_was_more_than_there_is_room_for) {
  SeenByReplicas judge = by_replicas(Level::linearizable, 1);
  Tale tale({&judge});
  ask(tale, 0, kAlice, Action::write);
  ask(tale, 0, kBob, Action::read);
  const Verdict verdict = judge.finish(tale.end());
  EXPECT_EQ(verdict.word, Word::undecided);
  EXPECT_EQ(verdict.why, "there were more than 1 operations: shorten the run");
}

TEST(SeenByReplicas, is_undecided_when_nobody_says_who_answered) {
  SeenByReplicas judge = by_replicas();
  Tale tale({&judge});
  tale.tell(tale.invoke({kAlice, Action::read, kChat, 0}), Completed{.outcome = Outcome::ok});
  EXPECT_EQ(judge.finish(tale.end()).word, Word::undecided);
}

TEST(SeenByReplicas, is_undecided_when_orders_differ_too_much_to_compare) {
  SeenByReplicas judge({.store = Tale::kStore, .level = Level::causal, .names = {}, .steps = 5});
  Tale tale({&judge});
  std::vector<std::uint32_t> writes;
  for (std::uint32_t i = 0; i < 8; ++i)
    writes.push_back(tale.invoke({10 + i, Action::write, i, 0}));
  for (std::size_t i = 0; i < writes.size(); ++i) {
    tale.apply(0, writes[i]);
    tale.apply(1, writes[writes.size() - 1 - i]);
  }
  ask(tale, 0, kBob, Action::read);
  ask(tale, 1, kBob, Action::read);
  const Verdict verdict = judge.finish(tale.end());
  EXPECT_EQ(verdict.word, Word::undecided) << verdict.why;
}

// Clients are told something else than replicas did, as if a judge or the simulation were wrong.
TEST(SeenByBoth, reports_a_bug_in_cleave_where_clients_see_what_cannot_be) {
  Consistency clients = by_clients();
  SeenByReplicas replicas = by_replicas();
  {
    Tale tale({&replicas});
    ask(tale, 0, kAlice, Action::write);
    ask(tale, 0, kBob, Action::read);
    Tale other({&clients});
    ask(other, 0, kAlice, Action::write);
    ask(other, 1, kBob, Action::read);
    const Verdict verdict = agree(clients.finish(other.end()), replicas.finish(tale.end()));
    EXPECT_EQ(verdict.word, Word::undecided);
    EXPECT_TRUE(verdict.is_cleave_bug);
    EXPECT_TRUE(verdict.why.starts_with("a bug in Cleave, please report it: ")) << verdict.why;
    EXPECT_NE(verdict.why.find("stale-read"), std::string::npos) << verdict.why;
    EXPECT_EQ(verdict.witness.size(), 4u);
  }
}

TEST(SeenByBoth, says_what_no_client_could_see) {
  SeenByBoth judge(by_clients(Level::monotonic_writes), by_replicas(Level::monotonic_writes));
  Tale tale({&judge});
  ask(tale, 0, kAlice, Action::write);
  const std::uint32_t second = tale.invoke({kAlice, Action::write, kChat, 0});
  tale.answer(0, second);
  tale.apply(1, second);
  ask(tale, 0, kAlice, Action::read);
  const std::uint32_t o = tale.invoke({kBob, Action::read, kChat, 0});
  Completed answer = tale.send(1, o);
  tale.tell(o, answer);
  ask(tale, 1, kBob, Action::read);
  const Verdict verdict = judge.finish(tale.end());
  EXPECT_FALSE(verdict.is_cleave_bug);
  EXPECT_NE(verdict.why.find("replicas did not keep it, and no client could see that: "),
            std::string::npos)
      << to_string(verdict.word) << ": " << verdict.why;
}

struct Case {
  Word clients;
  Word replicas;
  Word both;
  bool is_bug;
};

TEST(SeenByBoth, is_the_verdict_of_clients_but_where_the_other_one_proves_more) {
  constexpr std::array kCases{
      Case{Word::holds, Word::holds, Word::holds, false},
      Case{Word::holds, Word::violated, Word::holds, false},
      Case{Word::holds, Word::undecided, Word::holds, false},
      Case{Word::holds, Word::vacuous, Word::holds, false},
      Case{Word::violated, Word::holds, Word::undecided, true},
      Case{Word::violated, Word::violated, Word::violated, false},
      Case{Word::violated, Word::undecided, Word::violated, false},
      Case{Word::violated, Word::vacuous, Word::undecided, true},
      Case{Word::undecided, Word::holds, Word::holds, false},
      Case{Word::undecided, Word::violated, Word::undecided, false},
      Case{Word::undecided, Word::undecided, Word::undecided, false},
      Case{Word::undecided, Word::vacuous, Word::undecided, false},
      Case{Word::vacuous, Word::holds, Word::vacuous, false},
      Case{Word::vacuous, Word::violated, Word::vacuous, false},
  };
  for (const Case& c : kCases) {
    Verdict clients;
    clients.word = c.clients;
    Verdict replicas;
    replicas.word = c.replicas;
    const Verdict both = agree(clients, replicas);
    EXPECT_EQ(both.word, c.both) << to_string(c.clients) << ", " << to_string(c.replicas);
    EXPECT_EQ(both.is_cleave_bug, c.is_bug)
        << to_string(c.clients) << ", " << to_string(c.replicas);
  }
}

}  // namespace
}  // namespace cleave::test
