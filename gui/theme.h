// Typefaces and colours of the window: the tokens of sim/draw/palette.h as Qt has them.
#pragma once
#include "sim/draw/drawing.h"
#include "sim/draw/palette.h"

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

namespace cleave::gui {

// Makes the embedded typefaces known. Throws std::runtime_error if one is missing: without them
// every measure would be wrong. Requires: a QGuiApplication.
void load_typefaces();

QColor qcolor(draw::Ink ink, draw::Theme theme, double opacity = 1);
QFont qfont(const draw::TextStyle& style);
QPalette palette_of(draw::Theme theme);
QString style_sheet(draw::Theme theme);
// What the system prefers.
draw::Theme system_theme();

}  // namespace cleave::gui
