// How long served operations took, from invocation to completion, without keeping them: counts in
// buckets of equal width within each power of two (log-linear, as HdrHistogram has them). Below
// 256 ns exact; above, a value is reported at most 1/128 (0.79 %) too high and never too low.
#pragma once
#include "sim/base/time.h"
#include "sim/check/operation_map.h"
#include "sim/trace/observer.h"

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace cleave {

class LatencyHistogram {
 public:
  void add(Duration value);  // Requires: not negative
  std::uint64_t count() const { return count_; }
  Duration largest() const { return largest_; }  // exact
  // The smallest value such that at least numerator / denominator of all are no larger (nearest
  // rank). Requires: count() > 0, 0 < numerator <= denominator < 2^32.
  Duration quantile(std::uint64_t numerator, std::uint64_t denominator) const;

 private:
  std::vector<std::uint64_t> buckets_;
  std::uint64_t count_ = 0;
  Duration largest_;
};

// One histogram for each store and action. Only served operations count: how long a client waited
// in vain is its own deadline.
class LatencyMeasure : public Observer {
 public:
  using Key = std::pair<StoreId, Action>;

  using Observer::on;
  void on(const Invoked& operation) override;
  void on(const Completed& operation) override;
  const std::map<Key, LatencyHistogram>& histograms() const { return histograms_; }

 private:
  struct Started {
    Key key;
    Time at;
  };
  OperationMap<Started> open_;
  std::map<Key, LatencyHistogram> histograms_;
};

}  // namespace cleave
