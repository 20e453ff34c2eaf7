// The picture of divergence over time as plain geometry: a curve, bands where faults were active,
// and points in time worth a mark. Integer units, x from the left, y upwards from the axis; what a
// unit is (an eighth of a line, a pixel) is for those who draw it.
#pragma once
#include "sim/base/time.h"
#include "sim/scenario/run_result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cleave {

struct PictureSize {
  int width = 0;   // at least 1
  int height = 0;  // at least 1
};

struct Picture {
  struct Point {
    int x = 0;
    int y = 0;
    auto operator<=>(const Point&) const = default;
  };
  // A fault while it was active: from <= x <= to. Bands in one lane do not overlap; all bands of
  // a fault are in the same one.
  struct Band {
    std::string name;
    Span when;
    int from = 0;
    int to = 0;
    int lane = 0;
  };
  // A point in time on the axis.
  struct Tick {
    Time at;
    int x = 0;
  };

  PictureSize size;
  Time end;                   // of the axis: x = size.width
  std::uint64_t highest = 0;  // value at y = size.height, at least 1
  std::vector<Point> curve;   // one for each x from 0 to size.width - 1: the highest value there
  std::vector<Band> bands;    // by lane, then by time
  int lanes = 0;
  std::vector<Tick> ticks;  // in order of importance: who runs out of room leaves out the last
  std::optional<Tick> peak;
  std::optional<Tick> converged;
};

// Requires: a size of at least 1 x 1. A value above 0 is drawn at 1 or more.
Picture draw_divergence(const RunResult& run, const StoreResult& store, PictureSize size);

}  // namespace cleave
