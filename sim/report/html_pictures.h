// The pictures of a report as figures of a page: of the whole run, and of the moments that matter.
#pragma once
#include "sim/engine/timeline.h"
#include "sim/explore/recording.h"
#include "sim/report/html_page.h"

namespace cleave {

// Faults, traffic and divergence over the whole run; for each store whose replicas were apart, how.
void add_overview(HtmlPage& page, const Recording& recording);
// The network, the distances and the messages when replicas were furthest apart, and the messages
// around the first violation.
void add_moments(HtmlPage& page, const Recording& recording, Timeline& timeline);

// Of each violated level of consistency the operations that show it, and why.
void add_witnesses(HtmlPage& page, const Recording& recording);
// The CAP ledger, if there is one.
void add_ledger(HtmlPage& page, const Recording& recording);

}  // namespace cleave
