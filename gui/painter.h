// Paints a drawing with QPainter: nothing is decided here.
#pragma once
#include "sim/draw/drawing.h"

class QPainter;

namespace cleave::gui {

void paint(QPainter& painter, const draw::Drawing& drawing, draw::Theme theme);

}  // namespace cleave::gui
