// The clock of a host. Wall time may be offset, jump, drift or freeze; monotonic time only drifts.
// Drift is in parts per billion of true time: +1000 gains a microsecond a second.
#pragma once
#include "sim/base/describe.h"
#include "sim/base/fixed_point.h"
#include "sim/base/random.h"
#include "sim/base/time.h"

#include <cstdint>
#include <optional>

namespace cleave {

constexpr std::int64_t kBillion = 1'000'000'000;

struct Clock {
  Duration offset;                // of wall time
  std::int64_t drift_ppb = 0;     // in (-1e9, 1e9)
  Time drift_since;               // true time of the last change of drift
  Duration drifted;               // gained before that
  std::optional<Time> frozen_at;  // what the wall shows while frozen
  CLEAVE_DESCRIBE(offset, drift_ppb, drift_since, drifted, frozen_at)

  Time monotonic(Time now) const {
    if (drift_ppb == 0) return now + drifted;
    const Duration gained = scale(now - drift_since, drift_ppb, kBillion);
    return now + drifted + gained;
  }
  Time wall(Time now) const { return frozen_at ? *frozen_at : monotonic(now) + offset; }

  void set_drift(Time now, std::int64_t ppb) {
    drifted = monotonic(now) - now;
    drift_since = now;
    drift_ppb = ppb;
  }
  // How long a timer of `local` takes in true time; rounded up, so that it never fires early.
  Duration true_duration(Duration local) const {
    if (drift_ppb == 0) return local;
    const std::int64_t ticks_per_billion = kBillion + drift_ppb;
    const auto rate = static_cast<u128>(ticks_per_billion);
    const u128 scaled = static_cast<u128>(local.ns) * static_cast<u128>(kBillion);
    return {static_cast<std::int64_t>((scaled + rate - 1) / rate)};
  }

 private:
  static Duration scale(Duration d, std::int64_t by, std::int64_t over) {
    return {static_cast<std::int64_t>(static_cast<i128>(d.ns) * by / over)};
  }
};

}  // namespace cleave
