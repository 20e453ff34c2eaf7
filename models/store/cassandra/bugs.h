// Mistakes that the implementers of stores of this kind have made, as switches: what judges and
// invariants are for. Each names who must find it.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace cleave::models::store::cassandra {

enum class Bug : std::uint8_t {
  count_twice,
  acknowledge_before_sync,
  answer_without_digests,
  repair_with_own_clock,
  hint_with_new_timestamp,
  hint_forgotten_when_sent,
  purge_early,
  repair_skips_a_range,
  accept_stale_ballot,
  forget_undecided,
  read_without_proposal,
};

struct PlantedBug {
  Bug bug;
  std::string_view name;        // as a scenario says it
  std::string_view what;        // the mistake, as a sentence
  std::string_view caught_by;   // the invariant; or what clients see
  std::string_view scenario{};  // see store::PlantedBug
};

// Of bugs in hints, which repair would heal.
inline constexpr std::string_view kHints = "scenarios/canaries/hints.yaml";
// Of bugs in forgetting and repairing.
inline constexpr std::string_view kTombstones = "scenarios/canaries/tombstones.yaml";
// Of a bug that no judge of histories can see but by luck, since an outcome that is unknown may
// come true at any time: what finds it is this test.
inline constexpr std::string_view kTestAlone = "tests/store/cassandra_transactions_test.cc";
// Of bugs in transactions.
inline constexpr std::string_view kTransactions = "scenarios/canaries/transactions.yaml";

inline constexpr std::array<PlantedBug, 11> kBugs{{
    {Bug::count_twice, "count-twice",
     "A coordinator that is a replica counts its own answer twice.", "acknowledged at its level"},
    {Bug::acknowledge_before_sync, "acknowledge-before-sync",
     "With commitlog_sync: batch a replica answers before its disk has the write.",
     "acknowledged at its level"},
    {Bug::answer_without_digests, "answer-without-digests",
     "A coordinator answers a read with the first data that comes, whatever the level.",
     "stale read"},
    {Bug::repair_with_own_clock, "repair-with-own-clock",
     "Read repair writes cells with the coordinator's time instead of their own.",
     "timestamps of coordinators"},
    {Bug::hint_with_new_timestamp, "hint-with-new-timestamp",
     "A hint is written with the time of its delivery, as a new write.",
     "timestamps of coordinators"},
    {Bug::hint_forgotten_when_sent, "hint-forgotten-when-sent",
     "A hint is deleted when it is sent, not when it is stored.", "recovers accounts", kHints},
    {Bug::purge_early, "purge-early",
     "A compaction forgets tombstones at once, without waiting for gc_grace.",
     "lost-acknowledged-writes", kTombstones},
    {Bug::repair_skips_a_range, "repair-skips-a-range",
     "A repair leaves out the last of a node's ranges.", "recovers accounts", kTombstones},
    {Bug::accept_stale_ballot, "accept-stale-ballot",
     "An acceptor accepts a proposal although it has promised a later ballot.", "linearizable",
     kTransactions},
    {Bug::forget_undecided, "forget-undecided",
     "A proposer does not finish what acceptors tell it was accepted and not decided.",
     "linearizable", kTransactions},
    {Bug::read_without_proposal, "read-without-proposal",
     "A serial read and a condition that fails end without a proposal, and what they saw undecided "
     "may come true later (CASSANDRA-12126).",
     "it came true later", kTestAlone},
}};

}  // namespace cleave::models::store::cassandra
