// Whether an abstract execution is one at all: each operation was told what its object gives, by
// the specification of its type, after the updates that it saw (Burckhardt 2014, section 4.3).
// Without that, nothing follows from who saw what.
#pragma once
#include "sim/check/abstract/execution.h"
#include "sim/check/abstract/flaw.h"

#include <cstdint>
#include <optional>

namespace cleave::abstract {

// Gives each done operation its nodes: those of the last answer that it can have got, of all that
// were on their way. The first flaw, if there is one; then some operations have none.
// Requires: sealed trees. Time: the updates, and what was read.
std::optional<Flaw> settle(Execution& execution);

}  // namespace cleave::abstract
