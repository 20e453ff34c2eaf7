// The report that people read: one screen of a run, from what it was to what broke first. The same
// bytes for the same run and options.
#pragma once
#include "sim/explore/parting.h"
#include "sim/report/ink.h"
#include "sim/scenario/run_result.h"

#include <string>
#include <vector>

namespace cleave {

struct TextOptions {
  int columns = 80;  // at least 80; commands to copy may be longer
  Charset charset = Charset::utf8;
  Ink ink = Ink::plain;
  std::string program = "cleave";  // as it stands in commands to copy
  bool ledger = false;             // with what each side of a split network got
};

std::string text_report(const RunResult& run, const TextOptions& options);

// One table over the configurations of a scenario, then what was not as stated.
// `partings`: of each but the first, where it parts from the first; none: nobody looked.
std::string text_comparison(const std::vector<RunResult>& runs, const TextOptions& options,
                            const std::vector<Parting>& partings = {});

}  // namespace cleave
