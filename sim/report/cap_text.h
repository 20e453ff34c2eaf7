// The CAP ledger as a section of the text report: of each time in which the network was split, what
// each side got of each store, as a table and a chart. Counts, shares and times; never a score.
#pragma once
#include "sim/report/page.h"
#include "sim/report/text.h"
#include "sim/scenario/run_result.h"

#include <string>
#include <vector>

namespace cleave {

void write_cap(Page& page, const RunResult& run, const TextOptions& options);

// "east, west"; of a side without clients "nobody".
std::string side_name(const CapRow& row);

// One line for each row that saw operations, and a legend: how many columns of `width` were served
// and true, served but stale or lost, and not served. Whatever there was has a column at least.
std::vector<std::string> cap_chart(const std::vector<CapRow>& rows, std::size_t width,
                                   const TextOptions& options);

}  // namespace cleave
