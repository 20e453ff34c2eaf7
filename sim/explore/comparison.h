// Several configurations of a scenario under several seeds, each seed with all of them: what
// differs between them, paired by seed, so that the weather is not taken for the design. Nothing is
// claimed of a configuration that is true of one seed only: medians come with what 90 % of the
// seeds lie between, and differences with how many seeds they were seen in.
#pragma once
#include "sim/scenario/run_result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {

// What is compared: of all stores, groups and windows of one run together.
enum class Measure : std::uint8_t {
  apart,         // updates: the largest distance of two replicas
  together,      // ns: when the last store was together again; none: never apart, or to the end
  lost,          // acknowledged updates that no replica holds at the end
  stale,         // reads (check/cap_ledger.h)
  least_served,  // millionths: of the group and window that was served least
  p50,           // ns: of the operation whose p50 is the longest; and so is
  p99,
};
constexpr std::size_t kMeasures = 7;
std::string_view to_string(Measure measure);

// One run, as far as comparisons look at it.
struct Measured {
  struct Operation {
    std::string name;  // "write accounts"
    Duration p50;
    bool operator==(const Operation&) const = default;
  };
  Status status = Status::as_stated;
  std::array<std::optional<std::int64_t>, kMeasures> values;
  std::vector<Operation> operations;
  bool operator==(const Measured&) const = default;
};
Measured measured(const RunResult& run);

// As one line of text, and back: how worker processes tell it. Requires: made by to_line().
std::string to_line(const Measured& measured);
Measured read_measured(std::string_view line);

// Nearest rank: of the values that there are. With fewer than kFewSeeds, `low` and `high` are the
// smallest and the largest.
constexpr std::size_t kFewSeeds = 20;
struct Spread {
  std::size_t count = 0;  // of seeds that have a value
  std::int64_t median = 0;
  std::int64_t low = 0;   // 5 % are below it
  std::int64_t high = 0;  // 5 % are above it
  bool operator==(const Spread&) const = default;
};
std::optional<Spread> spread_of(std::vector<std::int64_t> values);

// Seed by seed, against another configuration.
struct PairedDifference {
  std::size_t higher = 0, lower = 0, equal = 0;  // seeds
  std::int64_t median = 0;                       // of the differences
};

struct Compared {
  std::string name;                // of the configuration; empty: as written
  std::string value;               // of what was varied: "faults.slow.by=50ms"; empty: nothing was
  std::optional<Duration> delay;   // if that is the delay that a fault adds
  std::vector<Measured> of_seeds;  // by seed
};

struct Comparison {
  std::string scenario, file;
  std::vector<std::string> settings;
  std::uint32_t behaviour = 0;
  std::uint64_t first_seed = 0, last_seed = 0;
  std::vector<Compared> all;  // at least one; the first is what the others are compared with
};

std::optional<Spread> spread_of(const Compared& compared, Measure measure);
// Nothing if no seed has the value in both.
std::optional<PairedDifference> difference(const Compared& from, const Compared& to,
                                           Measure measure);
std::size_t as_stated(const Compared& compared);  // seeds
Status status_of(const Comparison& comparison);

// How much longer an operation takes for each nanosecond of added delay, in thousandths: the median
// of the slopes between any two delays (Theil 1950, Sen 1968) of the median p50. PACELC's L, else:
// 0 is an operation that waits for nobody far away, 2000 one that waits for one round trip.
struct DelaySlope {
  std::string configuration;
  std::string operation;
  std::int64_t thousandths = 0;
  std::size_t delays = 0;
};
std::vector<DelaySlope> delay_slopes(const Comparison& comparison);

}  // namespace cleave
