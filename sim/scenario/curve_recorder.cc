#include "sim/scenario/curve_recorder.h"

#include <algorithm>

namespace cleave {
namespace {

void merge_pairs(DivergenceCurve& curve) {
  std::vector<std::uint64_t>& all = curve.highest;
  for (std::size_t i = 0; i < all.size(); i += 2)
    all[i / 2] = i + 1 < all.size() ? std::max(all[i], all[i + 1]) : all[i];
  all.resize((all.size() + 1) / 2);
  curve.slice = curve.slice * 2;
}

}  // namespace

// Adds slices until `at` lies in the last one; the distance has not changed in between.
void CurveRecorder::Store::extend(Time at) {
  while (at.ns / curve.slice.ns >= static_cast<std::int64_t>(kMostSlices))
    merge_pairs(curve);
  const auto wanted = static_cast<std::size_t>(at.ns / curve.slice.ns) + 1;
  if (curve.highest.size() < wanted) curve.highest.resize(wanted, distance);
}

void CurveRecorder::Store::rise(Time at, std::uint64_t to) {
  distance = to;
  std::uint64_t& slice = curve.highest.back();
  slice = std::max(slice, to);
  if (to <= curve.peak) return;
  curve.peak = to;
  curve.peak_at = at;
}

void CurveRecorder::on(const FaultMark& mark) {
  calm_ = false;
  if (mark.phase == FaultMark::Phase::begin)
    ++active_;
  else if (active_ > 0)
    --active_;
}

// Above `calm` counts as divergence only from a moment at which a fault is active, and until the
// distance is back: a burst of load long after the heal is not one.
void CurveRecorder::on(const ReplicaUpdate& update) {
  Store& store = stores_[update.store.value];
  store.extend(update.at);
  store.rise(update.at, update.distance);
  DivergenceCurve& curve = store.curve;
  if (calm_) {
    curve.calm = std::max(curve.calm, update.distance);
    return;
  }
  const bool apart = curve.diverged && !curve.converged;
  if (update.distance <= curve.calm) {
    if (apart) curve.converged = update.at;
  } else if (!apart && active_ > 0) {
    if (!curve.diverged) curve.diverged = update.at;
    curve.converged.reset();
  }
}

DivergenceCurve CurveRecorder::curve(StoreId store, Time end) const {
  Store copy = stores_[store.value];
  copy.extend(end);
  copy.curve.at_end = copy.distance;
  return copy.curve;
}

}  // namespace cleave
