// What sometimes happens in a Cassandra store, and must have happened in a campaign that claims to
// have tested it.
#pragma once
#include "sim/trace/probe.h"

#include <array>
#include <string_view>

namespace cleave::models::store::cassandra::probes {

inline constexpr Probe kUnavailable("cassandra: too few replicas were up for a level");
inline constexpr Probe kWriteTimedOut("cassandra: a write timed out");
inline constexpr Probe kReadTimedOut("cassandra: a read timed out");
inline constexpr Probe kHintKept("cassandra: a hint was kept");
inline constexpr Probe kHintDelivered("cassandra: a hint was delivered");
inline constexpr Probe kNoHint("cassandra: no hint was kept, its window had passed",
                               Probe::Frequency::rare);
inline constexpr Probe kDigestsDiffer("cassandra: digests of a read differed");
inline constexpr Probe kReadRepaired("cassandra: a read repaired a replica");
inline constexpr Probe kSpeculated("cassandra: a read was tried at one more replica");
inline constexpr Probe kSeenDown("cassandra: a node was taken to be down");
inline constexpr Probe kSeenUp("cassandra: a node was seen to be up again");
inline constexpr Probe kClockRefused("cassandra: a node stamped nothing, a clock was off");
inline constexpr Probe kTimestampRefused("cassandra: a timestamp was too far ahead");
inline constexpr Probe kDiskFull("cassandra: a full disk took no write", Probe::Frequency::rare);
// Of tombstones and anti-entropy.
inline constexpr Probe kTombstonePurged("cassandra: a tombstone was purged",
                                        Probe::Frequency::rare);
inline constexpr Probe kResurrected("cassandra: what was deleted came back",
                                    Probe::Frequency::rare);
inline constexpr Probe kRepaired("cassandra: a node had repaired its ranges");
inline constexpr Probe kRepairedWithoutSome("cassandra: a range was repaired without a replica");
inline constexpr Probe kStreamed("cassandra: a repair brought what was missing");
// Of transactions.
inline constexpr Probe kContention("cassandra: a later ballot was in a transaction's way");
inline constexpr Probe kProposalRefused("cassandra: a proposal met a promise to a later one");
inline constexpr Probe kRoundFinished("cassandra: a round that was left undecided was finished");
inline constexpr Probe kCommitMissed("cassandra: an acceptor had missed a commit");
inline constexpr Probe kTransactionUnknown("cassandra: a transaction ended as unknown");

// A probe, and when a store's options let it come past it.
struct Placed {
  Probe probe;
  std::string_view unless_off = "";  // a switch that is on if it is not named
  std::string_view needs = "";       // a key of the options; empty: nothing is needed
};

inline constexpr std::array kAll{
    Placed{kUnavailable},
    Placed{kWriteTimedOut},
    Placed{kReadTimedOut},
    Placed{kHintKept, "hinted_handoff"},
    Placed{kHintDelivered, "hinted_handoff"},
    Placed{kNoHint},
    Placed{kDigestsDiffer},
    Placed{kReadRepaired, "read_repair"},
    Placed{kSpeculated, "speculative_retry"},
    Placed{kSeenDown},
    Placed{kSeenUp},
    Placed{.probe = kClockRefused, .needs = "max_clock_offset"},
    Placed{.probe = kTimestampRefused, .needs = "max_clock_offset"},
    Placed{kDiskFull},
    Placed{kTombstonePurged},
    Placed{kResurrected},
    Placed{.probe = kRepaired, .needs = "repair_every"},
    Placed{.probe = kRepairedWithoutSome, .needs = "repair_every"},
    Placed{.probe = kStreamed, .needs = "repair_every"},
    Placed{.probe = kContention, .needs = "cas_contention_timeout"},
    Placed{.probe = kProposalRefused, .needs = "cas_contention_timeout"},
    Placed{.probe = kRoundFinished, .needs = "cas_contention_timeout"},
    Placed{.probe = kCommitMissed, .needs = "cas_contention_timeout"},
    Placed{.probe = kTransactionUnknown, .needs = "cas_contention_timeout"},
};

}  // namespace cleave::models::store::cassandra::probes
