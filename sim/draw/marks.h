// Small signs and sentences that several pictures share.
#pragma once
#include "sim/draw/drawing.h"

#include <string_view>

namespace cleave::draw {

// What a picture says when there is nothing to draw: a sentence or two, broken into centred lines.
void say_instead(Drawing& drawing, std::string_view what);
void say_instead(Drawing& drawing, const Rect& area, std::string_view what);  // in a part of it

// A ring with a cross in it: something is lost here.
void add_ringed_cross(Drawing& drawing, Point at, double radius, double opacity = 1);

// An arrowhead whose tip is at `tip`, for a line that comes from `from`.
void add_arrowhead(Drawing& drawing, Point from, Point tip, Ink ink);

}  // namespace cleave::draw
