// Operations in a log of Jepsen's, among whatever else it logs:
//   INFO  jepsen.util - 4  :invoke  :cas  [1 2]
// with a tab or blanks between process, :type, :f and value. A read of nil found nothing.
#pragma once
#include "sim/exchange/assembler.h"

namespace cleave::exchange {

// Throws Malformed.
void read_jepsen_log(TextReader& text, Assembler& assembler);

}  // namespace cleave::exchange
