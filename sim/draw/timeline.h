// The whole run at one glance: when faults were active, how much was sent and lost, how far apart
// the replicas of a store were, and when claims were violated.
#pragma once
#include "sim/draw/axis.h"
#include "sim/draw/drawing.h"
#include "sim/draw/table.h"
#include "sim/draw/view.h"
#include "sim/explore/recording.h"

#include <cstdint>
#include <vector>

namespace cleave::draw {

// Messages by the time at which they ended, in slices of equal length.
struct TrafficTrack {
  struct Slice {
    std::uint32_t arrived = 0;
    std::uint32_t dropped = 0;
  };
  Duration slice{1};
  std::vector<Slice> slices;
};
// Looks at every message: made once for each recording.
TrafficTrack traffic_of(const Recording& recording);

// Of the view only the store and the operations that are selected count.
TimedDrawing draw_timeline(const Recording& recording, const TrafficTrack& traffic,
                           const View& view, Size size);
TimedDrawing draw_timeline(const Recording& recording, const View& view, Size size);
// Faults, the turning points of divergence, and violations, by time.
Table table_of_timeline(const Recording& recording, const View& view);

}  // namespace cleave::draw
