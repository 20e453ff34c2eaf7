#include "sim/report/consistency_text.h"
#include "sim/report/page.h"
#include "sim/report/phrases.h"
#include "sim/report/text.h"
#include "sim/report/typography.h"
#include "sim/report/verdict_text.h"

#include <algorithm>

namespace cleave {
namespace {

constexpr std::size_t kIndent = 2;

// All stores of one run together.
struct Totals {
  std::uint64_t peak = 0;
  std::uint64_t acknowledged = 0;
  std::uint64_t lost = 0;
  bool diverged = false;
  std::optional<Time> converged;  // the last store to be; absent: one is not
};

Totals totals_of(const RunResult& run) {
  Totals totals;
  bool all_converged = true;
  Time last;
  for (const StoreResult& store : run.stores) {
    totals.peak = std::max(totals.peak, store.curve.peak);
    totals.acknowledged += store.acknowledged;
    totals.lost += store.lost_acknowledged;
    if (!store.curve.diverged) continue;
    totals.diverged = true;
    all_converged = all_converged && store.curve.converged.has_value();
    last = std::max(last, store.curve.converged.value_or(Time{}));
  }
  if (totals.diverged && all_converged) totals.converged = last;
  return totals;
}

Cell least_served_cell(const RunResult& run) {
  const AvailabilityRow* least = least_served(run);
  if (least == nullptr) return number("-");
  const std::string share = percentage(served(*least), operations(*least));
  const bool all = served(*least) == operations(*least);
  return {all ? share : share + " " + least->group, all ? Tone::plain : Tone::bad,
          Cell::Flush::right};
}

Cell slowest(const RunResult& run) {
  Duration p99;
  for (const LatencyRow& row : run.latency)
    p99 = std::max(p99, row.p99);
  return number(run.latency.empty() ? "-" : rounded(p99));
}

std::string name_of(const RunResult& run) {
  return run.configuration.empty() ? "as written" : run.configuration;
}

Row row_of(const RunResult& run) {
  const Totals totals = totals_of(run);
  const Stamp result = stamp(run.status);
  const std::string together = totals.converged  ? rounded(*totals.converged - Time{})
                               : totals.diverged ? "not"
                                                 : "-";
  Cell lost = number(grouped(totals.lost));
  if (totals.lost > 0) lost.tone = Tone::bad;
  return {
      {name_of(run)}, number(grouped(totals.peak)), number(together), lost, least_served_cell(run),
      slowest(run),   {result.text, result.tone}};
}

void write_partings(Page& page, const std::vector<Parting>& partings) {
  if (partings.empty()) return;
  page.section("");
  page.line("Where they part from as written", Tone::strong);
  std::size_t names = 0;
  for (const Parting& parting : partings)
    names = std::max(names, columns_of(parting.configuration) + 3);
  for (const Parting& parting : partings)
    page.hanging({flush_left(parting.configuration, names)}, words(parting));
}

Status status_of(const std::vector<RunResult>& runs) {
  Status status = Status::as_stated;
  for (const RunResult& run : runs)
    status = first_of(status, run.status);
  return status;
}

}  // namespace

std::string text_comparison(const std::vector<RunResult>& runs, const TextOptions& options,
                            const std::vector<Parting>& partings) {
  Page page(static_cast<std::size_t>(options.columns), options.ink, Page::Margin::none);
  if (runs.empty()) return "";
  const Status status = status_of(runs);
  const Stamp result = stamp(status);
  page.spread({printable(runs[0].scenario), Tone::strong}, {result.text, result.tone});
  page.full((runs[0].file.empty() ? "" : printable(runs[0].file) + ", ") + "seed " +
                std::to_string(runs[0].seed) + ", " +
                counted(runs.size(), "configuration", "configurations"),
            Tone::quiet);

  write_partings(page, partings);
  page.section("");
  std::vector<Row> rows{{{""},
                         heading("apart"),
                         heading("together"),
                         heading("lost"),
                         heading("least served"),
                         heading("p99"),
                         {"verdicts", Tone::quiet}}};
  std::size_t names = 0;
  for (const RunResult& run : runs) {
    rows.push_back(row_of(run));
    names = std::max(names, columns_of(name_of(run)) + 3);
  }
  page.table(rows);
  for (const RunResult& run : runs) {
    page.section("");
    page.line(flush_left(name_of(run), names) + to_hex(run.digest), Tone::strong);
    write_verdicts(page, run, Detail::brief, kIndent);
    for (const ConsistencyRow& row : run.consistency)
      if (row.together && was_tested(row)) page.hanging({std::string(kIndent, ' ')}, sentence(row));
  }
  page.section("");
  page.line(
      "exit " + std::to_string(static_cast<int>(status)) + ": " + std::string(meaning(status)),
      result.tone);
  return std::move(page).text();
}

}  // namespace cleave
