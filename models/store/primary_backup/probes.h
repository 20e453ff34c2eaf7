// What sometimes happens to a primary and its backups, and must have happened in a campaign that
// claims to have tested it.
#pragma once
#include "sim/trace/probe.h"

#include <array>

namespace cleave::models::store::primary_backup::probes {

inline constexpr Probe kPromoted("primary-backup: a backup was promoted");
inline constexpr Probe kLeftOffice("primary-backup: a primary left office");
inline constexpr Probe kCutOff("primary-backup: entries that a successor never saw were cut off");
inline constexpr Probe kLeaseRanOut("primary-backup: a primary's lease ran out",
                                    Probe::Frequency::rare);  // only with fencing
inline constexpr Probe kFellBack("primary-backup: a primary went on without its backups",
                                 Probe::Frequency::rare);  // only with semi-sync

inline constexpr std::array kAll{kPromoted, kLeftOffice, kCutOff, kLeaseRanOut, kFellBack};

}  // namespace cleave::models::store::primary_backup::probes
