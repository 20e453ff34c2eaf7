#include "sim/network/access_profiles.h"

#include "sim/base/distribution.h"

#include <algorithm>
#include <array>

namespace cleave {
namespace {

constexpr std::string_view kMeasured =
    "medians and loss of a vendor's field measurements (Codavel: GB, US, DE, JP)";
constexpr std::string_view kThrottle =
    "a browser-testing tool's throttling profile (sitespeed.io), delay applied each way";
constexpr std::string_view kThrottleLossAssumed =
    "a browser-testing tool's throttling profile (sitespeed.io); loss assumed";
constexpr std::string_view kStudy =
    "a 2025 study of 5G in the field (Rizvi et al.): 6 ms at best, 5 % of users under 20 ms, 60 % "
    "under 50 Mbit/s; the middle assumed";
constexpr std::string_view kAssumed = "assumed";

constexpr Duration kRadioStaysAwake = 10_s;  // assumed, as are the promotions

constexpr BitRate kilobits(std::int64_t n) {
  return {n * 1000};
}

// name, about, round trip, loss per million, up, down, promotion, idle after, source
constexpr std::array<AccessProfile, 10> kProfiles{{
    {"2g", "GPRS", 800_ms, 10'000, kilobits(256), kilobits(280), {}, {}, kThrottleLossAssumed},
    {"3g", "UMTS", 300_ms, 0, kilobits(768), kilobits(1600), 2_s, kRadioStaysAwake, kThrottle},
    {"3g-fast", "HSPA", 150_ms, 0, kilobits(768), kilobits(1600), 2_s, kRadioStaysAwake, kThrottle},
    {"3g-slow", "UMTS at the edge of a cell", 400_ms, 0, kilobits(400), kilobits(400), 2_s,
     kRadioStaysAwake, kThrottle},
    {"4g", "a good mobile connection", 38_ms, 3'500, {}, {}, 100_ms, kRadioStaysAwake, kMeasured},
    {"5g", "a usual 5G connection", 30_ms, 1'000, kilobits(10'000), kilobits(45'000), 100_ms,
     kRadioStaysAwake, kStudy},
    {"edge", "EDGE", 840_ms, 10'000, kilobits(200), kilobits(240), {}, {}, kThrottleLossAssumed},
    {"lte",
     "LTE as browser tests assume it",
     70_ms,
     0,
     {},
     {},
     100_ms,
     kRadioStaysAwake,
     kThrottle},
    {"wifi", "a good wireless LAN and the line behind it", 18_ms, 1'500, {}, {}, {}, {}, kMeasured},
    {"wired", "a cable to the office or the data centre", 4_ms, 0, {}, {}, {}, {}, kAssumed},
}};

}  // namespace

std::span<const AccessProfile> access_profiles() {
  return kProfiles;
}

const AccessProfile* find_access_profile(std::string_view name) {
  const auto found = std::find_if(kProfiles.begin(), kProfiles.end(),
                                  [name](const AccessProfile& p) { return p.name == name; });
  return found == kProfiles.end() ? nullptr : &*found;
}

AccessDelay access_delay(Duration median) {
  constexpr std::uint32_t kSigmaThousandths = 300;
  constexpr std::size_t kKnots = 257;
  const LogNormalLaw law{static_cast<std::uint64_t>(median.ns), kSigmaThousandths};
  AccessDelay delay{{}, quantile_table(law, kKnots)};
  const std::uint64_t floor = delay.more_ns.front();
  delay.floor.ns = static_cast<std::int64_t>(floor);
  for (std::uint64_t& knot : delay.more_ns)
    knot -= floor;
  return delay;
}

}  // namespace cleave
