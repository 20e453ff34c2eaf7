// What sometimes happens in a Raft group, and must have happened in a campaign that claims to have
// tested it.
#pragma once
#include "sim/trace/probe.h"

#include <array>

namespace cleave::models::store::raft::probes {

inline constexpr Probe kElectionWithoutWinner("raft: an election had no winner");
inline constexpr Probe kPreVoteRefused("raft: a pre-vote was refused");
inline constexpr Probe kLogBehind("raft: a vote was refused to a log that is behind");
inline constexpr Probe kDeposed("raft: a leader was deposed by a newer term");
inline constexpr Probe kNoQuorum("raft: a leader heard no majority and stepped down");
inline constexpr Probe kLogCutBack("raft: a follower's log was cut back");
inline constexpr Probe kLogsDisagree("raft: a follower lacked the entry before");
inline constexpr Probe kOlderTermWaits("raft: a majority had an entry of an older term");
inline constexpr Probe kRetryInLog("raft: a retry met its own entry, not yet applied");
inline constexpr Probe kReadsQueue("raft: a read waited for the next round");
inline constexpr Probe kDiskFull("raft: a full disk took no entries", Probe::Frequency::rare);

inline constexpr std::array kAll{
    kElectionWithoutWinner, kPreVoteRefused, kLogBehind,  kDeposed,    kNoQuorum, kLogCutBack,
    kLogsDisagree,          kOlderTermWaits, kRetryInLog, kReadsQueue, kDiskFull};

}  // namespace cleave::models::store::raft::probes
