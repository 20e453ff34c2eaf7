// The moment that is looked at, and the window of time around it, as drawings of their own over
// any picture in which time runs from left to right. All have the size of that picture.
#pragma once
#include "sim/draw/axis.h"
#include "sim/draw/drawing.h"
#include "sim/draw/view.h"

#include <string>

namespace cleave::draw {

// A line at view.at, with the time on top; nothing if the axis does not show it.
Drawing draw_cursor(const TimeAxis& axis, const View& view, Size size);
// A ring where the cursor meets a curve, and a word beside it: "16 apart".
Drawing draw_reading(const TimeAxis& axis, Point on_curve, const std::string& text, Size size);
// The bracket of view.from to view.to.
Drawing draw_window(const TimeAxis& axis, const View& view, Size size);
// A veil over what has not happened yet.
Drawing draw_future(const TimeAxis& axis, const View& view, Size size);

}  // namespace cleave::draw
