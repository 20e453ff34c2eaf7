// A comparison over seeds for people and for machines: differences first, then medians with what
// nine of ten seeds lie between. The same bytes whoever ran the seeds.
#pragma once
#include "sim/explore/comparison.h"
#include "sim/report/text.h"

#include <string>

namespace cleave {

std::string text_comparison(const Comparison& comparison, const TextOptions& options);
std::string json_comparison(const Comparison& comparison);

}  // namespace cleave
