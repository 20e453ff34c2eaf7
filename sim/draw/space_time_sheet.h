// What the parts of a space-time diagram are drawn with, and those parts that are in a file of
// their own: its messages and what is marked on them.
#pragma once
#include "sim/draw/lanes.h"
#include "sim/draw/operations.h"
#include "sim/draw/roles.h"
#include "sim/draw/space_time.h"
#include "sim/draw/time_parts.h"

#include <vector>

namespace cleave::draw {

struct Sheet {
  const Recording& recording;
  const View& view;
  Roles roles;
  std::vector<FaultBand> bands;  // those that reach into the window
  Lanes lanes;
  TimeAxis axis;
  Drawing drawing;
  std::vector<ShownOperation> operations;  // that are selected, and reach into the window
  double top = 0, bottom = 0;              // of the plot
  double strip = 0;  // the middle of the row that names faults; 0: there is none
};

// Around a message or operations that are selected, all others are dimmed.
void add_messages(Sheet& sheet, Detail detail);
void add_violations(Sheet& sheet);

}  // namespace cleave::draw
