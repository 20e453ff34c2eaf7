// Watches how far apart the replicas of each store are and keeps it as one DivergenceCurve a store,
// in bounded memory however long the run is: when the slices are all used, pairs of them merge.
#pragma once
#include "sim/base/id.h"
#include "sim/base/time.h"
#include "sim/scenario/run_result.h"
#include "sim/trace/observer.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cleave {

class CurveRecorder : public Observer {
 public:
  static constexpr std::size_t kMostSlices = 2048;

  explicit CurveRecorder(std::size_t stores) : stores_(stores) {}

  using Observer::on;
  void on(const FaultMark& mark) override;
  void on(const ReplicaUpdate& update) override;

  // The curve of one store up to the end of the run. Requires: no update later than `end`.
  DivergenceCurve curve(StoreId store, Time end) const;

 private:
  struct Store {
    DivergenceCurve curve;
    std::uint64_t distance = 0;  // now
    void extend(Time at);
    void rise(Time at, std::uint64_t distance);
  };

  std::vector<Store> stores_;
  bool calm_ = true;          // no fault has begun yet
  std::uint64_t active_ = 0;  // faults that have begun and not ended
};

}  // namespace cleave
