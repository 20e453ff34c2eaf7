// How wide a text is, without a font at hand: by the advance widths of the two typefaces that the
// window embeds. Kerning is left out; a painter's own measure differs by a few per cent at most.
#pragma once
#include "sim/draw/drawing.h"

#include <string>
#include <string_view>

namespace cleave::draw {

inline constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

double text_width(std::string_view text, const TextStyle& style);
// The text, or as much of it as fits before an ellipsis; nothing if not even one character does.
std::string fitted(std::string_view text, const TextStyle& style, double width);

}  // namespace cleave::draw
