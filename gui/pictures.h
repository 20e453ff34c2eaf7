// Which drawing each panel shows, as functions of the stage: the seam between what is drawn and
// the widget that shows it.
#pragma once
#include "gui/stage.h"
#include "gui/views/picture_view.h"

namespace cleave::gui {

Picture map_picture(Stage& stage);
Picture space_time_picture(Stage& stage);
Picture divergence_picture(Stage& stage);  // of the future that is looked at
Picture beside_picture(Stage& stage);      // and of the one that it is compared with
Picture matrix_picture(Stage& stage);
Picture timeline_picture(Stage& stage);
Picture cycle_picture(Stage& stage);   // of the verdict that is selected
Picture ledger_picture(Stage& stage);  // of CAP
Picture conversation_picture(Stage& stage);
Picture legend_picture();  // of the space-time diagram
constexpr int kLegendWidth = 430;

}  // namespace cleave::gui
