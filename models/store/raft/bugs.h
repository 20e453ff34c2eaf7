// Mistakes that Raft's implementers have made, as switches: what judges and invariants are for.
// Each names who must find it; one that is not found says that nobody looked.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace cleave::models::store::raft {

enum class Bug : std::uint8_t {
  vote_twice,
  forget_vote,
  vote_for_any_log,
  skip_log_check,
  commit_older_terms,
  acknowledge_before_sync,
  read_without_round,
  read_before_own_entry,
};

struct PlantedBug {
  Bug bug;
  std::string_view name;        // as a scenario says it
  std::string_view what;        // the mistake, as a sentence
  std::string_view caught_by;   // the invariant; or what clients see
  std::string_view scenario{};  // see store::PlantedBug
};

inline constexpr std::array<PlantedBug, 8> kBugs{{
    {Bug::vote_twice, "vote-twice", "A vote of the term is given again, to whoever asks.",
     "one vote"},
    {Bug::forget_vote, "forget-vote",
     "The disk gets the term without the vote; a crash forgets it.", "one vote"},
    {Bug::vote_for_any_log, "vote-for-any-log", "A vote is given to a log that is less up to date.",
     "leader completeness"},
    {Bug::skip_log_check, "skip-log-check",
     "A follower appends what it is sent without looking at the entry before it.", "log matching"},
    {Bug::commit_older_terms, "commit-older-terms",
     "A leader commits entries of older terms by counting replicas.", "leader completeness",
     "scenarios/canaries/commit-older-terms.yaml"},
    {Bug::acknowledge_before_sync, "acknowledge-before-sync",
     "A follower answers before its disk has the entries.", "leader completeness"},
    {Bug::read_without_round, "read-without-round",
     "A leader answers reads by ReadIndex without asking whether it still leads.", "stale read"},
    {Bug::read_before_own_entry, "read-before-own-entry",
     "A new leader answers reads before an entry of its own term is committed.", "stale read"},
}};

}  // namespace cleave::models::store::raft
