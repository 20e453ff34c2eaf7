// Verdicts as lines of a page: shared by the report of one run and of several.
#pragma once
#include "sim/report/ink.h"
#include "sim/report/page.h"
#include "sim/scenario/run_result.h"

#include <string>

namespace cleave {

struct Stamp {
  std::string text;
  Tone tone = Tone::plain;
};
Stamp stamp(Status status);                         // "AS STATED"
Stamp stamp(const ExpectationResult& expectation);  // "ok"

enum class Detail : std::uint8_t {
  full,   // why, of every verdict
  brief,  // why, of violations and of what is not as stated
};

// Each expectation, and a model's failure, on lines of their own.
void write_verdicts(Page& page, const RunResult& run, Detail detail, std::size_t indent = 0);

}  // namespace cleave
