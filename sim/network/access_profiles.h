// How devices reach the edge of their region: round trips, loss, bandwidth and idle radios of
// everyday access networks, as published measurements and test profiles have them. Where no figure
// is published the source says "assumed".
#pragma once
#include "sim/base/bytes.h"
#include "sim/base/time.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace cleave {

struct AccessProfile {
  std::string_view name;
  std::string_view about;
  Duration rtt;                        // median round trip, device to edge and back
  std::uint64_t loss_per_million = 0;  // packets lost, each way
  BitRate up, down;                    // 0: not limited
  Duration promotion;                  // what the first packet after an idle time waits
  Duration idle_after;                 // how long the radio stays awake without packets
  std::string_view source;
};

// In order of name.
std::span<const AccessProfile> access_profiles();
// Null if there is none of this name.
const AccessProfile* find_access_profile(std::string_view name);

// Jitter of an access link whose median latency is `median`: log-normal with sigma 0.3 (assumed).
// `floor` is the least a packet takes, the knots of the quantile table what it may take more, so
// that half of all packets take the median or less.
struct AccessDelay {
  Duration floor;
  std::vector<std::uint64_t> more_ns;
};
AccessDelay access_delay(Duration median);

}  // namespace cleave
