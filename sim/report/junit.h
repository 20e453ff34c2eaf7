// Results as JUnit XML, for CI: a test suite a configuration, a test case an expectation or a
// fault. A verdict that is not as stated is a failure; one that is undecided or was never checked
// is an error, and so is a fault without effect: none of them may pass for a success.
#pragma once
#include "sim/scenario/run_result.h"

#include <string>
#include <vector>

namespace cleave {

std::string junit_report(const std::vector<RunResult>& runs);

}  // namespace cleave
