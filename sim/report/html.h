// The report as one page of HTML that needs nothing else: the facts of the text report as tables,
// pictures of the run, and what became of the writes that were lost. Under 5 MB however long the
// run was. The same bytes for the same run.
#pragma once
#include "sim/engine/timeline.h"
#include "sim/explore/recording.h"
#include "sim/scenario/run_result.h"

#include <string>

namespace cleave {

// `run` is the recording's result, with what the caller knows of it: see run(). `timeline` is the
// recording's, and is left anywhere. `program` stands in commands to copy.
std::string html_report(const RunResult& run, const Recording& recording, Timeline& timeline,
                        const std::string& program = "cleave");

}  // namespace cleave
