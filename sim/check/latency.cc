#include "sim/check/latency.h"

#include "sim/base/assert.h"
#include "sim/base/random.h"

#include <algorithm>
#include <bit>
#include <cstddef>

namespace cleave {
namespace {

constexpr int kPrecisionBits = 7;  // 128 buckets within each power of two
constexpr std::uint64_t kPerOctave = 1u << kPrecisionBits;

// Values below 2 * kPerOctave have a bucket each; above, the leading kPrecisionBits + 1 bits
// decide.
std::size_t bucket_of(std::uint64_t value) {
  const int width = static_cast<int>(std::bit_width(value));
  const int shift = std::max(0, width - kPrecisionBits - 1);
  return static_cast<std::size_t>(static_cast<std::uint64_t>(shift) * kPerOctave +
                                  (value >> shift));
}

std::uint64_t largest_of(std::size_t bucket) {
  if (bucket < 2 * kPerOctave) return bucket;
  const std::uint64_t shift = bucket / kPerOctave - 1;
  const std::uint64_t lead = bucket - shift * kPerOctave;
  return ((lead + 1) << shift) - 1;
}

}  // namespace

void LatencyHistogram::add(Duration value) {
  CLEAVE_CHECK(value.ns >= 0, "an operation is completed after it is invoked");
  const std::size_t bucket = bucket_of(static_cast<std::uint64_t>(value.ns));
  if (bucket >= buckets_.size()) buckets_.resize(bucket + 1);
  ++buckets_[bucket];
  ++count_;
  largest_ = std::max(largest_, value);
}

Duration LatencyHistogram::quantile(std::uint64_t numerator, std::uint64_t denominator) const {
  CLEAVE_CHECK(count_ > 0, "quantiles are asked of histograms that are not empty");
  const u128 scaled = u128(count_) * numerator;
  const auto rank = static_cast<std::uint64_t>((scaled + denominator - 1) / denominator);
  std::uint64_t seen = 0;
  for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
    seen += buckets_[bucket];
    if (seen < rank) continue;
    return std::min(largest_, Duration{static_cast<std::int64_t>(largest_of(bucket))});
  }
  return largest_;
}

void LatencyMeasure::on(const Invoked& operation) {
  open_.put(operation.id, Started{{operation.store, operation.action}, operation.at});
}

void LatencyMeasure::on(const Completed& operation) {
  const auto started = open_.take(operation.id);
  if (started && is_served(operation.outcome))
    histograms_[started->key].add(operation.at - started->at);
}

}  // namespace cleave
