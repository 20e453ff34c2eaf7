// The messages of a window as lines between lanes: where each begins and ends, cut at the edges of
// the window, and how it is drawn.
#pragma once
#include "sim/draw/axis.h"
#include "sim/draw/drawing.h"
#include "sim/draw/lanes.h"
#include "sim/draw/roles.h"
#include "sim/draw/view.h"
#include "sim/explore/recording.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace cleave::draw {

struct Arrow {
  std::size_t message = 0;  // index in the trace
  MessageKind kind = MessageKind::control;
  Point from, to;  // `to` of what was dropped lies between the lanes, or at a host that was down
  bool begins = true, ends = true;  // inside the window
  bool dropped = false;
};

// Messages that were sent before the window and ended after it. Beyond so many they are only
// counted: lines from edge to edge hide what happens.
inline constexpr std::size_t kMostPassing = 40;
std::size_t count_passing(const Recording& recording, const Lanes& lanes, const TimeAxis& axis);

// Of all messages on their way in the window between two lanes that are shown, but for too many
// that pass; by sending.
std::vector<Arrow> arrows_of(const Recording& recording, const Roles& roles, const Lanes& lanes,
                             const TimeAxis& axis);

// How many there are of them.
std::size_t count_arrows(const Recording& recording, const Lanes& lanes, const TimeAxis& axis);

// With head and dot; a dropped one is dashed and ends in a ringed cross.
void add_arrow(Drawing& drawing, const Arrow& arrow, double opacity);
// As a line, with a cross if it was dropped.
void add_thin_arrow(Drawing& drawing, const Arrow& arrow, double opacity);
// The selected one: wider, in the ink of what is selected.
void add_selected_arrow(Drawing& drawing, const Arrow& arrow);
// Bars along each lane: how many messages begin or arrive there, how many that begin were dropped.
void add_density(Drawing& drawing, const Recording& recording, const Lanes& lanes,
                 const TimeAxis& axis);
// One message, if it is in the window.
std::optional<Arrow> arrow_of(const Recording& recording, const Roles& roles, const Lanes& lanes,
                              const TimeAxis& axis, std::size_t message);

}  // namespace cleave::draw
