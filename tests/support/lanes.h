// Histories as they are drawn on a blackboard, one lane a process, time to the right:
//
//   lanes({"|w 1   |      |r 2|",
//          "     |w 2  >        |w x=3!"})
//
// An operation stands between | and its end: | it was answered, ! it failed, > it never ended.
// Columns give the order; in one column lanes go from top to bottom, what begins before what ends.
//   r 1  r x=1  r ?  r [1 2]  w 1  w x=1  cas 1 2  cas x 1 2  raise 3  add 1  rem 1  app x=1
//   enq 1  deq 1  deq ?  drain [1 2]  gen 1  acq  rel  t r x=1; w y=2; app z=3
// Values are integers, nil, ? (not known) or words.
#pragma once
#include "sim/check/history/history.h"

#include <string>
#include <vector>

namespace cleave::testing {

// Throws std::invalid_argument with what is wrong in the drawing. Where an operation stands is 0.
History lanes(const std::vector<std::string>& drawing);

}  // namespace cleave::testing
