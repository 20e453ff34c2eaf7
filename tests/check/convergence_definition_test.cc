// The judge of convergence against its definition, computed with the whole run in hand.
#include "sim/base/random.h"
#include "sim/check/convergence.h"
#include "tests/check/story.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cleave::test {
namespace {

constexpr std::uint32_t kUpdates = 4;
const std::vector<NodeId> kReplicas{kEast, kWest, kEurope};

OperationId op(std::uint32_t index) {
  return {kAlice, index};
}

struct Reference {
  std::int64_t within_ms = 0;
  std::map<NodeId, std::set<OperationId>> held;
  std::set<NodeId> down;
  std::map<OperationId, std::int64_t> since;  // open disputes
  bool fault_over = false;
  std::int64_t fault_end_ms = 0;
  bool any_update = false;
  std::optional<std::int64_t> violated_ms;

  // Nothing happens before `ms`.
  void pass_until(std::int64_t ms) {
    for (const auto& [update, opened] : since) {
      const std::int64_t due = std::max(opened, fault_end_ms) + within_ms;
      if (fault_over && due < ms) violated_ms = std::min(due, violated_ms.value_or(due));
    }
  }

  // Something happened at `ms`.
  void look(std::int64_t ms) {
    std::map<OperationId, std::int64_t> open;
    for (std::uint32_t n = 1; n <= kUpdates; ++n) {
      std::size_t holders = 0;
      for (const NodeId node : kReplicas)
        holders += down.count(node) == 0 && held[node].count(op(n)) > 0 ? 1 : 0;
      if (holders == 0 || holders == kReplicas.size() - down.size()) continue;
      const auto before = since.find(op(n));
      open[op(n)] = before == since.end() ? ms : before->second;
    }
    since = open;
  }

  Word word() const {
    if (violated_ms) return Word::violated;
    if (!any_update || kReplicas.size() - down.size() < 2) return Word::vacuous;
    return fault_over && since.empty() ? Word::holds : Word::undecided;
  }
};

// One random thing, told to the judge and to the reference.
void act(Random& r, std::int64_t ms, Story& story, Reference& reference) {
  const NodeId replica = kReplicas[static_cast<std::size_t>(r.below(3))];
  const NodeId from = kReplicas[static_cast<std::size_t>(r.below(3))];
  const OperationId update = op(static_cast<std::uint32_t>(1 + r.below(kUpdates)));
  const std::uint64_t what = r.below(20);
  if (what < 9) {
    if (reference.down.count(replica) > 0) return;
    story.applied(replica, update);
    reference.held[replica].insert(update);
    reference.any_update = true;
  } else if (what < 11) {
    story.retracted(replica, update);
    reference.held[replica].erase(update);
  } else if (what < 15) {
    const std::set<OperationId> taken = reference.held[from];
    story.installed(replica, {taken.begin(), taken.end()});
    reference.held[replica] = taken;
  } else if (what < 17) {
    story.fault_ends();
    reference.fault_over = true;
    reference.fault_end_ms = ms;
  } else if (what == 17) {
    story.fault_begins();
    reference.fault_over = false;
  } else if (what == 18) {
    story.goes_down(replica);
    reference.down.insert(replica);
  } else {
    story.comes_up(replica);
    reference.down.erase(replica);
  }
}

TEST(Convergence, agrees_with_its_definition_on_random_runs) {
  const char* given = std::getenv("CLEAVE_TEST_SEED");
  const std::uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : 2011;
  std::map<Word, int> words;
  for (std::uint64_t round = 0; round < 1000; ++round) {
    SCOPED_TRACE("CLEAVE_TEST_SEED=" + std::to_string(seed) + ", round " + std::to_string(round));
    Random r = Random::at(seed, 1, 2, round);
    Reference reference;
    reference.within_ms = static_cast<std::int64_t>(5 + r.below(30));
    Convergence judge({kStore, kReplicas, Duration{reference.within_ms * 1'000'000}, kSplit});
    Story story(judge);
    std::int64_t ms = 0;
    for (std::uint64_t steps = 5 + r.below(60); steps > 0; --steps) {
      ms += static_cast<std::int64_t>(r.below(4));
      reference.pass_until(ms);
      story.at(ms);
      act(r, ms, story, reference);
      reference.look(ms);
    }
    ms += static_cast<std::int64_t>(r.below(40));
    reference.pass_until(ms + 1);
    const Verdict verdict = judge.finish(story.at(ms).end());
    ASSERT_EQ(verdict.word, reference.word()) << verdict.why;
    if (reference.violated_ms) {
      ASSERT_EQ(verdict.at, at_ms(*reference.violated_ms));
    }
    ++words[verdict.word];
  }
  for (const Word word : {Word::holds, Word::violated, Word::undecided, Word::vacuous})
    EXPECT_GT(words[word], 10) << to_string(word);
}

}  // namespace
}  // namespace cleave::test
