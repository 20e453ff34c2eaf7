// Icons as vector paths, in the colour of the theme: no characters of a typeface that may lack
// them.
#pragma once
#include "sim/draw/palette.h"

#include <QIcon>

namespace cleave::gui {

enum class Glyph {
  previous,  // fault
  back,      // one event
  play,
  pause,
  on,
  next,
  cut,
  crash,
  delay,
  heal,
  undo,
  compare,
  save,
  theme,
};

QIcon icon(Glyph glyph, draw::Ink ink, draw::Theme theme);

}  // namespace cleave::gui
