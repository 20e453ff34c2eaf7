// What the JSON of one run and that of a sweep have in common: the same words in both.
#pragma once
#include "sim/report/json_writer.h"
#include "sim/scenario/run_result.h"

#include <vector>

namespace cleave {

// The fields of an expectation, without the brackets around them.
void write_fields(JsonWriter& out, const ExpectationResult& expectation);
// "probes": a list.
void write_probes(JsonWriter& out, const std::vector<ProbeResult>& probes);
// "failure": an object, or null.
void write_failure(JsonWriter& out, const RunResult& run);

}  // namespace cleave
