// The story of what broke first as a page of text: one sentence after another, and the command that
// stops there. The same bytes for the same run and options.
#pragma once
#include "sim/explore/explanation.h"
#include "sim/report/text.h"

#include <string>

namespace cleave {

std::string explanation_text(const Explanation& explanation, const RunResult& run,
                             const TextOptions& options);

}  // namespace cleave
