// Who led a store when: a bar for each tenure, in the ink of the leader's region. Where two
// overlap, two led at once, and that is marked: it is what a partition is about.
#pragma once
#include "sim/draw/axis.h"
#include "sim/draw/drawing.h"
#include "sim/draw/roles.h"
#include "sim/draw/time_parts.h"
#include "sim/explore/recording.h"

#include <cstddef>
#include <functional>
#include <optional>

namespace cleave::draw {

// Lanes in which no two tenures overlap; one as long as all led one after the other.
std::size_t tenure_lanes(const StoreResult& store);

void add_tenures(Drawing& drawing, LabelSpace& labels, const TimeAxis& axis, const Rect& room,
                 const StoreResult& store, const Roles& roles);

// A flag where a lane's replica began to lead. `y` gives the lane of a node, if it has one.
void add_beginnings(Drawing& drawing, LabelSpace& labels, const TimeAxis& axis,
                    const StoreResult& store,
                    const std::function<std::optional<double>(NodeId)>& y);

}  // namespace cleave::draw
