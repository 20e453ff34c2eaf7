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
  truncate_without_conflict,
  snapshot_over_newer_log,
  snapshot_without_sessions,
  shorten_before_sync,
  change_before_own_entry,
  two_changes_at_once,
  count_learners,
  lease_from_answer,
  lease_by_ticks,
};

struct PlantedBug {
  Bug bug;
  std::string_view name;        // as a scenario says it
  std::string_view what;        // the mistake, as a sentence
  std::string_view caught_by;   // the invariant; or what clients see
  std::string_view scenario{};  // see store::PlantedBug
};

// Of bugs in snapshots.
inline constexpr std::string_view kShortLogs = "scenarios/canaries/short-logs.yaml";
// Of bugs in changing members.
inline constexpr std::string_view kMembers = "scenarios/swarms/raft-members.yaml";
// Of bugs in leases.
inline constexpr std::string_view kLeases = "scenarios/canaries/leases.yaml";

inline constexpr std::array<PlantedBug, 17> kBugs{{
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
    {Bug::truncate_without_conflict, "truncate-without-conflict",
     "A follower cuts its log off after what a message brings, though nothing conflicts.",
     "a replica never removes what is committed", kShortLogs},
    {Bug::snapshot_over_newer_log, "snapshot-over-newer-log",
     "A follower installs a snapshot although its own log goes further.", "committed for ever",
     kShortLogs},
    {Bug::snapshot_without_sessions, "snapshot-without-sessions",
     "A snapshot has the objects, and not which operations took effect.",
     "another replica's snapshot has another state", kShortLogs},
    {Bug::shorten_before_sync, "shorten-before-sync",
     "The log is shortened before the disk has the snapshot.",
     "the log goes on where the snapshot ends", kShortLogs},
    {Bug::change_before_own_entry, "change-before-own-entry",
     "A new leader changes the group before an entry of its own term is committed.",
     "change after own entry", kMembers},
    {Bug::two_changes_at_once, "two-changes-at-once",
     "A leader changes the group again before the last change is committed.",
     "one change at a time", kMembers},
    {Bug::count_learners, "count-learners", "A learner's disk counts as if it had a vote.",
     "leader completeness", "scenarios/canaries/learners.yaml"},
    {Bug::lease_from_answer, "lease-from-answer",
     "A lease is counted from when a heartbeat was answered, not from when it was sent.",
     "stale read", kLeases},
    {Bug::lease_by_ticks, "lease-by-ticks",
     "A lease is counted in the leader's own heartbeats, which stand still while it is paused.",
     "stale read", kLeases},
}};

}  // namespace cleave::models::store::raft
