// The operations that are selected, and how pictures with time from left to right mark them: those
// that a violated verdict shows together, numbered as its witness is, or a single one.
#pragma once
#include "sim/draw/axis.h"
#include "sim/draw/drawing.h"
#include "sim/draw/lanes.h"
#include "sim/draw/time_parts.h"
#include "sim/draw/view.h"
#include "sim/explore/recording.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cleave::draw {

struct ShownOperation {
  std::size_t number = 0;  // in the witness, from 1; 0: it is none of a witness
  Target target;
  NodeId client;
  Time from;
  std::optional<Time> to;  // none: it was never answered
  EventId asked;
  std::optional<EventId> answered;
  std::string what;       // "process east/0 read user-1 = 7"
  bool selected = false;  // as the one that is looked at
};

// Those of a violated level of consistency, as far as they were traced; else none.
std::vector<ShownOperation> witness_operations(const Recording& recording,
                                               std::uint32_t expectation);
// Those of the verdict of the view, and the operation that is selected.
std::vector<ShownOperation> selected_operations(const Recording& recording, const View& view);
// From the first question to the last answer, with a margin. Requires: there is one.
Span span_of(const std::vector<ShownOperation>& operations);

// "1: process east/0 read user-1 = 7, asked 20.412 s, answered 20.498 s"
std::string spoken(const ShownOperation& operation);
// "read user-1 = 7": without the process, for a picture that says who it was.
std::string deed_of(const ShownOperation& operation);

// Bars along the lanes of their clients, with their numbers.
void add_operations(Drawing& drawing, LabelSpace& labels,
                    const std::vector<ShownOperation>& operations, const Lanes& lanes,
                    const TimeAxis& axis);
// Bars in a row of a picture of the whole run, at least wide enough to be seen.
void add_operations(Drawing& drawing, const std::vector<ShownOperation>& operations,
                    const TimeAxis& axis, double top, double bottom);

}  // namespace cleave::draw
