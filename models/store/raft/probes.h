// What sometimes happens in a Raft group, and must have happened in a campaign that claims to have
// tested it.
#pragma once
#include "sim/trace/probe.h"

#include <array>
#include <string_view>

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
// Of snapshots.
inline constexpr Probe kSnapshotTaken("raft: a snapshot was taken");
inline constexpr Probe kSnapshotInstalled("raft: a snapshot was installed");
inline constexpr Probe kSnapshotOvertaken("raft: entries overtook a snapshot",
                                          Probe::Frequency::rare);
// Of what an administrator orders.
inline constexpr Probe kLearnerAdded("raft: a learner was added");
inline constexpr Probe kLearnerPromoted("raft: a learner was promoted");
inline constexpr Probe kMemberRemoved("raft: a member was removed");
inline constexpr Probe kLeaderRemoved("raft: a leader was removed");
inline constexpr Probe kChangeTakenBack("raft: a change of members was taken back");
inline constexpr Probe kHandedOver("raft: the lead was handed over");
inline constexpr Probe kNotHandedOver("raft: the lead was not handed over in time");

// A probe, and when a store's options let it come past it.
struct Placed {
  Probe probe;
  std::string_view needs = "";       // a key of the options, or of an item of `administration`
  std::string_view or_else = "";     // or this one; both empty: nothing is needed
  std::string_view unless_off = "";  // a switch that is on if it is not named
};

inline constexpr std::array kAll{
    Placed{kElectionWithoutWinner},
    Placed{.probe = kPreVoteRefused, .unless_off = "pre_vote"},
    Placed{kLogBehind},
    Placed{kDeposed},
    Placed{.probe = kNoQuorum, .unless_off = "check_quorum"},
    Placed{kLogCutBack},
    Placed{kLogsDisagree},
    Placed{kOlderTermWaits},
    Placed{kRetryInLog},
    Placed{kReadsQueue},
    Placed{kDiskFull},
    Placed{kSnapshotTaken, "snapshot_every"},
    Placed{kSnapshotInstalled, "snapshot_every"},
    Placed{kSnapshotOvertaken, "snapshot_every"},
    Placed{kLearnerAdded, "add"},
    Placed{kLearnerPromoted, "add"},
    Placed{kMemberRemoved, "remove"},
    Placed{kLeaderRemoved, "remove"},
    Placed{kChangeTakenBack, "add", "remove"},
    Placed{kHandedOver, "transfer_to"},
    Placed{kNotHandedOver, "transfer_to"},
};

}  // namespace cleave::models::store::raft::probes
