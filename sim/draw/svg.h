// A drawing as SVG 1.1, with colours by class, so that one picture serves both themes. The same
// bytes for the same drawing: coordinates have two decimals at most, and no locale is asked.
#pragma once
#include "sim/draw/drawing.h"

#include <string>
#include <string_view>

namespace cleave::draw {

struct SvgName {
  std::string title;  // of the whole, as it is read aloud
  std::string id;     // of the element, and what its patterns begin with: unique in its page
};

// An <svg> element without header, for a page that has the style of svg_variables() and
// svg_rules(). Spots become transparent shapes with a title, for screen readers and pointers.
// Requires: finite coordinates.
std::string to_svg(const Drawing& drawing, const SvgName& name);
// The same as a file of its own, in one theme: with plain colours, as few readers know variables.
std::string to_svg_file(const Drawing& drawing, const std::string& title, Theme theme);
// What the classes mean in a theme: declarations of custom properties, "--text:#14202E;...".
std::string svg_variables(Theme theme);
// Rules for the classes that to_svg uses.
std::string svg_rules();

// Text for an element or an attribute of XML or HTML: `&`, `<`, `>` and `"` as entities, bytes that
// no XML may hold left out.
std::string escaped(std::string_view text);

}  // namespace cleave::draw
