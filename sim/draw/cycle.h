// Why a level of consistency is violated, as a picture: the operations of the witness as intervals
// on a lane for each client, and an arrow for each reason why one comes before another. Time runs
// from left to right, but only its order is kept: every question and every answer has a column.
#pragma once
#include "sim/draw/drawing.h"
#include "sim/draw/table.h"
#include "sim/draw/view.h"
#include "sim/explore/recording.h"

#include <cstdint>

namespace cleave::draw {

// Whether the expectation is violated and has operations that show it.
bool has_witness(const Recording& recording, std::uint32_t expectation);

// Of the verdict of the view. Operations are spots, and so are arrows: for the operation that they
// lead to.
Drawing draw_cycle(const Recording& recording, const View& view, Size size);
// The operations, by the numbers that the picture has, and the reasons.
Table table_of_operations(const Recording& recording, const View& view);
Table table_of_reasons(const Recording& recording, const View& view);

}  // namespace cleave::draw
