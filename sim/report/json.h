// Results as JSON (RFC 8259), for programs: the contract is in docs/command-line.md. Fields are
// only ever added. Numbers are integers; what is not there is null; text is valid UTF-8.
#pragma once
#include "sim/explore/parting.h"
#include "sim/scenario/run_result.h"

#include <string>
#include <vector>

namespace cleave {

// One object, and a newline at its end.
std::string json_report(const RunResult& run);

// The same words inside "configurations".
std::string json_comparison(const std::vector<RunResult>& runs,
                            const std::vector<Parting>& partings = {});

}  // namespace cleave
