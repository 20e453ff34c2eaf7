// The CAP ledger over time: of each side of the network a bar for each time between beginnings and
// ends of faults, of what its clients asked of a store: what was served, what was served and was
// stale or lost, what was refused, and what was not served. Shares of a whole, never a score.
#pragma once
#include "sim/draw/axis.h"
#include "sim/draw/drawing.h"
#include "sim/draw/table.h"
#include "sim/draw/view.h"
#include "sim/explore/recording.h"
#include "sim/scenario/run_result.h"

#include <optional>
#include <string>

namespace cleave::draw {

inline constexpr double kLedgerLegend = 20;  // height of the row at the bottom

// Of the view the store and the selection count. Bars are spots, for rows of the ledger.
TimedDrawing draw_ledger(const Recording& recording, const View& view, Size size);

// Every row, of every store.
Table table_of_ledger(const RunResult& run);
// The window of the ledger in which a moment lies; nothing: there is no ledger, or nobody asked for
// anything then.
std::optional<Span> ledger_window(const RunResult& run, Time at);

// "west, updates of notes, during split: 812 of 814 served (99.8 %), p50 21 ms, p99 84 ms"
std::string spoken(const RunResult& run, const CapRow& row);

}  // namespace cleave::draw
