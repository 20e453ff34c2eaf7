#include "sim/report/comparison_report.h"
#include "sim/report/page.h"
#include "sim/report/phrases.h"
#include "sim/report/typography.h"
#include "sim/report/verdict_text.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace cleave {
namespace {

std::string name_of(const Compared& compared) {
  const std::string name = compared.name.empty() ? "as written" : compared.name;
  if (compared.value.empty()) return name;
  return compared.name.empty() ? compared.value : name + ", " + compared.value;
}

std::vector<Measure> measures() {
  std::vector<Measure> all;
  for (std::size_t i = 0; i < kMeasures; ++i)
    all.push_back(static_cast<Measure>(i));
  return all;
}

std::string amount(Measure measure, std::int64_t value) {
  switch (measure) {
    case Measure::together:
    case Measure::p50:
    case Measure::p99:
      return rounded(Duration{value});
    case Measure::least_served:
      return percentage(static_cast<std::uint64_t>(value), 1'000'000);
    default:
      return grouped(static_cast<std::uint64_t>(value));
  }
}

// "10 seeds", "9 of 10 seeds"
std::string seeds(std::size_t some, std::size_t all) {
  if (some == all) return all == 1 ? "the seed" : "all " + grouped(all) + " seeds";
  return grouped(some) + " of " + counted(all, "seed", "seeds");
}

// "higher in all 20 seeds, by 3,891 in the middle"; empty: the same in each.
std::string words(Measure measure, const PairedDifference& d) {
  const std::size_t all = d.higher + d.lower + d.equal;
  std::vector<std::string> parts;
  if (d.lower > 0) parts.push_back("lower in " + seeds(d.lower, all));
  if (d.higher > 0) parts.push_back("higher in " + seeds(d.higher, all));
  if (parts.empty()) return "";
  std::string text = parts[0] + (parts.size() > 1 ? ", " + parts[1] : "");
  if (d.median == 0) return text;
  return text + ", median " + (d.median < 0 ? "-" : "+") + amount(measure, std::abs(d.median));
}

void write_differences(Page& page, const Comparison& comparison) {
  if (comparison.all.size() < 2) return;
  const Compared& first = comparison.all.front();
  page.section("");
  page.line("Seed by seed, against " + name_of(first), Tone::strong);
  for (std::size_t i = 1; i < comparison.all.size(); ++i) {
    const Compared& other = comparison.all[i];
    page.line(name_of(other));
    bool any = false;
    for (const Measure measure : measures()) {
      const auto d = difference(first, other, measure);
      const std::string text = d ? words(measure, *d) : "";
      if (text.empty()) continue;
      any = true;
      page.hanging({"  " + flush_left(to_string(measure), 14), Tone::quiet}, text);
    }
    if (!any) page.line("  no measure differs in any seed", Tone::quiet);
  }
}

Row heading_row() {
  Row row{{""}, {""}};
  for (const Measure measure : measures())
    row.push_back(heading(std::string(to_string(measure))));
  return row;
}

Row row_of(const Compared& compared, std::string label, std::string name,
           std::int64_t Spread::*part) {
  Row row{{std::move(name)}, {std::move(label), Tone::quiet}};
  for (const Measure measure : measures()) {
    const auto spread = spread_of(compared, measure);
    Cell cell = number(spread ? amount(measure, (*spread).*part) : "-");
    if (part != &Spread::median) cell.tone = Tone::quiet;
    row.push_back(std::move(cell));
  }
  return row;
}

void write_table(Page& page, const Comparison& comparison) {
  const std::size_t seeds = comparison.last_seed - comparison.first_seed + 1;
  const bool few = seeds < kFewSeeds;
  std::vector<Row> rows{heading_row()};
  for (const Compared& compared : comparison.all) {
    rows.push_back(row_of(compared, "median", name_of(compared), &Spread::median));
    rows.push_back(row_of(compared, few ? "least" : "5 %", "", &Spread::low));
    rows.push_back(row_of(compared, few ? "most" : "95 %", "", &Spread::high));
  }
  page.section("");
  page.table(rows);
}

void write_verdicts(Page& page, const Comparison& comparison) {
  page.section("");
  page.line("As stated", Tone::strong);
  std::vector<Row> rows;
  for (const Compared& compared : comparison.all) {
    const std::size_t good = as_stated(compared);
    rows.push_back({{name_of(compared)},
                    {seeds(good, compared.of_seeds.size()),
                     good == compared.of_seeds.size() ? Tone::good : Tone::bad}});
  }
  page.table(rows);
}

void write_slopes(Page& page, const Comparison& comparison) {
  const std::vector<DelaySlope> slopes = delay_slopes(comparison);
  if (slopes.empty()) return;
  page.section("");
  page.line("Delay slope: how much longer the median takes for each ms of added delay",
            Tone::strong);
  std::vector<Row> rows;
  for (const DelaySlope& slope : slopes)
    rows.push_back({{slope.configuration.empty() ? "as written" : slope.configuration},
                    {slope.operation},
                    number(two_decimals(slope.thousandths)),
                    {"of " + counted(slope.delays, "delay", "delays"), Tone::quiet}});
  page.table(rows);
}

}  // namespace

std::string text_comparison(const Comparison& comparison, const TextOptions& options) {
  Page page(static_cast<std::size_t>(options.columns), options.ink, Page::Margin::none);
  const Status status = status_of(comparison);
  const Stamp result = stamp(status);
  page.spread({printable(comparison.scenario), Tone::strong}, {result.text, result.tone});
  page.full((comparison.file.empty() ? "" : printable(comparison.file) + ", ") +
                (comparison.first_seed == comparison.last_seed
                     ? "seed " + std::to_string(comparison.first_seed)
                     : "seeds " + std::to_string(comparison.first_seed) + " to " +
                           std::to_string(comparison.last_seed)) +
                ", " + counted(comparison.all.size(), "configuration", "configurations"),
            Tone::quiet);
  for (const std::string& setting : comparison.settings)
    page.full("with " + printable(setting), Tone::quiet);
  write_differences(page, comparison);
  write_table(page, comparison);
  write_slopes(page, comparison);
  write_verdicts(page, comparison);
  page.section("");
  page.line(
      "exit " + std::to_string(static_cast<int>(status)) + ": " + std::string(meaning(status)),
      result.tone);
  return std::move(page).text();
}

}  // namespace cleave
