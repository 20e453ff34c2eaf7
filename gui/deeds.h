// What a person can do to a run, as menus: each entry is a deed at the cursor, which makes a
// branch.
#pragma once
#include "gui/stage.h"

#include <QMenu>

namespace cleave::gui {

void fill_cut_menu(QMenu& menu, Stage& stage);
void fill_crash_menu(QMenu& menu, Stage& stage);
void fill_delay_menu(QMenu& menu, Stage& stage);
void fill_heal_menu(QMenu& menu, Stage& stage);
// All that can be done to one thing.
void fill_menu_of(QMenu& menu, Stage& stage, draw::Target target);
// The regions at both ends of a link of the map.
Deed cut_between(const Stage& stage, draw::Target link);

}  // namespace cleave::gui
