#include "sim/report/picture.h"

#include <algorithm>

namespace cleave {
namespace {

// a * b / c, close enough for drawing. Requires: 0 <= a <= c, 0 < c, 0 <= b < 2^20.
int scaled(std::uint64_t a, int b, std::uint64_t c) {
  while (c >= std::uint64_t{1} << 44) {
    a /= 2;
    c /= 2;
  }
  return static_cast<int>(a * static_cast<std::uint64_t>(b) / c);
}

class Axis {
 public:
  Axis(Time end, int width) : end_(std::max<std::int64_t>(end.ns, 1)), width_(width) {}

  int x(Time at) const {
    const std::int64_t inside = std::clamp<std::int64_t>(at.ns, 0, end_);
    const int x =
        scaled(static_cast<std::uint64_t>(inside), width_, static_cast<std::uint64_t>(end_));
    return std::min(x, width_ - 1);
  }
  Picture::Tick tick(Time at) const { return {at, x(at)}; }
  Time left_edge(int x) const { return {end_ / width_ * x + end_ % width_ * x / width_}; }

 private:
  std::int64_t end_;
  int width_;
};

std::uint64_t highest_within(const DivergenceCurve& curve, Time from, Time to) {
  const auto first = static_cast<std::size_t>(from.ns / curve.slice.ns);
  const auto last = static_cast<std::size_t>(std::max(from.ns, to.ns - 1) / curve.slice.ns);
  std::uint64_t highest = 0;
  for (std::size_t i = first; i <= last && i < curve.highest.size(); ++i)
    highest = std::max(highest, curve.highest[i]);
  return highest;
}

std::vector<Picture::Point> points_of(const DivergenceCurve& curve, const Axis& axis,
                                      PictureSize size) {
  const std::uint64_t peak = std::max<std::uint64_t>(curve.peak, 1);
  std::vector<Picture::Point> points;
  for (int x = 0; x < size.width; ++x) {
    const std::uint64_t value = highest_within(curve, axis.left_edge(x), axis.left_edge(x + 1));
    const int y = scaled(value, size.height, peak);
    points.push_back({x, value > 0 ? std::max(y, 1) : 0});
  }
  return points;
}

// Each fault takes the first lane that is free for all of its time.
void place_bands(const RunResult& run, const Axis& axis, Picture& picture) {
  std::vector<std::vector<Span>> lanes;
  for (const FaultResult& fault : run.faults) {
    if (fault.active.empty()) continue;
    const Span whole{fault.active.front().from, fault.active.back().to};
    const auto is_free = [&](const std::vector<Span>& taken) {
      return std::none_of(taken.begin(), taken.end(), [&](const Span& other) {
        return axis.x(whole.from) <= axis.x(other.to) && axis.x(other.from) <= axis.x(whole.to);
      });
    };
    const auto free = std::find_if(lanes.begin(), lanes.end(), is_free);
    const auto lane = static_cast<int>(free - lanes.begin());
    if (free == lanes.end()) lanes.emplace_back();
    lanes[static_cast<std::size_t>(lane)].push_back(whole);
    for (const Span& span : fault.active)
      picture.bands.push_back({fault.fault.name, span, axis.x(span.from), axis.x(span.to), lane});
  }
  picture.lanes = static_cast<int>(lanes.size());
  std::stable_sort(picture.bands.begin(), picture.bands.end(),
                   [](const Picture::Band& a, const Picture::Band& b) {
                     return a.lane != b.lane ? a.lane < b.lane : a.when < b.when;
                   });
}

}  // namespace

Picture draw_divergence(const RunResult& run, const StoreResult& store, PictureSize size) {
  const Axis axis(run.simulated, size.width);
  const DivergenceCurve& curve = store.curve;
  Picture picture;
  picture.size = size;
  picture.end = run.simulated;
  picture.highest = std::max<std::uint64_t>(curve.peak, 1);
  picture.curve = points_of(curve, axis, size);
  place_bands(run, axis, picture);
  picture.ticks = {axis.tick(Time{}), axis.tick(run.simulated)};
  for (const FaultResult& fault : run.faults)
    for (const Span& span : fault.active)
      picture.ticks.insert(picture.ticks.end(), {axis.tick(span.from), axis.tick(span.to)});
  if (curve.peak > 0) picture.peak = axis.tick(curve.peak_at);
  if (curve.converged) picture.converged = axis.tick(*curve.converged);
  return picture;
}

}  // namespace cleave
