// Time from left to right: where a moment is, and which moment is where.
#pragma once
#include "sim/base/time.h"
#include "sim/draw/drawing.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace cleave::draw {

struct TimeAxis {
  double left = 0, right = 1;  // right > left
  Time from, to;               // to > from

  double x(Time t) const {
    return left + (right - left) *
                      (static_cast<double>((t - from).ns) / static_cast<double>((to - from).ns));
  }
  Time time(double at) const {
    const double share = std::clamp((at - left) / (right - left), 0.0, 1.0);
    return from + Duration{static_cast<std::int64_t>(share * static_cast<double>((to - from).ns))};
  }
  bool shows(Time t) const { return t >= from && t <= to; }
};

// A picture in which time runs from left to right, without the cursor: that is a drawing of its own
// on the same axis, so that a picture is kept while the cursor moves.
struct TimedDrawing {
  Drawing drawing;
  TimeAxis axis;
};

// Round moments in the axis, at least `apart` pixels from one another: multiples of 1, 2 or 5 times
// a power of ten.
std::vector<Time> ticks(const TimeAxis& axis, double apart);
// "12.4": as many places as tell ticks `step` apart from one another; in seconds.
std::string tick_text(Time t, Duration step);
// "12.400 s", always three places, so that it does not jump about as it counts.
std::string clock_text(Time t);

}  // namespace cleave::draw
