// Which levels of consistency a run kept, as a section of the text report.
#pragma once
#include "sim/report/page.h"
#include "sim/scenario/run_result.h"

#include <string>

namespace cleave {

void write_consistency(Page& page, const RunResult& run);

// "notes, 50 registers together: sequential kept; linearizable broken (stale-read)"
std::string sentence(const ConsistencyRow& row);

// Whether anything that was answered put a level to the test.
bool was_tested(const ConsistencyRow& row);

}  // namespace cleave
