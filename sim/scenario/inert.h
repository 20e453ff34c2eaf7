// Whether a fault did anything: one that did not is a mistake in the scenario, unless it says that
// it may be so.
#pragma once
#include "sim/engine/fault.h"

#include <string>

namespace cleave {

// Why it had no effect, in a sentence; empty if it had one.
std::string why_inert(const Fault& fault, const FaultEffect& effect);

}  // namespace cleave
