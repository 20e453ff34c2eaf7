// The CAP ledger of a scenario's run: who is counted, and its rows with names. A scenario without a
// fault that can keep packets from passing has none.
#pragma once
#include "sim/check/cap_ledger.h"
#include "sim/scenario/build.h"
#include "sim/scenario/run_result.h"
#include "sim/scenario/scenario.h"

#include <memory>
#include <vector>

namespace cleave {

// Null if no fault can split the network. Requires: `built` outlives it, and is not moved.
std::unique_ptr<CapLedger> make_cap_ledger(const Scenario& scenario, const Built& built);

std::vector<CapRow> name_rows(const std::vector<CapLedger::Row>& rows, const Scenario& scenario,
                              const Built& built);

}  // namespace cleave
