// The text that Plume, PolySI and AWDIT read, a line for each access in the order of its session:
//   r(KEY,VALUE,SESSION,TRANSACTION)   w(KEY,VALUE,SESSION,TRANSACTION)
// Values of a key differ; every register holds 0 at first. Transaction -1 is one that was aborted:
// what it wrote must not be read, what it read does not matter.
#pragma once
#include "sim/check/history/history.h"
#include "sim/exchange/text_reader.h"

namespace cleave::exchange {

// Throws Malformed.
History read_plume(TextReader& text);

}  // namespace cleave::exchange
