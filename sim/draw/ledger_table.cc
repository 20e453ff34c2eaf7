#include "sim/draw/ledger.h"
#include "sim/report/cap_text.h"
#include "sim/report/phrases.h"
#include "sim/report/typography.h"

#include <algorithm>

namespace cleave::draw {

Table table_of_ledger(const RunResult& run) {
  Table table{"By time, side of the network and store",
              {"window", "", "sides", "clients", "store", "", "served", "operations", "refused",
               "not served", "unknown", "made", "sticky", "p50", "p99", "stale", "versions behind",
               "late", "lost"},
              {}};
  for (const CapRow& row : run.cap) {
    const std::uint64_t all = row.outcomes.all();
    if (all == 0) continue;
    table.rows.push_back(
        {window_name(run, row.window), time_span(row.window), grouped(row.sides), side_name(row),
         row.store, row.kind, percentage(row.outcomes.served(), all), grouped(all),
         grouped(row.outcomes.refused + row.outcomes.conflict), grouped(row.outcomes.unavailable),
         grouped(row.outcomes.unknown), grouped(row.unknown_held),
         row.sticky.operations == 0 ? "-" : percentage(row.sticky.served, row.sticky.operations),
         row.p50 ? rounded(*row.p50) : "-", row.p99 ? rounded(*row.p99) : "-", grouped(row.stale),
         grouped(row.most_behind), rounded(row.most_late), grouped(row.lost)});
  }
  return table;
}

std::string spoken(const RunResult& run, const CapRow& row) {
  const std::uint64_t all = row.outcomes.all();
  std::string text = side_name(row) + ", " + row.kind + " of " + row.store + ", " +
                     window_name(run, row.window) + ": " + grouped(row.outcomes.served()) + " of " +
                     grouped(all) + " served (" + percentage(row.outcomes.served(), all) + ")";
  const std::uint64_t refused = row.outcomes.refused + row.outcomes.conflict;
  if (refused > 0) text += ", of these " + grouped(refused) + " refused";
  if (row.outcomes.unavailable > 0)
    text += ", " + grouped(row.outcomes.unavailable) + " not served";
  if (row.outcomes.unknown > 0)
    text += ", " + grouped(row.outcomes.unknown) + " of unknown outcome";
  if (row.unknown_held > 0) text += " (" + grouped(row.unknown_held) + " of them made)";
  if (row.p50) text += ", p50 " + rounded(*row.p50);
  if (row.p99) text += ", p99 " + rounded(*row.p99);
  if (row.stale > 0)
    text += ", " + grouped(row.stale) + " of " + grouped(row.compared) + " stale by up to " +
            counted(row.most_behind, "version", "versions") + " and " + rounded(row.most_late);
  if (row.lost > 0)
    text += ", " + grouped(row.lost) + " of " + grouped(row.acknowledged) + " acknowledged lost";
  return text;
}

}  // namespace cleave::draw
