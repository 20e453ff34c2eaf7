// Who is how far from whom: the distance of any two replicas of a store at one moment, in updates
// that one holds and the other does not.
#pragma once
#include "sim/draw/drawing.h"
#include "sim/draw/table.h"
#include "sim/draw/view.h"
#include "sim/engine/world.h"
#include "sim/explore/recording.h"

namespace cleave::draw {

// Of View the store and the pair matter. Spots are pairs.
Drawing draw_matrix(const Recording& recording, const World& now, const View& view, Size size);
Table table_of_matrix(const Recording& recording, const World& now, const View& view);

}  // namespace cleave::draw
