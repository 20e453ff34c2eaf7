// The fewest operations that show an inconsistency: operations are left out one after the other, as
// long as what is left is still inconsistent (delta debugging; Zeller and Hildebrandt 2002). What
// is left out of a consistent history leaves a consistent one, so that this is sound.
#pragma once
#include "sim/check/causal/violation.h"

#include <functional>
#include <optional>

namespace cleave::causal {

using Judge = std::function<std::optional<Violation>(const Registers& registers)>;

struct Witness {
  Registers registers;  // the operations that are left
  Violation violation;  // of them
};

// Without any one of them there is no violation, unless the search had to end early: it looks at a
// bounded number of operations. Requires: the violation is what the judge finds in the registers.
Witness smallest_witness(const Registers& registers, const Violation& violation,
                         const Judge& judge);

}  // namespace cleave::causal
