// The levels of consistency that a scenario's run kept, unasked.
#pragma once
#include "sim/check/consistency_table.h"
#include "sim/scenario/run_result.h"
#include "sim/scenario/scenario.h"

#include <memory>
#include <vector>

namespace cleave {

std::unique_ptr<ConsistencyTable> make_consistency_table(const Scenario& scenario);

std::vector<ConsistencyRow> name_rows(const std::vector<ConsistencyTable::Row>& rows,
                                      const Scenario& scenario);

}  // namespace cleave
