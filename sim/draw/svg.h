// A drawing as SVG 1.1, with colours by class, so that one picture serves both themes.
#pragma once
#include "sim/draw/drawing.h"

#include <string>

namespace cleave::draw {

// An <svg> element without header, for a page that has the style of svg_style(). Spots become
// titles of what they enclose, for screen readers and pointers. `title` names the whole.
std::string to_svg(const Drawing& drawing, const std::string& title);
// The same as a file of its own, in one theme.
std::string to_svg_file(const Drawing& drawing, const std::string& title, Theme theme);
// What the classes mean in a theme: declarations of custom properties, "--text:#14202E;...".
std::string svg_variables(Theme theme);
// Rules for the classes that to_svg uses.
std::string svg_rules();

}  // namespace cleave::draw
