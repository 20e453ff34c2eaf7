// How far apart replicas are over the whole run: the distance as a curve, and for each replica of
// the store what it has in common with all others, what they lack of its history, and what it lacks
// of theirs.
#pragma once
#include "sim/draw/axis.h"
#include "sim/draw/divergence_tracks.h"
#include "sim/draw/drawing.h"
#include "sim/draw/table.h"
#include "sim/draw/view.h"
#include "sim/explore/recording.h"

#include <cstdint>
#include <string>

namespace cleave::draw {

// Of the view the store, the pair and the selection count.
TimedDrawing draw_divergence(const Recording& recording, const DivergenceTracks& tracks,
                             const View& view, Size size);
TimedDrawing draw_divergence(const Recording& recording, const View& view, Size size);
// The curve of a view, found once and asked at every move of the cursor.
struct DistanceCurve {
  StepTrack track;
  std::uint64_t highest = 0;
  std::size_t replicas = 0;  // of the store, whose lanes take their part of the picture
};
DistanceCurve distance_curve(const DivergenceTracks& tracks, const View& view);
// Where the distance label of the cursor points: on the curve, at a moment. The same geometry as
// the picture's.
Point point_of_distance(Size size, const TimeAxis& axis, const DistanceCurve& curve, Time at);
std::string apart_text(std::uint64_t distance);  // "7,287 apart"
// The distance and the counts of each replica at every turning point.
Table table_of_divergence(const Recording& recording, const DivergenceTracks& tracks,
                          const View& view);

}  // namespace cleave::draw
