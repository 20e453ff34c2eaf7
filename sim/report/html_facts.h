// What a run came to as sections of a page: the facts of the text report, with nothing left out.
#pragma once
#include "sim/report/html_page.h"
#include "sim/scenario/run_result.h"

#include <string>

namespace cleave {

HtmlPage::Head head_of(const RunResult& run);
void add_faults(HtmlPage& page, const RunResult& run);
void add_verdicts(HtmlPage& page, const RunResult& run, const std::string& program);
void add_cast(HtmlPage& page, const RunResult& run);
void add_conversations(HtmlPage& page, const RunResult& run);
void add_served(HtmlPage& page, const RunResult& run);
void add_latency(HtmlPage& page, const RunResult& run);
void add_digest(HtmlPage& page, const RunResult& run, const std::string& program);

}  // namespace cleave
